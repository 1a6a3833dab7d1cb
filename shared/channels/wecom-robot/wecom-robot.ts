import * as z from 'zod/mini'
import { ofKind } from '../../incidents/notice-kinds.ts'
import { compose } from '../../messages/compose.ts'
import type { Channel } from '../channel.ts'
import { fingerprint } from '../robot.ts'
import { wecomAddress } from '../vendors/wecom-address.ts'
import { errors, limits, sendToAll, url, VENDOR } from './post-text.ts'
import { sendMarkdown } from './send-markdown.ts'

const settings = z.strictObject({
  key: z.string().check(
    z.minLength(1),
    z.meta({
      description: "The part of the robot's webhook address after key=.",
      zh: '机器人 Webhook 地址中 key= 之后的部分。',
      examples: ['${WECOM_KEY}'],
    }),
  ),
})
type Settings = z.infer<typeof settings>

/** A WeCom group robot. Markdown, mentions by user id; an exhausted incident is also a text to everybody. */
export const wecomRobot: Channel<Settings> = {
  type: VENDOR,
  title: { zh: '企业微信', en: 'WeCom' },
  summary: {
    en: 'WeCom group robot: one post per state change, mentions who is being called.',
    zh: '企业微信群机器人：每次状态变化发一条，提到正在呼叫的人。',
  },
  reaches: 'group',
  address: wecomAddress,
  settings,
  example: { key: '${WECOM_KEY}' },
  url,
  errors,
  diagnose: () => import('./diagnose.ts'),
  limits,
  rateKey: ({ key }) => fingerprint(key),
  async send(message, to, { key }, io) {
    const composition = compose(message)
    if (!ofKind(message.notice.kind).callsEverybody) return sendMarkdown(composition, message.language, to, key, io)
    if (message.digest !== undefined) {
      const told = await sendMarkdown(composition, message.language, to, key, io)
      if (told.status === 'sent') await sendToAll({ ...composition, lines: [] }, key, io)
      return told
    }
    // The loud text goes first and says it all: once it is out, the notice counts as sent and is not repeated.
    const loud = await sendToAll(composition, key, io)
    if (loud.status !== 'sent') return loud
    const detailed = await sendMarkdown(composition, message.language, to, key, io)
    return detailed.status === 'sent' ? detailed : { status: 'sent', receipt: `text only: ${detailed.failure.class}` }
  },
}
