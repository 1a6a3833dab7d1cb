import * as z from 'zod'
import type { VendorFault } from './failures.ts'
import {
  type Counter,
  type MessageOptions,
  type MessageVendor,
  sandboxTeller,
  startMessageVendor,
  withPresses,
} from './messages.ts'
import { slidingWindow } from './rate.ts'
import { errcodeAnswer, fieldFault } from './robot.ts'
import type { Simulator } from './sandbox.ts'
import { byteLength, jsonObject, type VendorAnswer, type VendorRequest } from './server.ts'

// Limits and codes: developer.work.weixin.qq.com, 90236 (send), 91039 (gettoken), 90313 (codes).
const PER_MINUTE = 30
const TEXT_BYTES = 2048
const TOKEN_MS = 7_200_000

const common = {
  touser: z.string().optional(),
  toparty: z.string().optional(),
  totag: z.string().optional(),
  agentid: z.int(),
  safe: z.literal([0, 1]).optional(),
}

/** developer.work.weixin.qq.com, 101032: lengths of texts are advice, and cut on the screen. */
const card = z.strictObject({
  card_type: z.literal('button_interaction'),
  source: z.strictObject({ desc: z.string().max(20), desc_color: z.int().min(0).max(3) }).optional(),
  main_title: z.strictObject({ title: z.string().min(1).max(36), desc: z.string().max(44) }),
  sub_title_text: z.string().max(160).optional(),
  horizontal_content_list: z
    .array(z.strictObject({ type: z.literal(1), keyname: z.string().max(5), value: z.string().max(30), url: z.url() }))
    .max(6)
    .optional(),
  card_action: z.strictObject({ type: z.literal(1), url: z.url() }).optional(),
  task_id: z.string().regex(/^[\w@-]{1,128}$/),
  button_list: z
    .array(
      z.strictObject({
        type: z.literal(0),
        text: z.string().min(1).max(10),
        style: z.int().min(1).max(4),
        key: z.string().refine((key) => byteLength(key) <= 1024),
      }),
    )
    .min(1)
    .max(6),
})

const body = z.discriminatedUnion('msgtype', [
  z.strictObject({ ...common, msgtype: z.literal('text'), text: z.strictObject({ content: z.string().min(1) }) }),
  z.strictObject({ ...common, msgtype: z.literal('template_card'), template_card: card }),
])
const update = z.strictObject({
  atall: z.literal([0, 1]).optional(),
  userids: z.array(z.string()).min(1).max(1000).optional(),
  agentid: z.int(),
  response_code: z.string(),
  button: z.strictObject({ replace_name: z.string().min(1) }),
})

/** An application, and who may see it. */
export interface WecomApplication {
  corp: string
  secret: string
  agent: number
  /** User ids in its visible range. */
  members: string[]
  /** Whatever user id is written to is in it. */
  isSeenByAll?: true
  /** Its administrator has switched it off. */
  isClosed?: boolean
}

/** A message as its readers see it. */
export interface WecomAppMessage {
  /** User ids, "@all", and departments and tags. */
  to: string[]
  /** The text, or what the card says. */
  content: string
  card?: SimulatedCard
}

/** A card as its readers see it, kept up to date. */
export interface SimulatedCard {
  task: string
  /** What stands on its buttons, and what they carry. */
  buttons: string[]
  keys: string[]
  /** What has taken the buttons' place. */
  replaced?: string
}

export interface WecomAppOptions extends MessageOptions<WecomAppMessage> {
  applications: WecomApplication[]
  /** Its trusted addresses (企业可信IP); absent: it was made before 2022-06-20, and takes requests from anywhere. */
  trusts?: string[]
}

export interface WecomAppSimulator extends MessageVendor<WecomAppMessage> {
  /** Ends all access tokens before their time. */
  revokeTokens(): void
  /** A new code by which a card may be changed once, as a press on it brings. */
  codeFor(card: SimulatedCard): string
}

/** WeCom's applications: an access token for each secret, the same one for its whole life, and messages to members. */
export async function startWecomAppSimulator(options: WecomAppOptions): Promise<WecomAppSimulator> {
  const tokens = new Map<string, { application: WecomApplication; until: number }>()
  const passes = slidingWindow(PER_MINUTE, 60_000, options.now)
  let issued = 0
  const codes = new Map<string, SimulatedCard>()
  const tasks = new Set<string>()

  function issue({ params }: VendorRequest, { refuse }: Counter<WecomAppMessage>): VendorAnswer {
    const ofCorp = options.applications.filter(({ corp }) => corp === params.get('corpid'))
    if (ofCorp.length === 0) return refuse({ code: 40013, message: 'invalid corpid' })
    const application = ofCorp.find(({ secret }) => secret === params.get('corpsecret'))
    if (application === undefined) return refuse({ code: 40001, message: 'invalid credential' })
    const known = [...tokens].find(([, one]) => one.application === application && one.until > options.now())
    const token = known?.[0] ?? `token-${++issued}`
    if (known === undefined) tokens.set(token, { application, until: options.now() + TOKEN_MS })
    return { status: 200, body: { errcode: 0, errmsg: 'ok', access_token: token, expires_in: TOKEN_MS / 1000 } }
  }

  function codeFor(card: SimulatedCard): string {
    const code = `code-${++issued}`
    codes.set(code, card)
    return code
  }

  /** The application of a request's token, or what is wrong with that. */
  function applicationOf({ params, from = '' }: VendorRequest): WecomApplication | VendorFault {
    const token = tokens.get(params.get('access_token') ?? '')
    if (token === undefined) return { code: 40014, message: 'invalid access_token' }
    if (token.until <= options.now()) return { code: 42001, message: 'access_token expired' }
    if (options.trusts?.includes(from) === false)
      return { code: 60020, message: `not allow to access from your ip, from ip: ${from}` }
    return token.application
  }

  function change(request: VendorRequest, { refuse }: Counter<WecomAppMessage>): VendorAnswer {
    const application = applicationOf(request)
    if ('code' in application) return refuse(application)
    const parsed = update.safeParse(jsonObject(request.body))
    if (!parsed.success) return refuse(fieldFault(40058, parsed.error))
    const { response_code: code, button } = parsed.data
    const known = codes.get(code)
    // A code is good for one change.
    if (known === undefined || !codes.delete(code)) return refuse({ code: 42014, message: 'invalid response_code' })
    known.replaced = button.replace_name
    return { status: 200, body: { errcode: 0, errmsg: 'ok' } }
  }

  function send(request: VendorRequest, { take, refuse }: Counter<WecomAppMessage>): VendorAnswer {
    const application = applicationOf(request)
    if ('code' in application) return refuse(application)
    const read = readBody(request.body, application)
    if ('code' in read) return refuse(read)
    const { to, invalid } = receivers(read, application)
    if (to.length === 0) return refuse({ code: 81013, message: 'user & party & tag all invalid' })
    if (!passes()) return refuse(TOO_FAST)
    const card = read.msgtype === 'template_card' ? read.template_card : undefined
    if (card !== undefined && tasks.has(card.task_id)) return refuse({ code: 41049, message: 'task_id is used' })
    if (card !== undefined) tasks.add(card.task_id)
    const shown = card && {
      task: card.task_id,
      buttons: card.button_list.map(({ text }) => text),
      keys: card.button_list.map(({ key }) => key),
    }
    take({ to, content: contentOf(read), ...(shown && { card: shown }) })
    const response = shown && { response_code: codeFor(shown) }
    // User ids come back in lower case.
    const invaliduser = invalid.join('|').toLowerCase()
    return { status: 200, body: { errcode: 0, errmsg: 'ok', invaliduser, msgid: `message-${++issued}`, ...response } }
  }

  /** What an application is: developer.work.weixin.qq.com, 90227. */
  function describe(request: VendorRequest, { refuse }: Counter<WecomAppMessage>): VendorAnswer {
    const application = applicationOf(request)
    if ('code' in application) return refuse(application)
    const { agent, members, isSeenByAll, isClosed } = application
    if (request.params.get('agentid') !== String(agent))
      return refuse({ code: 301002, message: 'not allow operate another agent with this accesstoken' })
    const body = {
      ...{ errcode: 0, errmsg: 'ok', agentid: agent, name: '烽火', close: isClosed ? 1 : 0 },
      allow_userinfos: { user: members.map((userid) => ({ userid })) },
      allow_partys: { partyid: isSeenByAll ? [1] : [] },
      allow_tags: { tagid: [] },
    }
    return { status: 200, body }
  }

  const vendor = await startMessageVendor<WecomAppMessage>(
    {
      tooFast: TOO_FAST,
      refusal: errcodeAnswer,
      answer(request, counter) {
        if (request.method === 'GET' && request.path === '/cgi-bin/gettoken') return issue(request, counter)
        if (request.method === 'GET' && request.path === '/cgi-bin/agent/get') return describe(request, counter)
        if (request.method === 'POST' && request.path === '/cgi-bin/message/send') return send(request, counter)
        if (request.method === 'POST' && request.path === '/cgi-bin/message/update_template_card')
          return change(request, counter)
        return { status: 404, body: {} }
      },
    },
    options,
  )
  return Object.assign(vendor, { revokeTokens: () => tokens.clear(), codeFor })
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
        // Of `@called` it is not known here who they may be.
        ...(to === '@called' && { isSeenByAll: true as const }),
        members: Array.isArray(to) ? to.map(String) : [],
      })),
      now,
      onEvent: sandboxTeller(tell, ({ content, card }) => ({
        text: withPresses(content, card?.buttons),
        format: 'markdown',
      })),
    }),
}

function readBody(bytes: Buffer, { agent }: WecomApplication): z.infer<typeof body> | VendorFault {
  const json = jsonObject(bytes)
  if (json?.msgtype !== 'text' && json?.msgtype !== 'template_card')
    return { code: 40008, message: 'invalid message type' }
  const parsed = body.safeParse(json)
  if (!parsed.success) return fieldFault(40058, parsed.error)
  if (parsed.data.agentid !== agent)
    return { code: 301002, message: 'not allow operate another agent with this accesstoken' }
  // The vendor would cut it; we mean to stay below.
  if (byteLength(contentOf(parsed.data)) > TEXT_BYTES) return { code: 40058, message: 'content exceeds 2048 bytes' }
  return parsed.data
}

function contentOf(message: z.infer<typeof body>): string {
  if (message.msgtype === 'text') return message.text.content
  const { main_title: title, sub_title_text: lines } = message.template_card
  return [title.title, title.desc, lines].filter(Boolean).join('\n')
}

function receivers(
  { touser = '', toparty = '', totag = '' }: z.infer<typeof body>,
  { members, isSeenByAll }: WecomApplication,
) {
  const users = touser.split('|').filter((id) => id !== '')
  const isKnown = (id: string) =>
    id === '@all' || isSeenByAll || members.some((one) => one.toLowerCase() === id.toLowerCase())
  const groups = [...toparty.split('|'), ...totag.split('|')].filter((id) => id !== '')
  return { to: [...users.filter(isKnown), ...groups], invalid: users.filter((id) => !isKnown(id)) }
}
