import { outcomeCautions } from '../aws/outcome-cautions.ts'
import type { Guide } from '../guide.ts'
import { sns } from './format.ts'
import { options } from './options.ts'

/** 50 retries within the hour that SNS has for all of them (SNS developer guide, "Amazon SNS message delivery retries"). */
const subscription = `\`\`\`sh
topic=arn:aws:sns:ap-southeast-1:123456789012:oncall
aws sns set-topic-attributes --topic-arn "$topic" --attribute-name SignatureVersion --attribute-value 2
aws sns subscribe --topic-arn "$topic" --protocol https --notification-endpoint '{url}/sns/{key}' --attributes '{
  "DeliveryPolicy": "{\\"healthyRetryPolicy\\":{\\"numRetries\\":50,\\"numNoDelayRetries\\":3,\\"minDelayTarget\\":1,\\"maxDelayTarget\\":60,\\"backoffFunction\\":\\"exponential\\"}}",
  "RedrivePolicy": "{\\"deadLetterTargetArn\\":\\"arn:aws:sqs:ap-southeast-1:123456789012:oncall-dead\\"}"
}'
\`\`\``

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
  cautions: outcomeCautions,
  samples: ['cloudwatch-alarm-sns-message'],
  setup: {
    en: `First the topic in the project, \`inbound: { sns: { topics: [arn:aws:sns:ap-southeast-1:123456789012:oncall] } }\`: only these are
confirmed, and anything else is refused with 403. Then its subscription by HTTPS:

${subscription}

What SNS wraps has to bear Amazon's signature; what raw message delivery brings is taken by the key alone. The delivery policy and the
redrive policy keep what could not be delivered at once: SNS itself tries for one minute, and then drops it. \`outcomes\` and
\`clusterKey\` say what becomes of alarms and events, as under \`inbound.aws\`.`,
    zh: `先在项目里写明主题：\`inbound: { sns: { topics: [arn:aws:sns:ap-southeast-1:123456789012:oncall] } }\`，
只有这些主题会被确认，其余一律以 403 拒绝。再添加 HTTPS 订阅：

${subscription}

SNS 包装的消息须带有 Amazon 的签名；原始消息传送的只凭密钥接收。重试策略与死信队列保住一时没有送达的消息：
SNS 默认只重试一分钟，然后丢弃。告警与事件如何处理写 \`outcomes\` 和 \`clusterKey\`，同 \`inbound.aws\`。`,
  },
  example: {
    body: {
      AlarmName: 'fenghuo-test',
      AlarmDescription: 'info',
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
