import * as z from 'zod'
import { type MessageOptions, type MessageVendor, sandboxTeller, startMessageVendor } from './messages.ts'
import { slidingWindow } from './rate.ts'
import type { Simulator } from './sandbox.ts'
import { jsonObject, type VendorAnswer } from './server.ts'

// discord.com/developers/docs: Webhook resource, Rate limits, JSON error codes.
const PER_TWO_SECONDS = 5

const body = z.strictObject({
  content: z.string().min(1).max(2000),
  embeds: z
    .array(
      z.strictObject({
        title: z.string().max(256).optional(),
        description: z.string().max(4096),
        color: z.int().optional(),
      }),
    )
    .max(10)
    .optional(),
  allowed_mentions: z.strictObject({
    parse: z.array(z.enum(['users', 'roles', 'everyone'])),
    users: z.array(z.string()).max(100).optional(),
  }),
})

/** A message that the channel saw. */
export interface DiscordMessage {
  content: string
  text: string
  color: number
  /** User ids that were rung, and "everyone". */
  mentions: string[]
}

export interface DiscordOptions extends MessageOptions<DiscordMessage> {
  /** What follows /api/webhooks/ in the addresses. */
  hooks: string[]
}

/** Discord's webhooks: 200 with the message when asked to wait, else 204; codes in the body of a 4xx. */
export function startDiscordSimulator(options: DiscordOptions): Promise<MessageVendor<DiscordMessage>> {
  const passes = slidingWindow(PER_TWO_SECONDS, 2_000, options.now)
  return startMessageVendor<DiscordMessage>(
    {
      tooFast: { code: 429, message: 'You are being rate limited.' },
      refusal({ code, message }): VendorAnswer {
        if (code === 429 && message.startsWith('You'))
          return { status: 429, body: { message, retry_after: 0.647, global: false } }
        return {
          status: Number(code) < 600 ? Number(code) : code === 10015 ? 404 : 400,
          body: Number(code) < 600 ? { message } : { code, message },
        }
      },
      answer({ method, path, params, body: bytes }, { take, refuse }): VendorAnswer {
        if (method !== 'POST' && method !== 'GET') return { status: 405, body: {} }
        const hook = path.replace('/api/webhooks/', '')
        if (!options.hooks.includes(hook)) return refuse({ code: 10015, message: 'Unknown Webhook' })
        // The webhook itself, which nobody in the channel sees.
        if (method === 'GET') return { status: 200, body: { type: 1, id: hook.split('/')[0], name: 'Fenghuo' } }
        const parsed = body.safeParse(jsonObject(bytes))
        if (!parsed.success)
          return refuse({ code: 50035, message: `Invalid Form Body ${parsed.error.issues[0]?.path}` })
        if (!passes()) return refuse({ code: 429, message: 'You are being rate limited.' })
        const { content, embeds = [], allowed_mentions: allowed } = parsed.data
        const named = [...content.matchAll(/<@!?(\d+)>/g)]
          .map(([, id = '']) => id)
          .filter((id) => allowed.users?.includes(id))
        const all = allowed.parse.includes('everyone') && /@(everyone|here)/.test(content) ? ['everyone'] : []
        take({
          content,
          text: embeds.map(({ description }) => description).join('\n'),
          color: embeds[0]?.color ?? 0,
          mentions: [...named, ...all],
        })
        return params.get('wait') === 'true'
          ? { status: 200, body: { id: '1', content } }
          : { status: 204, body: Buffer.alloc(0) }
      },
    },
    options,
  )
}

/** As the local stack plays it. */
export const simulator: Simulator = {
  type: 'discord',
  start: ({ settings, now, tell }) =>
    startDiscordSimulator({
      hooks: settings.map(({ hook }) => String(hook)),
      now,
      onEvent: sandboxTeller(tell, ({ text }) => ({ text, format: 'markdown' })),
    }),
}
