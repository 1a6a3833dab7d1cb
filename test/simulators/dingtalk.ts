import { createHmac } from 'node:crypto'
import * as z from 'zod'
import type { VendorFault } from './failures.ts'
import { type MessageVendor, sandboxTeller } from './messages.ts'
import { slidingWindow } from './rate.ts'
import {
  configuredRobots,
  errcodeAnswer,
  fieldFault,
  hasKeyword,
  isFresh,
  isSameSignature,
  type RobotContract,
  type RobotOptions,
  startRobotVendor,
} from './robot.ts'
import type { Simulator } from './sandbox.ts'
import { jsonObject, type VendorRequest } from './server.ts'

// Limits and codes: open.dingtalk.com, "自定义机器人接入" and "自定义机器人安全设置".
const PATH = '/robot/send'
const PER_MINUTE = 20
const BLOCKED_MS = 10 * 60_000
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

/** A message that the group saw. */
export interface DingtalkMessage {
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

export type DingtalkSimulator = MessageVendor<DingtalkMessage>

/**
 * DingTalk's custom robots: POST /robot/send?access_token=…&timestamp=…&sign=…, signature recomputed, 20 messages a
 * minute and then none for 10 minutes. Every answer is a 200 with `errcode`. The vendor demands at least one of secret
 * and keyword (or an IP list), these robots none.
 */
export function startDingtalkSimulator(options: RobotOptions<DingtalkMessage>): Promise<DingtalkSimulator> {
  return startRobotVendor(contract, options)
}

// Token, signature, message type, keyword: the vendor documents no order, so this one is a guess.
const contract: RobotContract<DingtalkMessage> = {
  tokenOf: ({ path, params }) => (path === PATH ? (params.get('access_token') ?? '') : undefined),
  noSuchRobot: { code: 300001, message: 'token is not exist' },
  read(request, robot, now) {
    const unsigned = robot.secret === undefined ? undefined : signatureFault(request, robot.secret, now)
    if (unsigned) return { code: 310000, message: unsigned }
    const body = readBody(request)
    if ('code' in body) return body
    const message = { token: robot.token, ...describe(body) }
    return hasKeyword(robot, message) ? message : { code: 310000, message: 'keywords not in content' }
  },
  limiter,
  tooFast: { code: 130101, message: 'send too fast, exceed 20 times per minute' },
  accepted: errcodeAnswer({ code: 0, message: 'ok' }),
  refusal: errcodeAnswer,
}

/** As the local stack plays it. */
export const simulator: Simulator = {
  type: 'dingtalk',
  start: ({ settings, now, tell }) =>
    startDingtalkSimulator({
      robots: configuredRobots(settings),
      now,
      onEvent: sandboxTeller(tell, ({ text, msgtype }) => ({
        text: opened(text),
        format: msgtype === 'text' ? 'text' : 'markdown',
      })),
    }),
}

/** A link of the client's own leads to the one in it, in the browser. */
function opened(text: string): string {
  return text.replace(/dingtalk:\/\/dingtalkclient\/page\/link\?[^)\s]*?\burl=([^&)\s]+)/g, (_, url) =>
    decodeURIComponent(url),
  )
}

/** The signature of a moment: base64 of HMAC-SHA256 over "timestamp\nsecret", keyed with the secret. */
export function dingtalkSign(timestampMs: string, secret: string): string {
  return createHmac('sha256', secret).update(`${timestampMs}\n${secret}`).digest('base64')
}

function signatureFault(request: VendorRequest, secret: string, now: number): string | undefined {
  const timestamp = request.params.get('timestamp') ?? ''
  if (!/^\d{13}$/.test(timestamp) || !isFresh(Number(timestamp), now)) return 'invalid timestamp'
  return isSameSignature(request.params.get('sign') ?? '', dingtalkSign(timestamp, secret))
    ? undefined
    : 'sign not match'
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

function readBody(request: VendorRequest): Body | VendorFault {
  if (!request.headers['content-type']?.startsWith('application/json')) {
    return { code: 43004, message: 'invalid http header content-type' }
  }
  // The vendor's code for an oversized body is not documented; this is its code for a body it can't take.
  if (request.body.length > BODY_BYTES) return { code: 40035, message: `body exceeds ${BODY_BYTES} bytes` }
  const json = jsonObject(request.body)
  if (!json) return { code: 40035, message: 'invalid json' }
  if (!MSGTYPES.includes(String(json.msgtype))) return { code: 400105, message: 'unsupported msgtype' }
  const parsed = body.safeParse(json)
  if (!parsed.success) return fieldFault(40035, parsed.error)
  const message = describe(parsed.data)
  const silent =
    message.msgtype === 'markdown' && message.atMobiles.find((mobile) => !message.text.includes(`@${mobile}`))
  // The vendor takes such a message and mentions nobody; here it is an error, so that nobody relies on it.
  if (silent) return { code: 40035, message: `atMobiles has ${silent}, but the text has no @${silent}` }
  return parsed.data
}

function describe(message: Body): Omit<DingtalkMessage, 'token'> {
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
