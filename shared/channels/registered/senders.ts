// Made by `npx node cli/schema.ts` from shared/channels/registry.ts and the files of each folder; a test compares.

import type { Sender } from '../channel.ts'
import { dingtalk } from '../dingtalk/dingtalk.ts'
import { feishu } from '../feishu/feishu.ts'
import { smtp } from '../smtp/smtp.ts'
import { tencentSms } from '../tencent-sms/tencent-sms.ts'
import { wecomRobot } from '../wecom-robot/wecom-robot.ts'

/** What sends for each channel. One with a file of its own for that is loaded when a configuration has such a channel. */
export const senders: Record<string, () => Promise<Sender>> = {
  'wecom-robot': async () => wecomRobot,
  dingtalk: async () => dingtalk,
  feishu: async () => feishu,
  'feishu-app': async () => (await import('../feishu-app/feishu-app.sender.ts')).feishuAppSender,
  'wecom-app': async () => (await import('../wecom-app/wecom-app.sender.ts')).wecomAppSender,
  slack: async () => (await import('../slack/slack.sender.ts')).slackSender,
  teams: async () => (await import('../teams/teams.sender.ts')).teamsSender,
  telegram: async () => (await import('../telegram/telegram.sender.ts')).telegramSender,
  discord: async () => (await import('../discord/discord.sender.ts')).discordSender,
  webhook: async () => (await import('../webhook/webhook.sender.ts')).webhookSender,
  pagerduty: async () => (await import('../pagerduty/pagerduty.sender.ts')).pagerdutySender,
  'tencent-sms': async () => tencentSms,
  'aliyun-sms': async () => (await import('../aliyun-sms/aliyun-sms.sender.ts')).aliyunSmsSender,
  'aliyun-sms-intl': async () => (await import('../aliyun-sms-intl/aliyun-sms-intl.sender.ts')).aliyunSmsIntlSender,
  'aws-sms': async () => (await import('../aws-sms/aws-sms.sender.ts')).awsSmsSender,
  smtp: async () => smtp,
}
