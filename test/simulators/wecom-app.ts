import * as z from 'zod'
import type { VendorFault } from './failures.ts'
import { type Desk, type MessageOptions, type MessageVendor, sandboxTeller, startMessageVendor } from './messages.ts'
import { slidingWindow } from './rate.ts'
import { errcodeAnswer, fieldFault } from './robot.ts'
import type { Simulator } from './sandbox.ts'
import { byteLength, jsonObject, type VendorAnswer, type VendorRequest } from './server.ts'

// Limits and codes: developer.work.weixin.qq.com, 90236 (send), 91039 (gettoken), 90313 (codes).
const PER_MINUTE = 30
const TEXT_BYTES = 2048
const TOKEN_MS = 7_200_000

const body = z.strictObject({
  touser: z.string().optional(),
  toparty: z.string().optional(),
  totag: z.string().optional(),
  msgtype: z.literal('text'),
  agentid: z.int(),
  safe: z.literal([0, 1]).optional(),
  text: z.strictObject({ content: z.string().min(1) }),
})

/** An application, and who may see it. */
export interface WecomApplication {
  corp: string
  secret: string
  agent: number
  /** User ids in its visible range. */
  members: string[]
}

/** A message as its readers see it. */
export interface WecomAppMessage {
  /** User ids, "@all", and departments and tags. */
  to: string[]
  content: string
}

export interface WecomAppOptions extends MessageOptions<WecomAppMessage> {
  applications: WecomApplication[]
  /** The address that its requests come from is not among the trusted ones. */
  distrusts?: string
}

export interface WecomAppSimulator extends MessageVendor<WecomAppMessage> {
  /** Ends all access tokens before their time. */
  revokeTokens(): void
}

/** WeCom's applications: an access token for each secret, the same one for its whole life, and messages to members. */
export async function startWecomAppSimulator(options: WecomAppOptions): Promise<WecomAppSimulator> {
  const tokens = new Map<string, { application: WecomApplication; until: number }>()
  const passes = slidingWindow(PER_MINUTE, 60_000, options.now)
  let issued = 0

  function issue({ params }: VendorRequest, { refuse }: Desk<WecomAppMessage>): VendorAnswer {
    const ofCorp = options.applications.filter(({ corp }) => corp === params.get('corpid'))
    if (ofCorp.length === 0) return refuse({ code: 40013, message: 'invalid corpid' })
    const application = ofCorp.find(({ secret }) => secret === params.get('corpsecret'))
    if (application === undefined) return refuse({ code: 40001, message: 'invalid credential' })
    const known = [...tokens].find(([, one]) => one.application === application && one.until > options.now())
    const token = known?.[0] ?? `token-${++issued}`
    if (known === undefined) tokens.set(token, { application, until: options.now() + TOKEN_MS })
    return { status: 200, body: { errcode: 0, errmsg: 'ok', access_token: token, expires_in: TOKEN_MS / 1000 } }
  }

  function send({ params, body: bytes }: VendorRequest, { take, refuse }: Desk<WecomAppMessage>): VendorAnswer {
    const token = tokens.get(params.get('access_token') ?? '')
    if (token === undefined) return refuse({ code: 40014, message: 'invalid access_token' })
    if (token.until <= options.now()) return refuse({ code: 42001, message: 'access_token expired' })
    if (options.distrusts !== undefined)
      return refuse({ code: 60020, message: `not allow to access from your ip, from ip: ${options.distrusts}` })
    const read = readBody(bytes, token.application)
    if ('code' in read) return refuse(read)
    const { to, invalid } = receivers(read, token.application)
    if (to.length === 0) return refuse({ code: 81013, message: 'user & party & tag all invalid' })
    if (!passes()) return refuse(TOO_FAST)
    take({ to, content: read.text.content })
    // User ids come back in lower case.
    const invaliduser = invalid.join('|').toLowerCase()
    return { status: 200, body: { errcode: 0, errmsg: 'ok', invaliduser, msgid: `message-${++issued}` } }
  }

  const vendor = await startMessageVendor<WecomAppMessage>(
    {
      tooFast: TOO_FAST,
      refusal: errcodeAnswer,
      answer(request, desk) {
        if (request.method === 'GET' && request.path === '/cgi-bin/gettoken') return issue(request, desk)
        if (request.method === 'POST' && request.path === '/cgi-bin/message/send') return send(request, desk)
        return { status: 404, body: {} }
      },
    },
    options,
  )
  return Object.assign(vendor, { revokeTokens: () => tokens.clear() })
}

const TOO_FAST = { code: 45009, message: 'api freq out of limit' }

/** As the local stack plays it: everybody sees every application. */
export const simulator: Simulator = {
  type: 'wecom-app',
  start: ({ settings, now, tell }) =>
    startWecomAppSimulator({
      applications: settings.map(({ corp, secret, agent, to }) => ({
        corp: String(corp),
        secret: String(secret),
        agent: Number(agent),
        members: Array.isArray(to) ? to.map(String) : [],
      })),
      now,
      onEvent: sandboxTeller(tell, ({ content }) => ({ text: content, format: 'text' })),
    }),
}

function readBody(bytes: Buffer, { agent }: WecomApplication): z.infer<typeof body> | VendorFault {
  const json = jsonObject(bytes)
  if (json?.msgtype !== 'text') return { code: 40008, message: 'invalid message type' }
  const parsed = body.safeParse(json)
  if (!parsed.success) return fieldFault(40058, parsed.error)
  if (parsed.data.agentid !== agent)
    return { code: 301002, message: 'not allow operate another agent with this accesstoken' }
  // The vendor would cut it; we mean to stay below.
  if (byteLength(parsed.data.text.content) > TEXT_BYTES) return { code: 40058, message: 'content exceeds 2048 bytes' }
  return parsed.data
}

function receivers({ touser = '', toparty = '', totag = '' }: z.infer<typeof body>, { members }: WecomApplication) {
  const users = touser.split('|').filter((id) => id !== '')
  const isKnown = (id: string) => id === '@all' || members.some((one) => one.toLowerCase() === id.toLowerCase())
  const groups = [...toparty.split('|'), ...totag.split('|')].filter((id) => id !== '')
  return { to: [...users.filter(isKnown), ...groups], invalid: users.filter((id) => !isKnown(id)) }
}
