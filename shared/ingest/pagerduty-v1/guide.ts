import type { Guide } from '../guide.ts'
import { pagerdutyV1 } from './format.ts'

export const pagerdutyV1Guide: Guide = {
  format: pagerdutyV1,
  title: { en: 'PagerDuty Events API v1', zh: 'PagerDuty 事件接口 v1' },
  samples: ['pd-v1-trigger'],
  setup: {
    en: `Senders of the older interface take another host, too: \`{url}/generic/2010-04-15/create_event.json\`, and the project's
key as the service key.`,
    zh: `旧版接口的发送方同样只需换主机名：\`{url}/generic/2010-04-15/create_event.json\`，以项目的密钥作为 service key。`,
  },
  example: {
    body: {
      service_key: '{key}',
      event_type: 'trigger',
      incident_key: 'fenghuo-test',
      description: '{test}',
    },
    resolved: { service_key: '{key}', event_type: 'resolve', incident_key: 'fenghuo-test' },
  },
}
