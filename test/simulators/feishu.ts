import { createHmac } from 'node:crypto'
import * as z from 'zod'
import { type MessageVendor, sandboxTeller, withButtons } from './messages.ts'
import { slidingWindow } from './rate.ts'
import {
  configuredRobots,
  hasKeyword,
  isFresh,
  isSameSignature,
  type RobotContract,
  type RobotOptions,
  startRobotVendor,
} from './robot.ts'
import type { Simulator } from './sandbox.ts'
import { jsonObject } from './server.ts'

// Limits and codes: open.larkoffice.com, "自定义机器人使用指南" and "频控策略".
const PATH = '/open-apis/bot/v2/hook/'
const PER_MINUTE = 100
const PER_SECOND = 5
const BODY_BYTES = 20 * 1024
const BAD_REQUEST = { code: 9499, message: 'Bad Request' }
const BAD_SIGNATURE = {
  code: 19021,
  message: 'sign match fail or timestamp is not within one hour from current time',
}

const text = z.strictObject({ tag: z.enum(['plain_text', 'lark_md']), content: z.string().min(1) })
/** A custom bot's buttons open links: it takes no callbacks. */
const action = z.strictObject({
  tag: z.literal('action'),
  actions: z
    .array(
      z.strictObject({
        tag: z.literal('button'),
        type: z.enum(['default', 'primary', 'danger']).optional(),
        text: z.strictObject({ tag: z.literal('plain_text'), content: z.string().min(1) }),
        url: z.url(),
      }),
    )
    .min(1),
})
const stamped = { timestamp: z.string().optional(), sign: z.string().optional() }
const body = z.discriminatedUnion('msg_type', [
  z.strictObject({ ...stamped, msg_type: z.literal('text'), content: z.strictObject({ text: z.string().min(1) }) }),
  z.strictObject({
    ...stamped,
    msg_type: z.literal('interactive'),
    card: z.strictObject({
      config: z.strictObject({ wide_screen_mode: z.boolean().optional() }).optional(),
      header: z.strictObject({ template: z.string().optional(), title: text }).optional(),
      elements: z.array(z.discriminatedUnion('tag', [z.strictObject({ tag: z.literal('div'), text }), action])).min(1),
    }),
  }),
])
type Body = z.infer<typeof body>

/** A message that the group saw. */
export interface FeishuMessage {
  token: string
  /** The card's title; empty for texts. */
  title: string
  /** The colour of the card's head. */
  template: string
  text: string
  /** Text and address of each button. */
  buttons: [string, string][]
  /** User ids or "all". */
  mentions: string[]
}

export type FeishuSimulator = MessageVendor<FeishuMessage>

/** Feishu's custom bots: POST /open-apis/bot/v2/hook/TOKEN, signature recomputed, 5 a second and 100 a minute; errors come in a 200. */
export function startFeishuSimulator(options: RobotOptions<FeishuMessage>): Promise<FeishuSimulator> {
  return startRobotVendor(contract, options)
}

const contract: RobotContract<FeishuMessage> = {
  tokenOf: ({ path }) => (path.startsWith(PATH) ? decodeURIComponent(path.slice(PATH.length)) : undefined),
  noSuchRobot: { code: 19001, message: 'param invalid: incoming webhook access token invalid' },
  read(request, bot, now) {
    const json = request.body.length > BODY_BYTES ? undefined : jsonObject(request.body)
    if (!json) return BAD_REQUEST
    if (bot.secret !== undefined && !isSigned(json, bot.secret, now)) return BAD_SIGNATURE
    const parsed = body.safeParse(json)
    if (!parsed.success) return BAD_REQUEST
    const message = { token: bot.token, ...describe(parsed.data) }
    return hasKeyword(bot, message) ? message : { code: 19024, message: 'Key Words Not Found' }
  },
  limiter(now) {
    const [second, minute] = [slidingWindow(PER_SECOND, 1_000, now), slidingWindow(PER_MINUTE, 60_000, now)]
    return () => second() && minute()
  },
  tooFast: { code: 11232, message: 'frequency limited' },
  accepted: { status: 200, body: { StatusCode: 0, StatusMessage: 'success', code: 0, data: {}, msg: 'success' } },
  refusal: ({ code, message }) => ({ status: 200, body: { code: Number(code), msg: message, data: {} } }),
}

/** As the local stack plays it. */
export const simulator: Simulator = {
  type: 'feishu',
  start: ({ settings, now, tell }) =>
    startFeishuSimulator({
      robots: configuredRobots(settings),
      now,
      onEvent: sandboxTeller(tell, ({ text, buttons }) => ({ text: withButtons(text, buttons), format: 'markdown' })),
    }),
}

/** The key is "timestamp\nsecret", and nothing is signed with it. */
function isSigned({ timestamp, sign }: Record<string, unknown>, secret: string, now: number): boolean {
  if (typeof timestamp !== 'string' || !/^\d{10}$/.test(timestamp) || typeof sign !== 'string') return false
  const expected = createHmac('sha256', `${timestamp}\n${secret}`).digest('base64')
  return isFresh(Number(timestamp) * 1000, now) && isSameSignature(sign, expected)
}

function describe(message: Body): Omit<FeishuMessage, 'token'> {
  const isCard = message.msg_type === 'interactive'
  const text = isCard
    ? message.card.elements.flatMap((each) => (each.tag === 'div' ? [each.text.content] : [])).join('\n')
    : message.content.text
  const header = isCard ? message.card.header : undefined
  const mentions = [...text.matchAll(/<at (?:id|user_id)="?([^>"\s]+)"?>/g)].map(([, id = '']) => id)
  const actions = isCard ? message.card.elements.flatMap((each) => (each.tag === 'action' ? each.actions : [])) : []
  const buttons = actions.map((each): [string, string] => [each.text.content, each.url])
  return { title: header?.title.content ?? '', buttons, template: header?.template ?? '', text, mentions }
}
