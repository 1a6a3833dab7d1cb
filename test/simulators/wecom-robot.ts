import * as z from 'zod'
import type { VendorFault } from './failures.ts'
import { type MessageOptions, type MessageVendor, sandboxTeller } from './messages.ts'
import { slidingWindow } from './rate.ts'
import { errcodeAnswer, fieldFault, type RobotContract, startRobotVendor } from './robot.ts'
import type { Simulator } from './sandbox.ts'
import { byteLength, jsonObject } from './server.ts'

// Limits and codes: developer.work.weixin.qq.com, "消息推送配置说明" (group robot) and "全局错误码".
const PATH = '/cgi-bin/webhook/send'
const PER_MINUTE = 20
const TEXT_BYTES = 2048
const MARKDOWN_BYTES = 4096

const body = z.discriminatedUnion('msgtype', [
  z.strictObject({
    msgtype: z.literal('text'),
    text: z.strictObject({
      content: z.string(),
      mentioned_list: z.array(z.string()).optional(),
      mentioned_mobile_list: z.array(z.string()).optional(),
    }),
  }),
  z.strictObject({ msgtype: z.literal('markdown'), markdown: z.strictObject({ content: z.string() }) }),
  z.strictObject({ msgtype: z.literal('markdown_v2'), markdown_v2: z.strictObject({ content: z.string() }) }),
])
type Body = z.infer<typeof body>
const MSGTYPES = ['text', 'markdown', 'markdown_v2']

/** A message that the group saw. */
export interface WecomMessage {
  /** The robot's key. */
  key: string
  msgtype: Body['msgtype']
  content: string
  /** User ids or "@all": `mentioned_list`, and `<@id>` in markdown. */
  mentions: string[]
  /** Mobile numbers or "@all" of a text's `mentioned_mobile_list`. */
  mentionedMobiles: string[]
}

export interface WecomOptions extends MessageOptions<WecomMessage> {
  /** Keys of the robots that exist. */
  keys: string[]
}

export type WecomSimulator = MessageVendor<WecomMessage>

/**
 * WeCom's group robots: POST /cgi-bin/webhook/send?key=…; text, markdown and markdown_v2, 20 messages a minute and
 * robot. Every answer is a 200 with `errcode`. Fields that the vendor does not document are refused.
 */
export function startWecomSimulator(options: WecomOptions): Promise<WecomSimulator> {
  return startRobotVendor(contract, { ...options, robots: options.keys.map((token) => ({ token })) })
}

// That the key is judged before the message is what threads show; the vendor does not document an order.
const contract: RobotContract<WecomMessage> = {
  tokenOf: ({ path, params }) => (path === PATH ? (params.get('key') ?? '') : undefined),
  noSuchRobot: { code: 93000, message: 'invalid webhook url' },
  read(request, { token }) {
    const body = readBody(request.body)
    return 'code' in body ? body : { key: token, ...describe(body) }
  },
  limiter: (now) => slidingWindow(PER_MINUTE, 60_000, now),
  tooFast: { code: 45009, message: 'api freq out of limit' },
  accepted: errcodeAnswer({ code: 0, message: 'ok' }),
  refusal: errcodeAnswer,
}

/** As the local stack plays it. */
export const simulator: Simulator = {
  type: 'wecom-robot',
  start: ({ settings, now, tell }) =>
    startWecomSimulator({
      keys: settings.map(({ key }) => String(key)),
      now,
      onEvent: sandboxTeller(tell, ({ content, msgtype }) => ({
        text: content,
        format: msgtype === 'text' ? 'text' : 'markdown',
      })),
    }),
}

function readBody(bytes: Buffer): Body | VendorFault {
  const json = jsonObject(bytes)
  if (!json || !MSGTYPES.includes(String(json.msgtype))) return { code: 40008, message: 'invalid message type' }
  const parsed = body.safeParse(json)
  if (!parsed.success) return fieldFault(40058, parsed.error)
  const { content } = contentOf(parsed.data)
  const limit = parsed.data.msgtype === 'text' ? TEXT_BYTES : MARKDOWN_BYTES
  if (content.trim() === '') return { code: 44004, message: 'content size out of limit: empty content' }
  if (byteLength(content) > limit) {
    return { code: 40058, message: `${parsed.data.msgtype}.content exceed max length ${limit}` }
  }
  return parsed.data
}

function contentOf(message: Body): { content: string } {
  if (message.msgtype === 'text') return message.text
  return message.msgtype === 'markdown' ? message.markdown : message.markdown_v2
}

function describe(message: Body): Omit<WecomMessage, 'key'> {
  const { content } = contentOf(message)
  if (message.msgtype === 'text') {
    const { mentioned_list: mentions = [], mentioned_mobile_list: mentionedMobiles = [] } = message.text
    return { msgtype: 'text', content, mentions, mentionedMobiles }
  }
  // Only the first markdown knows `<@userid>`; markdown_v2 shows it as it stands.
  const mentions = message.msgtype === 'markdown' ? [...content.matchAll(/<@([^>\s]+)>/g)].map((m) => m[1] ?? '') : []
  return { msgtype: message.msgtype, content, mentions, mentionedMobiles: [] }
}
