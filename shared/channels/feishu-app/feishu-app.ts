import type { Channel } from '../channel.ts'
import { feishuAddress } from '../vendors/feishu-address.ts'
import { feishuAppSender as sender } from './feishu-app.sender.ts'
import { type Settings, settings } from './settings.ts'

const example = {
  app: 'cli_a0123456789abcde',
  secret: '${FEISHU_APP_SECRET}',
  chat: 'oc_a0553eda9014c201e6969b478895c230',
}

/** Cards of an application of Feishu or Lark in a group; with a callback they have buttons, and say in the end who has it. */
export const feishuApp: Channel<Settings> = {
  ...sender,
  title: { zh: '飞书应用', en: 'Feishu application' },
  summary: {
    en: 'Cards of a Feishu or Lark application in a group, with buttons that act as whoever presses them.',
    zh: '飞书（Lark）自建应用发到群里的卡片，带按钮，按下者即操作人。',
  },
  reaches: 'group',
  address: feishuAddress,
  settings,
  example,
  exampleWithButtons: {
    ...example,
    callback: { token: '${FEISHU_APP_TOKEN}', encryptKey: '${FEISHU_APP_ENCRYPT_KEY}' },
  },
  diagnose: () => import('./diagnose.ts'),
}
