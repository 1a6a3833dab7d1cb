import type { Guide } from '../guide.ts'
import { seed } from './format.ts'

const request = `\`\`\`sh
curl -fsS -H 'Content-Type: application/json' '{url}/seed/{key}' -d '{ "projectName": "pay", "message": "disk full" }'
\`\`\``

export const seedGuide: Guide = {
  format: seed,
  title: { en: 'The short message', zh: '短消息' },
  samples: ['seed-event'],
  setup: {
    en: `\`{ "projectName": "pay" }\` on the events queue pages the project as \`critical\`; what else stands in it is told with it, first
\`message\`, \`summary\`, \`alarm\` or \`eventName\`. Equal messages are one incident until somebody has taken it. There is no message
for its end: who can send one uses [our own alerts](fenghuo.md). By HTTP at \`{url}/seed/{key}\`:

${request}`,
    zh: `队列里的 \`{ "projectName": "pay" }\` 以 \`critical\` 呼叫该项目，其余内容一并告知，优先取 \`message\`、\`summary\`、\`alarm\`、
\`eventName\`。认领之前相同的消息算一个告警单。没有表示结束的消息：需要的请用[烽火自己的告警格式](fenghuo.zh-CN.md)。
也可经 HTTP 发到 \`{url}/seed/{key}\`：

${request}`,
  },
  // Nothing ends it: a test would page until somebody takes it.
  example: undefined,
}
