// Made by `npx node cli/schema.ts` from shared/channels/registry.ts and the files of each folder; a test compares.

import { aliyunSms } from '../aliyun-sms/aliyun-sms.ts'
import { aliyunSmsIntl } from '../aliyun-sms-intl/aliyun-sms-intl.ts'
import { awsSms } from '../aws-sms/aws-sms.ts'
import type { Channel } from '../channel.ts'
import { dingtalk } from '../dingtalk/dingtalk.ts'
import { discord } from '../discord/discord.ts'
import { feishu } from '../feishu/feishu.ts'
import { feishuApp } from '../feishu-app/feishu-app.ts'
import { pagerduty } from '../pagerduty/pagerduty.ts'
import { slack } from '../slack/slack.ts'
import { smtp } from '../smtp/smtp.ts'
import { teams } from '../teams/teams.ts'
import { telegram } from '../telegram/telegram.ts'
import { tencentSms } from '../tencent-sms/tencent-sms.ts'
import { webhook } from '../webhook/webhook.ts'
import { wecomApp } from '../wecom-app/wecom-app.ts'
import { wecomRobot } from '../wecom-robot/wecom-robot.ts'

/** Every channel that sends text. Whoever sends passes settings that the channel’s own schema has read. */
export const channels: Record<string, Channel<unknown>> = {
  'wecom-robot': wecomRobot,
  dingtalk,
  feishu,
  'feishu-app': feishuApp,
  'wecom-app': wecomApp,
  slack,
  teams,
  telegram,
  discord,
  webhook,
  pagerduty,
  'tencent-sms': tencentSms,
  'aliyun-sms': aliyunSms,
  'aliyun-sms-intl': aliyunSmsIntl,
  'aws-sms': awsSms,
  smtp,
}
