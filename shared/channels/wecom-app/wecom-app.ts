import type { Channel } from '../channel.ts'
import { wecomAddress } from '../vendors/wecom-address.ts'
import { type Settings, settings } from './settings.ts'
import { wecomAppSender as sender } from './wecom-app.sender.ts'

const example = { corp: 'ww0123456789abcdef', agent: 1000002, secret: '${WECOM_APP_SECRET}', to: '@all' }

/**
 * Messages of a WeCom application to members, departments or tags: a text for each state change; with a callback, a card with buttons
 * for what can be acknowledged, which says in the end who has it.
 */
export const wecomApp: Channel<Settings> = {
  ...sender,
  title: { zh: '企业微信应用', en: 'WeCom application' },
  summary: {
    en: "Messages of a WeCom application to people's own chats: one for each state change.",
    zh: '企业微信自建应用的消息，发到个人会话：每次状态变化发一条。',
  },
  reaches: 'group',
  address: wecomAddress,
  settings,
  example,
  exampleWithButtons: { ...example, callback: { token: '${WECOM_APP_TOKEN}', aesKey: '${WECOM_APP_AES_KEY}' } },
  diagnose: () => import('./diagnose.ts'),
}
