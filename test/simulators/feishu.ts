import { createHmac, timingSafeEqual } from 'node:crypto'
import * as z from 'zod'
import { slidingWindow } from './rate.ts'
import type { Simulator } from './sandbox.ts'
import { jsonObject, type ServerOptions, startVendorServer, type VendorRequest, type VendorServer } from './server.ts'

// Limits and codes: open.larkoffice.com, "自定义机器人使用指南" and "频控策略".
const PATH = '/open-apis/bot/v2/hook/'
const PER_MINUTE = 100
const PER_SECOND = 5
const SIGNATURE_LIFE_MS = 60 * 60_000
const BODY_BYTES = 20 * 1024
const BAD_REQUEST = { code: 9499, msg: 'Bad Request' }

const text = z.strictObject({ tag: z.enum(['plain_text', 'lark_md']), content: z.string().min(1) })
const stamped = { timestamp: z.string().optional(), sign: z.string().optional() }
const body = z.discriminatedUnion('msg_type', [
  z.strictObject({ ...stamped, msg_type: z.literal('text'), content: z.strictObject({ text: z.string().min(1) }) }),
  z.strictObject({
    ...stamped,
    msg_type: z.literal('interactive'),
    card: z.strictObject({
      config: z.strictObject({ wide_screen_mode: z.boolean().optional() }).optional(),
      header: z.strictObject({ template: z.string().optional(), title: text }).optional(),
      elements: z.array(z.strictObject({ tag: z.literal('div'), text })).min(1),
    }),
  }),
])
type Body = z.infer<typeof body>

/** A bot as its group's owner set it up. */
export interface FeishuBot {
  token: string
  secret?: string
  keyword?: string
}

/** A message that the group saw. */
export interface FeishuMessage {
  at: number
  token: string
  /** The card's title; empty for texts. */
  title: string
  /** The colour of the card's head. */
  template: string
  text: string
  /** User ids or "all". */
  mentions: string[]
}

export interface FeishuOptions extends ServerOptions {
  bots: FeishuBot[]
  now(): number
  onMessage?(message: FeishuMessage): void
  onRefused?(refusal: FeishuRefusal): void
}

export interface FeishuRefusal {
  code: number
  msg: string
}

export interface FeishuSimulator extends VendorServer {
  received: FeishuMessage[]
  refused: FeishuRefusal[]
}

/** Feishu's custom bots: POST /open-apis/bot/v2/hook/TOKEN, signature recomputed, 5 a second and 100 a minute; errors come in a 200. */
export async function startFeishuSimulator(options: FeishuOptions): Promise<FeishuSimulator> {
  const received: FeishuMessage[] = []
  const refused: FeishuRefusal[] = []
  const bots = new Map(
    options.bots.map((bot) => [
      bot.token,
      {
        ...bot,
        limits: [slidingWindow(PER_SECOND, 1_000, options.now), slidingWindow(PER_MINUTE, 60_000, options.now)],
      },
    ]),
  )

  function refuse(refusal: FeishuRefusal) {
    refused.push(refusal)
    options.onRefused?.(refusal)
    return { status: 200, body: { ...refusal, data: {} } }
  }

  function answer(request: VendorRequest) {
    if (!request.path.startsWith(PATH) || request.method !== 'POST') return { status: 404, body: {} }
    const bot = bots.get(decodeURIComponent(request.path.slice(PATH.length)))
    if (!bot) return refuse({ code: 19001, msg: 'param invalid: incoming webhook access token invalid' })
    if (request.body.length > BODY_BYTES) return refuse(BAD_REQUEST)
    const json = jsonObject(request.body)
    if (!json) return refuse(BAD_REQUEST)
    if (bot.secret !== undefined && !isSigned(json, bot.secret, options.now()))
      return refuse({ code: 19021, msg: 'sign match fail or timestamp is not within one hour from current time' })
    const parsed = body.safeParse(json)
    if (!parsed.success) return refuse(BAD_REQUEST)
    const message = { at: options.now(), token: bot.token, ...describe(parsed.data) }
    if (bot.keyword !== undefined && !`${message.title}${message.text}`.includes(bot.keyword))
      return refuse({ code: 19024, msg: 'Key Words Not Found' })
    if (!bot.limits.every((passes) => passes())) return refuse({ code: 11232, msg: 'frequency limited' })
    received.push(message)
    options.onMessage?.(message)
    return { status: 200, body: { StatusCode: 0, StatusMessage: 'success', code: 0, data: {}, msg: 'success' } }
  }

  const server = await startVendorServer(
    {
      answer,
      refuse: (failure) =>
        failure.kind === 'rate-limit'
          ? refuse({ code: 11232, msg: 'frequency limited' })
          : refuse({ code: Number(failure.code), msg: failure.message ?? 'planned failure' }),
    },
    options,
  )
  return Object.assign(server, { received, refused })
}

/** As the local stack plays it. */
export const simulator: Simulator = {
  type: 'feishu',
  start: ({ settings, now, tell }) =>
    startFeishuSimulator({
      bots: settings.map(({ token, secret }) => ({
        token: String(token),
        ...(secret ? { secret: String(secret) } : {}),
      })),
      now,
      onMessage: ({ at, text }) => tell({ at, text, format: 'markdown' }),
      onRefused: ({ code, msg }) => tell({ at: now(), text: '', format: 'text', refused: `${code} ${msg}` }),
    }),
}

/** The key is "timestamp\nsecret", and nothing is signed with it. */
function isSigned({ timestamp, sign }: Record<string, unknown>, secret: string, now: number): boolean {
  if (typeof timestamp !== 'string' || !/^\d{10}$/.test(timestamp) || typeof sign !== 'string') return false
  if (Math.abs(now - Number(timestamp) * 1000) > SIGNATURE_LIFE_MS) return false
  const expected = createHmac('sha256', `${timestamp}\n${secret}`).digest()
  const given = Buffer.from(sign, 'base64')
  return given.length === expected.length && timingSafeEqual(given, expected)
}

function describe(message: Body): Omit<FeishuMessage, 'at' | 'token'> {
  const isCard = message.msg_type === 'interactive'
  const text = isCard ? message.card.elements.map((each) => each.text.content).join('\n') : message.content.text
  const header = isCard ? message.card.header : undefined
  const mentions = [...text.matchAll(/<at (?:id|user_id)="?([^>"\s]+)"?>/g)].map(([, id = '']) => id)
  return { title: header?.title.content ?? '', template: header?.template ?? '', text, mentions }
}
