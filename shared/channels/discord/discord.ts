import { contactText, showWhole } from '../../oncall/address.ts'
import type { Channel } from '../channel.ts'
import { discordSender as sender } from './discord.sender.ts'
import { type Settings, settings } from './settings.ts'

/** A Discord webhook: one embed for each state change, mentions by user id. */
export const discord: Channel<Settings> = {
  ...sender,
  title: { zh: 'Discord', en: 'Discord' },
  summary: {
    en: 'A Discord webhook: one post for each state change, mentions who is being called.',
    zh: 'Discord Webhook：每次状态变化发一条，提到正在呼叫的人。',
  },
  reaches: 'group',
  address: {
    key: 'discord',
    summary: { en: "User id in Discord, for a webhook's mention.", zh: 'Discord 的用户 ID，供 Webhook 提到此人。' },
    example: '80351110224678912',
    schema: contactText,
    mask: showWhole,
  },
  settings,
  example: { hook: '${DISCORD_HOOK}' },
  diagnose: () => import('./diagnose.ts'),
}
