import { createHmac, timingSafeEqual } from 'node:crypto'
import * as z from 'zod'
import { slidingWindow } from './rate.ts'
import { type RobotEvent, type RobotRefusal, robotAnswer, robotTeller } from './robot.ts'
import type { Simulator } from './sandbox.ts'
import { jsonObject, type ServerOptions, startVendorServer, type VendorRequest, type VendorServer } from './server.ts'

// Limits and codes: open.dingtalk.com, "自定义机器人接入" and "自定义机器人安全设置".
const PATH = '/robot/send'
const PER_MINUTE = 20
const BLOCKED_MS = 10 * 60_000
const SIGNATURE_LIFE_MS = 60 * 60_000
const BODY_BYTES = 20 * 1024

const at = z
  .strictObject({
    atMobiles: z.array(z.string()).optional(),
    atUserIds: z.array(z.string()).optional(),
    isAtAll: z.boolean().optional(),
  })
  .optional()
const filled = z.string().trim().min(1)
const button = z.strictObject({ title: filled, actionURL: filled })
const body = z.discriminatedUnion('msgtype', [
  z.strictObject({ msgtype: z.literal('text'), text: z.strictObject({ content: filled }), at }),
  z.strictObject({ msgtype: z.literal('markdown'), markdown: z.strictObject({ title: filled, text: filled }), at }),
  z.strictObject({
    msgtype: z.literal('link'),
    link: z.strictObject({ title: filled, text: filled, messageUrl: filled, picUrl: z.string().optional() }),
  }),
  z.strictObject({
    msgtype: z.literal('actionCard'),
    actionCard: z.union([
      z.strictObject({ title: filled, text: filled, singleTitle: filled, singleURL: filled }),
      z.strictObject({
        title: filled,
        text: filled,
        btns: z.array(button).min(1),
        btnOrientation: z.enum(['0', '1']).optional(),
      }),
    ]),
  }),
])
type Body = z.infer<typeof body>
const MSGTYPES = ['text', 'markdown', 'link', 'actionCard']

/** A robot as its group's owner set it up; the vendor demands at least one of secret and keyword (or an IP list). */
export interface DingtalkRobot {
  token: string
  secret?: string
  keyword?: string
}

/** A message that the group saw. */
export interface DingtalkMessage {
  at: number
  /** The robot's access token. */
  token: string
  msgtype: Body['msgtype']
  /** Shows in the push only; empty for texts. */
  title: string
  text: string
  atMobiles: string[]
  atUserIds: string[]
  isAtAll: boolean
}

export interface DingtalkOptions extends ServerOptions {
  robots: DingtalkRobot[]
  now(): number
  onEvent?(event: RobotEvent<DingtalkMessage>): void
}

export interface DingtalkSimulator extends VendorServer {
  received: DingtalkMessage[]
  refused: RobotRefusal[]
}

/**
 * DingTalk's custom robots: POST /robot/send?access_token=…&timestamp=…&sign=…, signature recomputed, 20 messages a
 * minute and then none for 10 minutes. Every answer is a 200 with `errcode`.
 */
export async function startDingtalkSimulator(options: DingtalkOptions): Promise<DingtalkSimulator> {
  const received: DingtalkMessage[] = []
  const refused: RobotRefusal[] = []
  const robots = new Map(options.robots.map((robot) => [robot.token, { ...robot, passes: limiter(options.now) }]))

  function refuse(errcode: number, errmsg: string) {
    refused.push({ errcode, errmsg })
    options.onEvent?.({ type: 'refused', at: options.now(), errcode, errmsg })
    return robotAnswer(errcode, errmsg)
  }

  function answer(request: VendorRequest) {
    if (request.path !== PATH || request.method !== 'POST') return { status: 404, body: {} }
    const robot = robots.get(request.params.get('access_token') ?? '')
    // Token, signature, message type, keyword: the vendor documents no order, so this one is a guess.
    if (!robot) return refuse(300001, 'token is not exist')
    const unsigned = robot.secret === undefined ? undefined : signatureFault(request, robot.secret, options.now())
    if (unsigned) return refuse(310000, unsigned)
    const parsed = readBody(request)
    if ('errcode' in parsed) return refuse(parsed.errcode, parsed.errmsg)
    const message = { at: options.now(), token: robot.token, ...describe(parsed) }
    if (robot.keyword !== undefined && !`${message.title}${message.text}`.includes(robot.keyword)) {
      return refuse(310000, 'keywords not in content')
    }
    if (!robot.passes()) return refuse(130101, 'send too fast, exceed 20 times per minute')
    received.push(message)
    options.onEvent?.({ type: 'message', at: message.at, message })
    return robotAnswer(0, 'ok')
  }

  const server = await startVendorServer(
    {
      answer,
      refuse: (failure) =>
        failure.kind === 'rate-limit'
          ? refuse(130101, 'send too fast, exceed 20 times per minute')
          : refuse(Number(failure.code), failure.message ?? 'planned failure'),
    },
    options,
  )
  return Object.assign(server, { received, refused })
}

/** As the local stack plays it. */
export const simulator: Simulator = {
  type: 'dingtalk',
  start: ({ settings, now, tell }) =>
    startDingtalkSimulator({
      robots: settings.map(({ token, secret }) => ({
        token: String(token),
        ...(secret ? { secret: String(secret) } : {}),
      })),
      now,
      onEvent: robotTeller(tell, ({ text, msgtype }) => ({ text, format: msgtype === 'text' ? 'text' : 'markdown' })),
    }),
}

/** The signature of a moment: base64 of HMAC-SHA256 over "timestamp\nsecret", keyed with the secret. */
export function dingtalkSign(timestampMs: string, secret: string): string {
  return createHmac('sha256', secret).update(`${timestampMs}\n${secret}`).digest('base64')
}

function signatureFault(request: VendorRequest, secret: string, now: number): string | undefined {
  const timestamp = request.params.get('timestamp') ?? ''
  if (!/^\d{13}$/.test(timestamp) || Math.abs(now - Number(timestamp)) > SIGNATURE_LIFE_MS) return 'invalid timestamp'
  const given = Buffer.from(request.params.get('sign') ?? '')
  const expected = Buffer.from(dingtalkSign(timestamp, secret))
  return given.length === expected.length && timingSafeEqual(given, expected) ? undefined : 'sign not match'
}

function limiter(now: () => number): () => boolean {
  const passes = slidingWindow(PER_MINUTE, 60_000, now)
  let blockedUntil = Number.NEGATIVE_INFINITY
  return () => {
    if (now() < blockedUntil) return false
    if (passes()) return true
    blockedUntil = now() + BLOCKED_MS
    return false
  }
}

function readBody(request: VendorRequest): Body | RobotRefusal {
  if (!request.headers['content-type']?.startsWith('application/json')) {
    return { errcode: 43004, errmsg: 'invalid http header content-type' }
  }
  // The vendor's code for an oversized body is not documented; this is its code for a body it can't take.
  if (request.body.length > BODY_BYTES) return { errcode: 40035, errmsg: `body exceeds ${BODY_BYTES} bytes` }
  const json = jsonObject(request.body)
  if (!json) return { errcode: 40035, errmsg: 'invalid json' }
  if (!MSGTYPES.includes(String(json.msgtype))) return { errcode: 400105, errmsg: 'unsupported msgtype' }
  const parsed = body.safeParse(json)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    return { errcode: 40035, errmsg: `invalid parameter ${issue?.path.join('.')}: ${issue?.message}` }
  }
  const message = describe(parsed.data)
  const silent =
    message.msgtype === 'markdown' && message.atMobiles.find((mobile) => !message.text.includes(`@${mobile}`))
  // The vendor takes such a message and mentions nobody; here it is an error, so that nobody relies on it.
  if (silent) return { errcode: 40035, errmsg: `atMobiles has ${silent}, but the text has no @${silent}` }
  return parsed.data
}

function describe(message: Body): Omit<DingtalkMessage, 'at' | 'token'> {
  const { atMobiles = [], atUserIds = [], isAtAll = false } = ('at' in message && message.at) || {}
  const mentions = { atMobiles, atUserIds, isAtAll }
  switch (message.msgtype) {
    case 'text':
      return { msgtype: 'text', title: '', text: message.text.content, ...mentions }
    case 'markdown':
      return { msgtype: 'markdown', title: message.markdown.title, text: message.markdown.text, ...mentions }
    case 'link':
      return { msgtype: 'link', title: message.link.title, text: message.link.text, ...mentions }
    case 'actionCard':
      return { msgtype: 'actionCard', title: message.actionCard.title, text: message.actionCard.text, ...mentions }
  }
}
