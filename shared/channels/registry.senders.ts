import type { Sender } from './channel.ts'
import { dingtalk } from './dingtalk/dingtalk.ts'
import { feishu } from './feishu/feishu.ts'
import { smtp } from './smtp/smtp.ts'
import { tencentSms } from './tencent-sms/tencent-sms.ts'
import { wecomRobot } from './wecom-robot/wecom-robot.ts'

/**
 * What sends for every type of channel. It stands apart from the registry because `page` starts with every call: of channels that a
 * configuration does not have it loads nothing.
 */
const senders: Record<string, () => Promise<Sender>> = {
  'wecom-robot': async () => wecomRobot,
  dingtalk: async () => dingtalk,
  feishu: async () => feishu,
  'wecom-app': async () => (await import('./wecom-app/wecom-app.sender.ts')).wecomAppSender,
  slack: async () => (await import('./slack/slack.sender.ts')).slackSender,
  teams: async () => (await import('./teams/teams.sender.ts')).teamsSender,
  telegram: async () => (await import('./telegram/telegram.sender.ts')).telegramSender,
  discord: async () => (await import('./discord/discord.sender.ts')).discordSender,
  webhook: async () => (await import('./webhook/webhook.sender.ts')).webhookSender,
  pagerduty: async () => (await import('./pagerduty/pagerduty.sender.ts')).pagerdutySender,
  smtp: async () => smtp,
  'tencent-sms': async () => tencentSms,
  'aliyun-sms': async () => (await import('./aliyun-sms/aliyun-sms.sender.ts')).aliyunSmsSender,
}

/** All types that there are. */
export const senderTypes: string[] = Object.keys(senders)

/** What sends for these types, by type; one that is not known is left out. */
export async function sendersOf(types: Iterable<string>): Promise<Record<string, Sender>> {
  const known = [...new Set(types)].flatMap((type) => {
    const load = senders[type]
    return load === undefined ? [] : [load().then((sender) => [type, sender] as const)]
  })
  return Object.fromEntries(await Promise.all(known))
}
