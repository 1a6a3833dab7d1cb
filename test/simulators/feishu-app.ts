import { createCipheriv, createHash, randomBytes } from 'node:crypto'
import * as z from 'zod'
import type { VendorFault } from './failures.ts'
import { type MessageOptions, type MessageVendor, sandboxTeller, startMessageVendor, withPresses } from './messages.ts'
import { slidingWindow } from './rate.ts'
import type { Simulator } from './sandbox.ts'
import { byteLength, jsonObject, type VendorAnswer, type VendorRequest } from './server.ts'

// open.larkoffice.com: tenant_access_token/internal, im/v1/messages (create, patch), 频控策略.
const TOKEN_MS = 7_200_000
const PER_SECOND = 5
const CARD_BYTES = 30 * 1024
const ONCE_MS = 3_600_000

const button = z.strictObject({
  tag: z.literal('button'),
  type: z.enum(['primary', 'default']),
  text: z.strictObject({ tag: z.literal('plain_text'), content: z.string().min(1) }),
  url: z.url().optional(),
  value: z.record(z.string(), z.string()).optional(),
})
const card = z.strictObject({
  config: z.strictObject({ wide_screen_mode: z.boolean(), update_multi: z.literal(true) }),
  header: z.strictObject({
    template: z.enum(['red', 'green']),
    title: z.strictObject({ tag: z.literal('plain_text'), content: z.string().min(1) }),
  }),
  elements: z
    .array(
      z.discriminatedUnion('tag', [
        z.strictObject({
          tag: z.literal('div'),
          text: z.strictObject({ tag: z.literal('lark_md'), content: z.string() }),
        }),
        z.strictObject({ tag: z.literal('action'), actions: z.array(button).min(1) }),
      ]),
    )
    .min(1),
})
const create = z.strictObject({
  receive_id: z.string(),
  msg_type: z.enum(['interactive', 'text']),
  content: z.string(),
  uuid: z.string().max(50).optional(),
})
const plain = z.strictObject({ text: z.string().min(1) })
const change = z.strictObject({ content: z.string() })

/** A card as its group sees it now. */
export interface FeishuAppMessage {
  id: string
  chat: string
  title: string
  text: string
  /** What stands on its buttons. */
  buttons: string[]
  /** What presses on them carry. */
  values: Record<string, string>[]
}

export interface FeishuAppOptions extends MessageOptions<FeishuAppMessage> {
  /** `members`: those whom it may write to; absent: all. `status`: 2 is in use, all else is not (获取机器人信息, `activate_status`). */
  apps: {
    app: string
    secret: string
    chats: string[]
    members?: { open_id: string; user_id: string }[]
    status?: number
  }[]
}

export interface FeishuAppSimulator extends MessageVendor<FeishuAppMessage> {
  /** Ends all access tokens before their time. */
  revokeTokens(): void
}

/** Applications of Feishu: an access token for each, cards in groups that their robot is in, once for each uuid, changed by their id. */
export async function startFeishuAppSimulator(options: FeishuAppOptions): Promise<FeishuAppSimulator> {
  const tokens = new Map<string, { app: FeishuAppOptions['apps'][number]; until: number }>()
  const messages = new Map<string, FeishuAppMessage>()
  const once = new Map<string, { id: string; until: number }>()
  const passes = slidingWindow(PER_SECOND, 1_000, options.now)
  let number = 0

  function issue(body: Record<string, unknown> = {}): VendorAnswer | VendorFault {
    const found = options.apps.find(({ app, secret }) => app === body.app_id && secret === body.app_secret)
    if (found === undefined) return { code: 10014, message: 'app secret invalid' }
    const token = `t-${++number}`
    tokens.set(token, { app: found, until: options.now() + TOKEN_MS })
    return { status: 200, body: { code: 0, msg: 'ok', tenant_access_token: token, expire: TOKEN_MS / 1000 } }
  }

  function read(content: string): Pick<FeishuAppMessage, 'title' | 'text' | 'buttons' | 'values'> | VendorFault {
    const { data } = card.safeParse(jsonObject(Buffer.from(content)))
    if (data === undefined || byteLength(content) > CARD_BYTES) return INVALID
    const text = data.elements.flatMap((one) => (one.tag === 'div' ? [one.text.content] : [])).join('\n')
    const buttons = data.elements.flatMap((one) => (one.tag === 'action' ? one.actions : []))
    const pressed = buttons.flatMap(({ value }) => (value ? [value] : []))
    const title = data.header.title.content
    return { title, text, buttons: buttons.map(({ text }) => text.content), values: pressed }
  }

  function readText(content: string): Pick<FeishuAppMessage, 'title' | 'text' | 'buttons' | 'values'> | VendorFault {
    const { data } = plain.safeParse(jsonObject(Buffer.from(content)))
    return data === undefined ? INVALID : { title: '', text: data.text, buttons: [], values: [] }
  }

  function appOf({ headers }: VendorRequest): FeishuAppOptions['apps'][number] | VendorFault {
    const token = tokens.get(String(headers.authorization ?? '').replace(/^Bearer /, ''))
    if (token === undefined || token.until <= options.now())
      return { code: 99991663, message: 'Invalid access token for authorization.' }
    return token.app
  }

  function send(
    request: VendorRequest,
    { chats, members }: FeishuAppOptions['apps'][number],
    take: (message: FeishuAppMessage) => void,
  ) {
    const { data } = create.safeParse(jsonObject(request.body))
    const type = request.params.get('receive_id_type')
    if (data === undefined) return INVALID
    if (type === 'open_id' || type === 'user_id') {
      if (members && !members.some((one) => one[type] === data.receive_id))
        return { code: 230013, message: 'Bot has NO availability to this user.' }
    } else if (type !== 'chat_id') return INVALID
    else if (!chats.includes(data.receive_id)) return { code: 230002, message: 'Bot/User can NOT be out of the chat.' }
    const before = once.get(data.uuid ?? '')
    if (before !== undefined && before.until > options.now()) return said({ message_id: before.id })
    const shown = data.msg_type === 'text' ? readText(data.content) : read(data.content)
    if ('code' in shown) return shown
    if (!passes()) return TOO_FAST
    const message = { id: `om_${++number}`, chat: data.receive_id, ...shown }
    if (data.uuid !== undefined) once.set(data.uuid, { id: message.id, until: options.now() + ONCE_MS })
    take(message)
    return said({ message_id: message.id })
  }

  function update({ path, body }: VendorRequest): VendorAnswer | VendorFault {
    const found = messages.get(path.replace('/open-apis/im/v1/messages/', ''))
    const { data } = change.safeParse(jsonObject(body))
    const shown = data && read(data.content)
    if (found === undefined || shown === undefined || 'code' in shown) return INVALID
    Object.assign(found, shown)
    return said({})
  }

  const vendor: MessageVendor<FeishuAppMessage> = await startMessageVendor<FeishuAppMessage>(
    {
      tooFast: TOO_FAST,
      refusal: ({ code, message }) => ({
        status: Number(code) === TOO_FAST.code ? 429 : 400,
        ...(Number(code) === TOO_FAST.code && { headers: { 'x-ogw-ratelimit-reset': '52' } }),
        body: { code: Number(code), msg: message, error: { log_id: '1' } },
      }),
      answer(request, { take, refuse }) {
        const taken = (message: FeishuAppMessage) => {
          take(message)
          const last = vendor.received.at(-1)
          if (last) messages.set(message.id, last)
        }
        const answer = () => {
          if (request.path === '/open-apis/auth/v3/tenant_access_token/internal') return issue(jsonObject(request.body))
          const app = appOf(request)
          if ('code' in app) return app
          if (request.method === 'GET' && request.path === '/open-apis/bot/v3/info')
            return { status: 200, body: { code: 0, msg: 'ok', bot: { activate_status: app.status ?? 2 } } }
          if (request.method === 'PATCH') return update(request)
          const isSend = request.method === 'POST' && request.path === '/open-apis/im/v1/messages'
          return isSend ? send(request, app, taken) : { code: 404, message: 'not found' }
        }
        const given = answer()
        return 'code' in given ? refuse(given) : given
      },
    },
    options,
  )
  return Object.assign(vendor, { revokeTokens: () => tokens.clear() })
}

const INVALID = { code: 230001, message: 'Your request contains an invalid request parameter.' }
const TOO_FAST = { code: 99991400, message: 'request trigger frequency limit' }

function said(data: object): VendorAnswer {
  return { status: 200, body: { code: 0, msg: 'success', data } }
}

interface Callback {
  app: string
  token: string
  encryptKey: string
}

/** What Feishu posts when somebody presses a button that carries `value`: encrypted, and signed. */
export function pressInFeishu(
  user: { open_id: string; user_id?: string },
  value: Record<string, string>,
  { app, token, encryptKey }: Callback,
  at: number,
): { headers: Record<string, string>; body: string } {
  const header = { event_id: `e-${user.open_id}-${at}`, token, event_type: 'card.action.trigger', app_id: app }
  const event = { operator: user, token: 'c-1', action: { value, tag: 'button' }, host: 'im_message' }
  const body = JSON.stringify({ encrypt: encrypted({ schema: '2.0', header, event }, encryptKey) })
  const [time, nonce] = [String(Math.floor(at / 1000)), '1234567890']
  const signature = createHash('sha256').update(`${time}${nonce}${encryptKey}${body}`).digest('hex')
  return {
    headers: { 'x-lark-request-timestamp': time, 'x-lark-request-nonce': nonce, 'x-lark-signature': signature },
    body,
  }
}

/** The test of the address that the console makes. */
export function testInFeishu(challenge: string, { token, encryptKey }: Callback): { body: string } {
  return { body: JSON.stringify({ encrypt: encrypted({ challenge, token, type: 'url_verification' }, encryptKey) }) }
}

function encrypted(plain: object, key: string): string {
  const iv = randomBytes(16)
  const cipher = createCipheriv('aes-256-cbc', createHash('sha256').update(key).digest(), iv)
  return Buffer.concat([iv, cipher.update(JSON.stringify(plain)), cipher.final()]).toString('base64')
}

/** As the local stack plays it. */
export const simulator: Simulator = {
  type: 'feishu-app',
  start: ({ settings, now, tell }) =>
    startFeishuAppSimulator({
      apps: settings.map(({ app, secret, chat }) => ({
        app: String(app),
        secret: String(secret),
        chats: [String(chat)],
      })),
      now,
      onEvent: sandboxTeller(tell, ({ text, buttons }) => ({ text: withPresses(text, buttons), format: 'markdown' })),
    }),
}
