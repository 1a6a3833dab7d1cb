import type { Guide } from '../guide.ts'
import { sns } from './format.ts'
import { options } from './options.ts'

export const snsGuide: Guide = {
  format: sns,
  title: { en: 'Amazon SNS, CloudWatch alarms', zh: 'Amazon SNS、CloudWatch 告警' },
  options: {
    schema: options,
    summary: {
      en: 'The topics that may subscribe this address, and what becomes of the states that their messages report.',
      zh: '可以订阅此地址的主题，及其消息所报的状态如何处理。',
    },
  },
  samples: ['cloudwatch-alarm-sns-message'],
  setup: {
    en: `A subscription of the topic by HTTPS: \`{url}/sns/{key}\`, and in the project
\`inbound: { sns: { topics: [arn:aws:sns:ap-southeast-1:123456789012:oncall] } }\`: only these are confirmed. What SNS wraps has
to bear Amazon's signature; what raw message delivery brings is taken by the key alone. A delivery policy of 50 retries and a redrive
policy keep what could not be delivered. \`outcomes\` and \`clusterKey\` say what becomes of alarms and events, as under
\`inbound.aws\`.`,
    zh: `为主题添加 HTTPS 订阅：\`{url}/sns/{key}\`，并在项目里写
\`inbound: { sns: { topics: [arn:aws:sns:ap-southeast-1:123456789012:oncall] } }\`，只有这些主题会被确认。
SNS 包装的消息须带有 Amazon 的签名；原始消息传送的只凭密钥接收。建议设置 50 次重试与死信队列。告警与事件如何处理写 \`outcomes\`
和 \`clusterKey\`，同 \`inbound.aws\`。`,
  },
  example: {
    body: {
      AlarmName: 'fenghuo-test',
      NewStateValue: 'ALARM',
      NewStateReason: '{test}',
      AlarmArn: 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:fenghuo-test',
    },
    resolved: {
      AlarmName: 'fenghuo-test',
      NewStateValue: 'OK',
      NewStateReason: '{test}',
      AlarmArn: 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:fenghuo-test',
    },
  },
}
