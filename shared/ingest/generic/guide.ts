import type { Guide } from '../guide.ts'
import { generic } from './format.ts'
import { mapping } from './mapping.ts'

const request = `\`\`\`sh
curl -fsS -H 'Content-Type: application/json' {url}/events/{key} \\
  -d '{"summary":"disk full","id":"db-1/disk","severity":"error","host":"db-1"}'
\`\`\``

const mapped = `\`\`\`yaml
projects:
  pay:
    inbound:
      generic:
        action: { path: state, trigger: [firing, 1], resolve: [ok, 0] }
        dedupKey: [id, '{object.region}/{object.name}/{title}']
        summary: title
        severity: { path: level, map: { P1: critical, P2: error }, default: warning }
\`\`\``

export const genericGuide: Guide = {
  format: generic,
  title: { en: 'Any JSON', zh: '任意 JSON' },
  options: {
    schema: mapping,
    summary: {
      en: 'How to read JSON of any shape: paths, templates, and the values of states.',
      zh: '如何读取任意形状的 JSON：路径、模板和状态的取值。',
    },
  },
  samples: ['generic-alert'],
  setup: {
    en: `\`POST {url}/events/{key}\` with JSON. Without a mapping the usual names of fields are understood (\`summary\`, \`title\`, \`status\`,
\`severity\`, \`level\`, \`id\`, \`dedup_key\`, \`host\`, \`source\`, \`url\`, \`timestamp\` …), and \`ok\`, \`resolved\`, \`up\` end what the same key began.

${request}

A mapping reads anything else; a path, a text with \`{paths}\`, or a list of which the first that is there is taken:

${mapped}`,
    zh: `向 \`{url}/events/{key}\` POST JSON。没有映射时按常见的字段名理解（\`summary\`、\`title\`、\`status\`、\`severity\`、\`level\`、\`id\`、
\`dedup_key\`、\`host\`、\`source\`、\`url\`、\`timestamp\` 等），\`ok\`、\`resolved\`、\`up\` 表示同一个键的恢复。

${request}

其他格式用映射读取：写路径、带 \`{路径}\` 的文字，或一个列表（取第一个有值的）：

${mapped}`,
  },
  example: {
    body: { id: 'fenghuo-test', summary: '{test}', severity: 'info' },
    resolved: { id: 'fenghuo-test', summary: '{test}', status: 'resolved' },
  },
}
