import { createHmac } from 'node:crypto'
import * as z from 'zod'
import type { VendorFault } from './failures.ts'
import { type MessageOptions, type MessageVendor, sandboxTeller, startMessageVendor } from './messages.ts'
import { isSameSignature } from './robot.ts'
import type { Simulator } from './sandbox.ts'
import { jsonObject, type VendorAnswer, type VendorRequest } from './server.ts'

/** The libraries of Standard Webhooks take a time that is within five minutes. */
const TOLERANCE_S = 300
const BODY_BYTES = 20_000

export const event = z.strictObject({
  type: z.string().regex(/^\w+(\.\w+)+$/),
  timestamp: z.iso.datetime(),
  data: z.record(z.string(), z.unknown()),
})

/** An event as the receiving program took it; one that it had already is none. */
export interface WebhookMessage {
  id: string
  type: string
  data: Record<string, unknown>
}

export interface WebhookOptions extends MessageOptions<WebhookMessage> {
  /** Of the receiver; an event is taken if any of its signatures is by this key. */
  secret: string
}

/** A program that takes events by Standard Webhooks 1.0.0: verifies, remembers ids, and answers 204. */
export function startWebhookSimulator(options: WebhookOptions): Promise<MessageVendor<WebhookMessage>> {
  const seen = new Set<string>()
  return startMessageVendor<WebhookMessage>(
    {
      tooFast: { code: 429, message: 'slow down' },
      refusal: ({ code, message }) => ({ status: Number(code), body: { error: message } }),
      answer(request, { take, refuse }): VendorAnswer {
        const fault = requestFault(request) ?? signatureFault(request, options)
        if (fault !== undefined) return refuse(fault)
        const parsed = event.safeParse(jsonObject(request.body))
        if (!parsed.success) return refuse({ code: 400, message: String(parsed.error.issues[0]?.message) })
        const id = String(request.headers['webhook-id'])
        if (!seen.has(id)) take({ id, type: parsed.data.type, data: parsed.data.data })
        seen.add(id)
        return { status: 204, body: Buffer.alloc(0) }
      },
    },
    options,
  )
}

type Received = Pick<VendorRequest, 'method' | 'headers' | 'body'>

/** What is no event at all. */
export function requestFault({ method, headers, body }: Received): VendorFault | undefined {
  if (method !== 'POST' || headers['content-type'] !== 'application/json') return { code: 400, message: 'no JSON' }
  if (body.length >= BODY_BYTES) return { code: 413, message: 'too large' }
  return undefined
}

/** What is not signed by this key, or not now. */
export function signatureFault(
  { headers, body }: Received,
  { secret, now }: Pick<WebhookOptions, 'secret' | 'now'>,
): VendorFault | undefined {
  const [id, at, signatures] = ['id', 'timestamp', 'signature'].map((name) => String(headers[`webhook-${name}`] ?? ''))
  if (!id || id.includes('.') || !/^\d{10}$/.test(at ?? '')) return { code: 401, message: 'no id or time' }
  if (Math.abs(now() / 1000 - Number(at)) > TOLERANCE_S) return { code: 401, message: 'not within five minutes' }
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const wanted = `v1,${createHmac('sha256', key)
    .update(Buffer.concat([Buffer.from(`${id}.${at}.`), body]))
    .digest('base64')}`
  const isSigned = (signatures ?? '').split(' ').some((one) => isSameSignature(one, wanted))
  return isSigned ? undefined : { code: 401, message: 'no matching signature' }
}

/** As the local stack plays it: no variable moves it, so the sandbox brings its own address. */
export const simulator: Simulator = {
  type: 'webhook',
  async start({ settings, now, tell }) {
    const secret = String(settings[0]?.secret)
    const onEvent = sandboxTeller<WebhookMessage>(tell, ({ data }) => ({ text: String(data.text), format: 'text' }))
    const server = await startWebhookSimulator({ secret, now, onEvent })
    return { url: server.url, close: server.close, settings: { url: server.url, secret, allowPrivate: true } }
  },
}
