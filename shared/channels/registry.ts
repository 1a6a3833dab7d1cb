// One line for each folder. What is registered of it is made by `npx node cli/schema.ts`, one table for each bundle's needs.

/** The channels, in the order of documents; as last resorts they are told in this order. */
export const channels = [
  'wecom-robot',
  'dingtalk',
  'feishu',
  'feishu-app',
  'wecom-app',
  'slack',
  'teams',
  'telegram',
  'discord',
  'webhook',
  'pagerduty',
  'tencent-sms',
  'aliyun-sms',
  'aliyun-sms-intl',
  'aws-sms',
  'smtp',
]

/** The ways to make a phone ring. */
export const voiceRoutes = ['aliyun-ivr', 'aliyun-tts', 'connect', 'tencent-vms']
