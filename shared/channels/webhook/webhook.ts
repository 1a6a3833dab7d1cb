import type { Channel } from '../channel.ts'
import { type Settings, settings } from './settings.ts'
import { webhookSender as sender } from './webhook.sender.ts'

/** Events by Standard Webhooks: signed, with an id by which receivers tell repeats, and sent again until they are taken. */
export const webhook: Channel<Settings> = {
  ...sender,
  title: { zh: 'Webhook', en: 'Webhook' },
  summary: {
    en: 'A signed event for each state change to a program of your own, by Standard Webhooks 1.0.0.',
    zh: '每次状态变化向你自己的程序发一个签名事件，遵循 Standard Webhooks 1.0.0。',
  },
  reaches: 'group',
  settings,
  example: { url: 'https://hooks.example.com/fenghuo', secret: '${WEBHOOK_SECRET}' },
}
