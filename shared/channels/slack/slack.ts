import { contactText, showWhole } from '../../oncall/address.ts'
import type { Channel } from '../channel.ts'
import { type Settings, settings } from './settings.ts'
import { slackSender as sender } from './slack.sender.ts'

/** Slack: an incoming webhook, or an app that changes its message when somebody has the incident. */
export const slack: Channel<Settings> = {
  ...sender,
  title: { zh: 'Slack', en: 'Slack' },
  summary: {
    en: 'Slack, by an incoming webhook, or by an app with buttons that act as whoever presses them.',
    zh: 'Slack：Incoming Webhook，或带按钮的应用，按下者即操作人。',
  },
  reaches: 'group',
  address: {
    key: 'slack',
    summary: { en: 'Member id in Slack.', zh: 'Slack 的成员 ID。' },
    example: 'U0LINYUE',
    schema: contactText,
    mask: showWhole,
  },
  settings,
  example: { hook: '${SLACK_HOOK}' },
  exampleWithButtons: { token: '${SLACK_TOKEN}', channel: 'C0ONCALL', signingSecret: '${SLACK_SIGNING_SECRET}' },
  diagnose: () => import('./diagnose.ts'),
}
