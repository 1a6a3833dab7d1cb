import type { Guide } from '../guide.ts'
import { datadog } from './format.ts'

const payload = `{
  "id": "$ID", "title": "$EVENT_TITLE", "transition": "$ALERT_TRANSITION", "cycle_key": "$ALERT_CYCLE_KEY",
  "aggreg_key": "$AGGREG_KEY", "alert_id": "$ALERT_ID", "alert_type": "$ALERT_TYPE", "priority": "$ALERT_PRIORITY",
  "scope": "$ALERT_SCOPE", "hostname": "$HOSTNAME", "metric": "$ALERT_METRIC", "query": "$ALERT_QUERY",
  "status": "$ALERT_STATUS", "link": "$LINK", "tags": "$TAGS", "text": "$TEXT_ONLY_MSG", "date": "$DATE"
}`

export const datadogGuide: Guide = {
  format: datadog,
  title: { en: 'Datadog', zh: 'Datadog' },
  samples: ['datadog-custom', 'datadog-default'],
  setup: {
    en: `A webhook \`fenghuo\` with the URL \`{url}/datadog/{key}\` and this custom payload; \`@webhook-fenghuo\` in a monitor's message.
With the default payload only its title says whether something began or ended.

\`\`\`json
${payload}
\`\`\``,
    zh: `新建名为 \`fenghuo\` 的 webhook，URL 填 \`{url}/datadog/{key}\`，使用下面的自定义负载，并在监控的消息里写 \`@webhook-fenghuo\`。
默认负载只能从标题看出是开始还是恢复。

\`\`\`json
${payload}
\`\`\``,
  },
  example: {
    body: { title: '{test}', transition: 'Triggered', cycle_key: 'fenghuo-test', alert_type: 'info' },
    resolved: {
      title: '{test}',
      transition: 'Recovered',
      cycle_key: 'fenghuo-test',
      alert_type: 'success',
    },
  },
}
