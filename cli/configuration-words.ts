import type { Language } from '../shared/contracts/words.ts'

/** How the reference of the configuration begins. */
export const heads: Record<Language, string> = {
  en: `# Configuration

[简体中文](configuration.zh-CN.md)

<!-- Written by \`npx node cli/schema.ts\` from the schemas; a test compares. -->

Every key of the two files. [fenghuo.example.yml](../fenghuo.example.yml) and [oncall.example.yml](../oncall.example.yml) show them at
work; \`bin/fenghuo.js validate\` names every mistake with its line. Editors complete and check them by the line that both begin with,
\`# yaml-language-server: $schema=./schema/fenghuo.json\`.

- \`fenghuo.yml\` goes to git: what is watched and whom to page. \`oncall.yml\` is private: people, their numbers, who is on call. After a
  change of the first deploy, after one of the second \`apply\`.
- \`\${NAME}\` is a reference to the environment. Secrets stand in no file: where one is needed, a reference is all that is taken. Inside
  \`{ }\` and \`[ ]\` a reference needs quotes: \`[ "\${PAY_KEY}" ]\`.
- A duration is a number and a unit: \`800ms\`, \`1.5s\`, \`5m\`, \`2h\`, \`1d\`. A phone number needs quotes, or YAML takes away its \`+\`.
- Names have letters, digits, \`-\` and \`_\`, at most 64 of them.
- What a check does not say comes from its project, then from \`defaults\`, then from the column "default".`,
  zh: `# 配置

[English](configuration.md)

<!-- 由 \`npx node cli/schema.ts\` 从 schema 生成，有测试比对。 -->

两个文件的每一个键。用法见 [fenghuo.example.yml](../fenghuo.example.yml) 和 [oncall.example.yml](../oncall.example.yml)；
\`bin/fenghuo.js validate\` 指出每处错误及其行号。两个文件开头的一行 \`# yaml-language-server: $schema=./schema/fenghuo.json\`
让编辑器补全和检查。

- \`fenghuo.yml\` 进 git：监视什么、呼叫谁。\`oncall.yml\` 不公开：人、号码、谁值班。前者改后要部署，后者改后要 \`apply\`。
- \`\${NAME}\` 引用环境变量。密钥不写进文件：需要密钥的地方只接受引用。在 \`{ }\` 和 \`[ ]\` 里引用要加引号：\`[ "\${PAY_KEY}" ]\`。
- 时长是数字加单位：\`800ms\`、\`1.5s\`、\`5m\`、\`2h\`、\`1d\`。电话号码要加引号，否则 YAML 会丢掉 \`+\`。
- 名称由字母、数字、\`-\` 和 \`_\` 组成，最多 64 个字符。
- 检查没写的键依次取自项目、\`defaults\` 和“默认”一栏。`,
}

/** Of a key that a check inherits, for kinds to which less is of no use. */
export const raised: Record<Language, (key: string, least: string) => string> = {
  en: (key, least) => `Where ${key} is inherited, it is at least ${least}.`,
  zh: (key, least) => `继承来的 ${key} 不足 ${least} 时按 ${least} 计。`,
}
