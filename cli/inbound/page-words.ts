import type { Language } from '../../shared/contracts/words.ts'

const en = {
  head: (title: string, file: string, format: string) => `# ${title}

[中文](${file}.zh-CN.md) · [All senders](../inbound.md)

<!-- Made of shared/ingest/${format} by \`npx node cli/schema.ts\`; a test compares them. -->

\`{url}\` is the address of the function \`ingest\`, and \`{key}\` a key of the project: \`bin/fenghuo.js inbound\` prints
both, the key masked.`,
  settings: (format: string, summary: string) => `## Settings

Under \`inbound.${format}\` of a project: ${summary}`,
  try: (format: string, isResolved: boolean) => `## Try it

\`bin/fenghuo.js inbound test ${format}\` sends a test${isResolved ? ' and resolves it' : ''}.`,
  byHand: 'By hand, what begins:',
  unsigned: 'By hand only while no secret is set. What begins:',
  ends: 'And what ends it:',
  untried: `## Try it

\`bin/fenghuo.js replay FILE\` shows what would come of a payload without sending it. Nothing ends what this format begins, so a test would page.`,
  answers: '## What the sender gets',
  addresses: 'address',
  methods: 'method',
  key: 'key',
  keyPlaces: {
    path: 'in the path',
    body: 'in the body',
    headers: '`X-Fenghuo-Key`, `Authorization: Bearer …`, or basic authentication',
  },
  encodings: 'body',
  encodingNames: { json: 'JSON', form: 'a form', multipart: 'a form of parts (`multipart/form-data`)' },
  taken: 'on the queue',
  busy: 'trouble of ours, or more than the key’s rate: the sender tries again',
  refused: 'nothing in it can be paged',
  unknownKey: 'no project has this key',
  tooLarge: (kB: number) => `longer than ${kB} kB: taken without its details`,
  or: ', ',
}

const zh: typeof en = {
  head: (title, file, format) => `# ${title}

[English](${file}.md) · [所有发送方](../inbound.zh-CN.md)

<!-- 由 \`npx node cli/schema.ts\` 从 shared/ingest/${format} 生成，有测试比对。 -->

\`{url}\` 是函数 \`ingest\` 的地址，\`{key}\` 是项目的密钥：\`bin/fenghuo.js inbound\` 打印两者，密钥不完整显示。`,
  settings: (format, summary) => `## 设置

写在项目的 \`inbound.${format}\` 下：${summary}`,
  try: (format, isResolved) => `## 试一试

\`bin/fenghuo.js inbound test ${format}\` 发送一条测试${isResolved ? '并让它恢复' : ''}。`,
  byHand: '手动发送，开始：',
  unsigned: '未设密钥签名时才能手动发送。开始：',
  ends: '恢复：',
  untried: `## 试一试

\`bin/fenghuo.js replay FILE\` 显示一份内容会产生什么，不发送。这种格式开始的事没有消息能结束，测试会真的呼叫人。`,
  answers: '## 发送方得到的答复',
  addresses: '地址',
  methods: '方法',
  key: '密钥',
  keyPlaces: { path: '在路径里', body: '在正文里', headers: '`X-Fenghuo-Key`、`Authorization: Bearer …` 或基本认证' },
  encodings: '正文',
  encodingNames: { json: 'JSON', form: '表单', multipart: '分段表单（`multipart/form-data`）' },
  taken: '已在队列里',
  busy: '我们自己的问题，或超过该密钥的限额：发送方会重试',
  refused: '其中没有可呼叫的内容',
  unknownKey: '没有项目使用该密钥',
  tooLarge: (kB) => `超过 ${kB} kB：已接收，不含详情`,
  or: '、',
}

/** What the page of a format says around what its guide says. */
export const pageWords: Record<Language, typeof en> = { en, zh }
