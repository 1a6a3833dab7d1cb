import { createHmac } from 'node:crypto'
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
import type { Simulator } from './sandbox.ts'
import { jsonObject, type VendorAnswer, type VendorRequest } from './server.ts'

// api.slack.com: incoming webhooks, chat.postMessage, chat.update, Block Kit, rate limits.
const PER_MINUTE = 60
const label = z.strictObject({ type: z.literal('plain_text'), text: z.string().min(1).max(75) })
const block = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('section'),
    text: z.strictObject({ type: z.enum(['mrkdwn', 'plain_text']), text: z.string().min(1).max(3000) }),
  }),
  z.strictObject({
    type: z.literal('actions'),
    elements: z
      .array(
        z.strictObject({
          type: z.literal('button'),
          action_id: z.string().max(255),
          style: z.enum(['primary', 'danger']).optional(),
          value: z.string().max(2000).optional(),
          url: z.string().max(3000).optional(),
          text: label,
        }),
      )
      .min(1)
      .max(25),
  }),
])
const message = z.strictObject({
  channel: z.string().optional(),
  user: z.string().min(1).optional(),
  ts: z.string().optional(),
  text: z.string(),
  blocks: z.array(block).min(1).max(50).optional(),
  unfurl_links: z.boolean().optional(),
})

/** A message as its channel shows it now. */
export interface SlackMessage {
  /** The channel, or the incoming webhook that names one. */
  to: string
  ts: string
  text: string
  /** What the sections say. */
  body: string
  /** What its first button carries. */
  button?: string
  /** What stands on all of them. */
  buttons?: string[]
  /** Nobody else sees it. */
  onlyFor?: string
}

export interface SlackOptions extends MessageOptions<SlackMessage> {
  /** What follows /services/ in the addresses of incoming webhooks. */
  hooks?: string[]
  /** The app: its token, the channels that it is in, and the members whom it may write to; absent: all. */
  app?: { token: string; channels: string[]; members?: string[] }
}

/** Slack: webhooks that answer with a word, and an app whose methods say it in a 200. */
export async function startSlackSimulator(options: SlackOptions): Promise<MessageVendor<SlackMessage>> {
  const passes = slidingWindow(PER_MINUTE, 60_000, options.now)
  const sent = new Map<string, SlackMessage>()
  let number = 0

  function read(request: VendorRequest): z.infer<typeof message> | VendorFault {
    const json = jsonObject(request.body)
    if (json === undefined) return { code: 'invalid_payload', message: '' }
    if (typeof json.text !== 'string' || json.text === '') return { code: 'no_text', message: '' }
    const parsed = message.safeParse(json)
    return parsed.success ? parsed.data : { code: 'invalid_blocks', message: String(parsed.error.issues[0]?.path) }
  }

  function show(
    to: string,
    { text, blocks = [] }: z.infer<typeof message>,
    { take }: Counter<SlackMessage>,
  ): SlackMessage {
    const buttons = blocks.flatMap((one) => (one.type === 'actions' ? one.elements : []))
    const button = buttons[0]?.value
    const body = blocks.flatMap((one) => (one.type === 'section' ? one.text.text : [])).join('\n')
    const shown = {
      to,
      ts: `1795832700.${String(++number).padStart(6, '0')}`,
      text,
      body,
      ...(button !== undefined && { button, buttons: buttons.map(({ text }) => text.text) }),
    }
    sent.set(shown.ts, shown)
    take(shown)
    return shown
  }

  function callMethod(request: VendorRequest, counter: Counter<SlackMessage>): VendorAnswer {
    if (request.headers.authorization !== `Bearer ${options.app?.token}`)
      return counter.refuse({ code: 'invalid_auth', message: '' })
    if (request.path === '/api/auth.test') return { status: 200, body: { ok: true, user: 'fenghuo', bot_id: 'B1' } }
    const said = read(request)
    if ('code' in said) return counter.refuse(said)
    const { take } = counter
    const { channels = [], members } = options.app ?? {}
    const isTo = (those: string[]) => those.includes(said.channel ?? '')
    const isMember = members ? isTo(members) : /^[UW]/.test(said.channel ?? '')
    if (!isTo(channels) && !(request.path === '/api/chat.postMessage' && isMember))
      return counter.refuse({ code: 'channel_not_found', message: '' })
    if (request.path === '/api/chat.postEphemeral') {
      take({ to: said.channel ?? '', ts: '', text: said.text, body: '', onlyFor: said.user ?? '' })
      return { status: 200, body: { ok: true, message_ts: '1795832700.000000' } }
    }
    if (request.path === '/api/chat.update') {
      const known = vendor.received.find(({ ts }) => ts === said.ts)
      if (known === undefined) return counter.refuse({ code: 'message_not_found', message: '' })
      delete known.button
      delete known.buttons
      Object.assign(known, {
        text: said.text,
        body: said.blocks?.flatMap((one) => (one.type === 'section' ? one.text.text : [])).join('\n'),
      })
      return { status: 200, body: { ok: true, channel: said.channel, ts: said.ts } }
    }
    if (!passes()) return counter.refuse({ code: 'ratelimited', message: '' })
    const { ts } = show(said.channel ?? '', said, counter)
    return { status: 200, body: { ok: true, channel: said.channel, ts } }
  }

  const vendor = await startMessageVendor<SlackMessage>(
    {
      tooFast: { code: 'rate_limited', message: '' },
      // Slack's own statuses differ between its pages; the word is what counts.
      refusal: ({ code }) =>
        /^rate_?limited$/.test(String(code))
          ? { status: 429, headers: { 'retry-after': '1' }, body: Buffer.from(String(code)) }
          : { status: 404, body: Buffer.from(String(code)) },
      answer(request, counter): VendorAnswer {
        if (request.method !== 'POST') return { status: 404, body: {} }
        if (/^[/]api[/](chat[.]|auth[.]test$)/.test(request.path)) {
          const answer = callMethod(request, counter)
          const isWord = Buffer.isBuffer(answer.body)
          return isWord && answer.status !== 429
            ? { status: 200, body: { ok: false, error: String(answer.body) } }
            : answer
        }
        const hook = request.path.replace('/services/', '')
        if (!options.hooks?.includes(hook)) return counter.refuse({ code: 'no_service', message: '' })
        const said = read(request)
        if ('code' in said) return counter.refuse(said)
        if (!passes()) return counter.refuse({ code: 'rate_limited', message: '' })
        show(hook, said, counter)
        return { status: 200, headers: { 'content-type': 'text/plain' }, body: Buffer.from('ok') }
      },
    },
    options,
  )
  return vendor
}

/** What Slack posts when `user` presses a button that carries `value`: headers and body, signed (Verifying requests from Slack). */
export function pressInSlack(
  user: string,
  value: string,
  signingSecret: string,
  at: number,
  action = 'acknowledge',
): { headers: Record<string, string>; body: string } {
  const payload = {
    type: 'block_actions',
    user: { id: user },
    actions: [{ action_id: action, type: 'button', value, action_ts: `${at / 1000}` }],
  }
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString()
  const time = String(Math.floor(at / 1000))
  const signature = `v0=${createHmac('sha256', signingSecret).update(`v0:${time}:${body}`).digest('hex')}`
  return { headers: { 'x-slack-request-timestamp': time, 'x-slack-signature': signature }, body }
}

/** As the local stack plays it. */
export const simulator: Simulator = {
  type: 'slack',
  start: ({ settings, now, tell }) => {
    const app = settings.find(({ token }) => token)
    return startSlackSimulator({
      hooks: settings.flatMap(({ hook }) => (hook ? [String(hook)] : [])),
      ...(app && { app: { token: String(app.token), channels: settings.map(({ channel }) => String(channel)) } }),
      now,
      onEvent: sandboxTeller(tell, ({ body, text, buttons }) => ({
        text: withPresses(body || text, buttons),
        format: 'markdown',
      })),
    })
  },
}
