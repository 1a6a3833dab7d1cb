import * as z from 'zod'
import { type MessageOptions, type MessageVendor, sandboxTeller, startMessageVendor } from './messages.ts'
import { slidingWindow } from './rate.ts'
import type { Simulator } from './sandbox.ts'
import { jsonObject, type VendorAnswer } from './server.ts'

// developer.pagerduty.com, Events API v2: overview and rate limits.
const PER_MINUTE = 120
const EVENT_BYTES = 512 * 1024

const payload = z.strictObject({
  summary: z.string().min(1).max(1024),
  source: z.string().min(1),
  severity: z.enum(['critical', 'error', 'warning', 'info']),
  timestamp: z.iso.datetime({ offset: true }).optional(),
  component: z.string().optional(),
  group: z.string().optional(),
  class: z.string().optional(),
  custom_details: z.unknown().optional(),
})
const common = {
  routing_key: z.string().regex(/^[\w-]+$/),
  client: z.string().optional(),
  client_url: z.url().optional(),
  links: z.array(z.strictObject({ href: z.string(), text: z.string() })).optional(),
}
const event = z.discriminatedUnion('event_action', [
  z.strictObject({ ...common, event_action: z.literal('trigger'), dedup_key: z.string().max(255).optional(), payload }),
  z.strictObject({
    ...common,
    event_action: z.enum(['acknowledge', 'resolve']),
    dedup_key: z.string().min(1).max(255),
    payload: payload.optional(),
  }),
])

/** An event that was accepted. */
export interface PagerdutyMessage {
  action: 'trigger' | 'acknowledge' | 'resolve'
  dedupKey: string
  summary: string
  severity?: string
}

export interface PagerdutySimulator extends MessageVendor<PagerdutyMessage> {
  /** What is open, by dedup key: events about what is not open are accepted, and dropped. */
  alerts: Map<string, 'triggered' | 'acknowledged'>
}

/** PagerDuty's Events API v2: accepts at once, and tells of nothing that comes later. */
export async function startPagerdutySimulator(options: MessageOptions<PagerdutyMessage>): Promise<PagerdutySimulator> {
  const passes = slidingWindow(PER_MINUTE, 60_000, options.now)
  const alerts: PagerdutySimulator['alerts'] = new Map()
  const vendor = await startMessageVendor<PagerdutyMessage>(
    {
      tooFast: { code: 429, message: 'throttle exceeded' },
      refusal: ({ code, message }) => ({
        status: Number(code),
        body: { status: 'invalid event', message: 'Event object is invalid', errors: [message] },
      }),
      answer(request, { take, refuse }): VendorAnswer {
        if (request.method !== 'POST' || request.path !== '/v2/enqueue') return { status: 404, body: {} }
        const parsed = request.body.length > EVENT_BYTES ? undefined : event.safeParse(jsonObject(request.body))
        if (!parsed?.success)
          return refuse({ code: 400, message: String(parsed?.error.issues[0]?.path ?? 'too large') })
        if (!passes()) return refuse({ code: 429, message: 'throttle exceeded' })
        const { event_action: action, dedup_key: dedupKey = 'made-by-pagerduty', payload: said } = parsed.data
        if (action === 'trigger') alerts.set(dedupKey, alerts.get(dedupKey) ?? 'triggered')
        else if (action === 'resolve') alerts.delete(dedupKey)
        else if (alerts.has(dedupKey)) alerts.set(dedupKey, 'acknowledged')
        take({ action, dedupKey, summary: said?.summary ?? '', ...(said && { severity: said.severity }) })
        return { status: 202, body: { status: 'success', message: 'Event processed', dedup_key: dedupKey } }
      },
    },
    options,
  )
  return Object.assign(vendor, { alerts })
}

/** As the local stack plays it. */
export const simulator: Simulator = {
  type: 'pagerduty',
  start: ({ now, tell }) =>
    startPagerdutySimulator({
      now,
      onEvent: sandboxTeller(tell, ({ summary }) => ({ text: summary, format: 'text' })),
    }),
}
