import { createHmac } from 'node:crypto'
import * as z from 'zod/mini'
import type { ErrorTable } from '../../contracts/vendor-errors.ts'
import type { Instant } from '../../contracts/words.ts'
import type { Channel, ChannelIo, VendorUrl } from '../channel.ts'
import { newRobot, setSecret, useKeyword, useSignature } from '../diagnoses/robot-remedies.ts'
import { post } from '../post.ts'
import { baseUrl } from '../references.ts'
import { fingerprint, posted, type RobotAnswer } from '../robot.ts'
import { feishuAddress } from '../vendors/feishu-address.ts'
import { feishuCard } from '../vendors/feishu-card.ts'

const VENDOR = 'feishu'

const url: VendorUrl = { variable: 'FENGHUO_FEISHU_URL', base: 'https://open.feishu.cn' }

/** The whole body may have 20 KB; JSON and the rest of the card have room above `maxBytes`. */
const limits = { source: 'open.larkoffice.com, 自定义机器人使用指南 and 频控策略', maxBytes: 16_000, perMinute: 100 }

/** After more than 5 a second, and when everybody else posts too: on the hour and half past. */
const LIMITED_MS = 2_000

const errors: ErrorTable = {
  source: 'open.larkoffice.com, 自定义机器人使用指南',
  codes: {
    // Over 20 KB, too; what we write stays below.
    9499: { class: 'bad-request' },
    11232: { class: 'rate-limited', afterMs: LIMITED_MS },
    19001: { class: 'no-such-sender', remedy: newRobot },
    19002: { class: 'bad-request' },
    19021: { class: 'security-setting', remedy: setSecret },
    19022: { class: 'our-address', remedy: useSignature },
    19024: { class: 'no-keyword', remedy: useKeyword },
    19036: { class: 'content-refused' },
  },
}

const settings = z.strictObject({
  token: z.string().check(
    z.minLength(1),
    z.meta({
      description: "The last part of the robot's webhook address, after /hook/.",
      zh: '机器人 Webhook 地址的最后一段，/hook/ 之后。',
      examples: ['${FEISHU_TOKEN}'],
    }),
  ),
  secret: z.optional(z.string().check(z.minLength(1))).check(
    z.meta({
      description: 'Of its security setting "signature".',
      zh: '安全设置“签名校验”的密钥。',
      examples: ['${FEISHU_SECRET}'],
    }),
  ),
})
type Settings = z.infer<typeof settings>

/** A Feishu custom bot, signed when it has a secret. One card per state change, mentions by user id. */
export const feishu: Channel<Settings> = {
  type: VENDOR,
  title: { zh: '飞书', en: 'Feishu' },
  summary: {
    en: 'Feishu custom bot: one card per state change, mentions who is being called.',
    zh: '飞书自定义机器人：每次状态变化发一张卡片，提到正在呼叫的人。',
  },
  reaches: 'group',
  address: feishuAddress,
  settings,
  example: { token: '${FEISHU_TOKEN}', secret: '${FEISHU_SECRET}' },
  url,
  errors,
  limits,
  diagnose: async () =>
    (await import('../diagnoses/diagnose-robot.ts')).diagnosisOf<Settings>({
      errors,
      limits,
      nonsense: (robot, io) => ({ url: hookOf(robot, io), body: { ...signed(robot, io), msg_type: 'fenghuo_doctor' } }),
      answerOf,
    }),
  rateKey: ({ token }) => fingerprint(token),
  async send(message, to, robot, io) {
    const card = { config: { wide_screen_mode: true }, ...feishuCard(message, to, limits.maxBytes) }
    const body = { ...signed(robot, io), msg_type: 'interactive', card }
    const read = (answer: unknown) => posted(answerOf(answer), VENDOR, errors)
    // A refusal comes as a 200, and has been seen as a 400.
    return post({ url: hookOf(robot, io), body, vendor: VENDOR, read, explainsRefusals: true }, io)
  },
}

function hookOf({ token }: Settings, { env }: Pick<ChannelIo, 'env'>): string {
  return `${baseUrl(url, env)}/open-apis/bot/v2/hook/${encodeURIComponent(token)}`
}

function signed({ secret }: Settings, { now }: Pick<ChannelIo, 'now'>): { timestamp?: string; sign?: string } {
  if (secret === undefined) return {}
  const timestamp = Math.floor(now() / 1000)
  return { timestamp: String(timestamp), sign: sign(timestamp, secret) }
}

/** Base64 of HMAC-SHA256 over nothing, keyed with `timestamp\nsecret`; `at` in seconds, valid for one hour. */
export const sign = (at: Instant, secret: string): string => createHmac('sha256', `${at}\n${secret}`).digest('base64')

function answerOf(answer: unknown): RobotAnswer | undefined {
  const { code, msg } = Object(answer)
  return typeof code === 'number' ? { code, words: msg } : undefined
}
