import type { Guide } from '../guide.ts'
import { fenghuo } from './format.ts'

export const fenghuoGuide: Guide = {
  format: fenghuo,
  title: { en: 'Our own alerts', zh: '烽火自己的告警格式' },
  samples: ['fenghuo-alerts'],
  setup: {
    en: `What stands on the events queue itself: whoever has AWS keys puts it there (see [Direct to the queue](../inbound.md#direct-to-the-queue)), and whoever
has none posts it to \`{url}/alerts/{key}\`, alone or many in \`alerts\`. Over HTTP the project is that of the key.

\`\`\`json
{ "action": "trigger", "dedupKey": "db/disk", "summary": "disk is full", "severity": "error", "source": "db-1" }
\`\`\`

\`action\` is trigger, acknowledge or resolve. \`severity\` is critical, error, warning or info. \`once: true\`: it has happened and does not go
on, and the chat is told once. Optional are \`at\` and \`since\` (UTC ms, or ISO 8601 such as \`2026-11-28T02:13:00Z\`), \`title\` (what a phone says), \`labels\`, \`component\`, \`group\`, \`class\`,
\`details\`, \`links\` (\`href\`, \`text\`), \`runbook\`, and \`until\` (UTC ms) of who repeats it before then.`,
    zh: `事件队列上的格式：有 AWS 密钥的直接放进队列（见[直接写入队列](../inbound.zh-CN.md#直接写入队列)），没有的发到 \`{url}/alerts/{key}\`，单个或放在
\`alerts\` 里一次多个。经 HTTP 时项目以密钥为准。

\`\`\`json
{ "action": "trigger", "dedupKey": "db/disk", "summary": "磁盘已满", "severity": "error", "source": "db-1" }
\`\`\`

\`action\` 为 trigger、acknowledge 或 resolve，\`severity\` 为 critical、error、warning 或 info。\`once: true\` 表示已发生且不持续，群内只通知一次。
可选：\`at\`、\`since\`（UTC 毫秒，或 \`2026-11-28T02:13:00Z\` 这样的 ISO 8601）、\`title\`（电话里念的）、\`labels\`、\`component\`、\`group\`、\`class\`、\`details\`、\`links\`（\`href\`、\`text\`）、
\`runbook\`，以及会在此前重复发送者的 \`until\`（UTC 毫秒）。`,
  },
  example: { body: exampleOf('trigger'), resolved: exampleOf('resolve') },
}

function exampleOf(action: string) {
  return { action, dedupKey: 'fenghuo-test', summary: '{test}', severity: 'info', source: 'fenghuo' }
}
