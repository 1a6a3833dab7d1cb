import { contactText, showWhole } from '../../oncall/address.ts'
import type { Channel } from '../channel.ts'
import { type Settings, settings } from './settings.ts'
import { telegramSender as sender } from './telegram.sender.ts'

/** A Telegram bot in a group: one message for each state change, with buttons below what can be acknowledged. */
export const telegram: Channel<Settings> = {
  ...sender,
  title: { zh: 'Telegram', en: 'Telegram' },
  summary: {
    en: 'A Telegram bot: one message for each state change, with the ack link as its button, or with buttons that act as whoever presses them. Not reachable from mainland China.',
    zh: 'Telegram 机器人：每次状态变化发一条，按钮是认领链接，或按下者即操作人的按钮。中国大陆连不上。',
  },
  reaches: 'group',
  address: {
    key: 'telegram',
    summary: { en: "User name in Telegram, for a bot's mention.", zh: 'Telegram 的用户名，供机器人提到此人。' },
    example: 'lin_yue',
    schema: contactText,
    mask: showWhole,
  },
  settings,
  example: { token: '${TELEGRAM_TOKEN}', chat: -1001234567890 },
  exampleWithButtons: {
    token: '${TELEGRAM_TOKEN}',
    chat: -1001234567890,
    webhookSecret: '${TELEGRAM_WEBHOOK_SECRET}',
  },
  diagnose: () => import('./diagnose.ts'),
}
