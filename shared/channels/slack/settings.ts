import * as z from 'zod'
import { wrong } from '../../contracts/mistake.ts'

const text = z.string().min(1).optional()

export const settings = z
  .strictObject({
    hook: text.meta({
      description: 'Of an incoming webhook: what follows /services/ in its address.',
      zh: 'Incoming Webhook：地址中 /services/ 之后的部分。',
      examples: ['${SLACK_HOOK}'],
    }),
    token: text.meta({
      description: 'Of an app, instead of `hook`: its Bot User OAuth Token.',
      zh: '应用方式（代替 `hook`）：Bot User OAuth Token。',
      examples: ['${SLACK_TOKEN}'],
    }),
    channel: text.meta({
      description: 'The channel that the app posts to, by its id.',
      zh: '应用发往的频道 ID。',
      examples: ['C0ONCALL'],
    }),
    signingSecret: text.meta({
      description: "The app's Signing Secret: with it, messages have buttons that act as whoever presses them.",
      zh: '应用的 Signing Secret：写了消息就带按钮，按下者即操作人。',
      examples: ['${SLACK_SIGNING_SECRET}'],
    }),
  })
  .refine(({ hook, token, channel }) => (hook === undefined) !== (token === undefined && channel === undefined), {
    ...wrong('no-way-to-post', { en: 'give hook, or token and channel', zh: '写 hook，或写 token 和 channel' }),
    path: ['hook'],
  })
  .refine(({ token, channel }) => (token === undefined) === (channel === undefined), {
    ...wrong('needs-other', { en: 'token and channel go together', zh: 'token 和 channel 要一起写' }),
    path: ['channel'],
  })
  .refine(({ token, signingSecret }) => signingSecret === undefined || token !== undefined, {
    ...wrong('needs-other', {
      en: 'is of an app: it wants token and channel',
      zh: '属于应用方式：还要写 token 和 channel',
    }),
    path: ['signingSecret'],
  })
export type Settings = z.infer<typeof settings>
