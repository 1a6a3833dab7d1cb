import * as z from 'zod'
import { slidingWindow } from './rate.ts'
import { type RobotEvent, type RobotRefusal, robotAnswer, robotTeller } from './robot.ts'
import type { Simulator } from './sandbox.ts'
import {
  byteLength,
  jsonObject,
  type ServerOptions,
  startVendorServer,
  type VendorRequest,
  type VendorServer,
} from './server.ts'

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
  at: number
  /** The robot's key. */
  key: string
  msgtype: Body['msgtype']
  content: string
  /** User ids or "@all": `mentioned_list`, and `<@id>` in markdown. */
  mentions: string[]
  /** Mobile numbers or "@all" of a text's `mentioned_mobile_list`. */
  mentionedMobiles: string[]
}

export interface WecomOptions extends ServerOptions {
  /** Keys of the robots that exist. */
  keys: string[]
  now(): number
  onEvent?(event: RobotEvent<WecomMessage>): void
}

export interface WecomSimulator extends VendorServer {
  received: WecomMessage[]
  refused: RobotRefusal[]
}

/**
 * WeCom's group robots: POST /cgi-bin/webhook/send?key=…; text, markdown and markdown_v2, 20 messages a minute and
 * robot. Every answer is a 200 with `errcode`. Fields that the vendor does not document are refused.
 */
export async function startWecomSimulator(options: WecomOptions): Promise<WecomSimulator> {
  const received: WecomMessage[] = []
  const refused: RobotRefusal[] = []
  const rate = new Map(options.keys.map((key) => [key, slidingWindow(PER_MINUTE, 60_000, options.now)]))

  function refuse(errcode: number, errmsg: string) {
    refused.push({ errcode, errmsg })
    options.onEvent?.({ type: 'refused', at: options.now(), errcode, errmsg })
    return robotAnswer(errcode, errmsg)
  }

  function answer(request: VendorRequest) {
    if (request.path !== PATH || request.method !== 'POST') return { status: 404, body: {} }
    const key = request.params.get('key') ?? ''
    const passes = rate.get(key)
    // That the key is judged before the message is what threads show; the vendor does not document an order.
    if (!passes) return refuse(93000, 'invalid webhook url')
    const parsed = readBody(request.body)
    if ('errcode' in parsed) return refuse(parsed.errcode, parsed.errmsg)
    if (!passes()) return refuse(45009, 'api freq out of limit')
    const message = { at: options.now(), key, ...describe(parsed) }
    received.push(message)
    options.onEvent?.({ type: 'message', at: message.at, message })
    return robotAnswer(0, 'ok')
  }

  const server = await startVendorServer(
    {
      answer,
      refuse: (failure) =>
        failure.kind === 'rate-limit'
          ? refuse(45009, 'api freq out of limit')
          : refuse(Number(failure.code), failure.message ?? 'planned failure'),
    },
    options,
  )
  return Object.assign(server, { received, refused })
}

/** As the local stack plays it. */
export const simulator: Simulator = {
  type: 'wecom-robot',
  start: ({ settings, now, tell }) =>
    startWecomSimulator({
      keys: settings.map(({ key }) => String(key)),
      now,
      onEvent: robotTeller(tell, ({ content, msgtype }) => ({
        text: content,
        format: msgtype === 'text' ? 'text' : 'markdown',
      })),
    }),
}

function readBody(bytes: Buffer): Body | RobotRefusal {
  const json = jsonObject(bytes)
  if (!json) return { errcode: 40008, errmsg: 'invalid message type' }
  if (!MSGTYPES.includes(String(json.msgtype))) return { errcode: 40008, errmsg: 'invalid message type' }
  const parsed = body.safeParse(json)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    return { errcode: 40058, errmsg: `invalid parameter ${issue?.path.join('.')}: ${issue?.message}` }
  }
  const { content } = contentOf(parsed.data)
  const limit = parsed.data.msgtype === 'text' ? TEXT_BYTES : MARKDOWN_BYTES
  if (content.trim() === '') return { errcode: 44004, errmsg: 'content size out of limit: empty content' }
  if (byteLength(content) > limit) {
    return { errcode: 40058, errmsg: `${parsed.data.msgtype}.content exceed max length ${limit}` }
  }
  return parsed.data
}

function contentOf(message: Body): { content: string } {
  if (message.msgtype === 'text') return message.text
  return message.msgtype === 'markdown' ? message.markdown : message.markdown_v2
}

function describe(message: Body): Omit<WecomMessage, 'at' | 'key'> {
  const { content } = contentOf(message)
  if (message.msgtype === 'text') {
    const { mentioned_list: mentions = [], mentioned_mobile_list: mentionedMobiles = [] } = message.text
    return { msgtype: 'text', content, mentions, mentionedMobiles }
  }
  // Only the first markdown knows `<@userid>`; markdown_v2 shows it as it stands.
  const mentions = message.msgtype === 'markdown' ? [...content.matchAll(/<@([^>\s]+)>/g)].map((m) => m[1] ?? '') : []
  return { msgtype: message.msgtype, content, mentions, mentionedMobiles: [] }
}
