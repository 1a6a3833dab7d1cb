import * as z from 'zod'
import { type MessageOptions, type MessageVendor, sandboxTeller, startMessageVendor, withButtons } from './messages.ts'
import type { Simulator } from './sandbox.ts'
import { jsonObject, type VendorAnswer } from './server.ts'

// learn.microsoft.com, Create and send messages: workflow webhooks and Adaptive Cards.
const CARD_BYTES = 28 * 1024

const card = z.strictObject({
  $schema: z.string().optional(),
  type: z.literal('AdaptiveCard'),
  version: z.literal('1.4'),
  body: z
    .array(
      z.strictObject({
        type: z.literal('TextBlock'),
        text: z.string(),
        wrap: z.boolean().optional(),
        size: z.string().optional(),
        weight: z.string().optional(),
        color: z.enum(['Default', 'Good', 'Warning', 'Attention']).optional(),
      }),
    )
    .min(1),
  actions: z
    .array(z.strictObject({ type: z.literal('Action.OpenUrl'), title: z.string().min(1), url: z.url() }))
    .max(6)
    .optional(),
})
const body = z.strictObject({
  type: z.literal('message'),
  attachments: z
    .array(
      z.strictObject({
        contentType: z.literal('application/vnd.microsoft.card.adaptive'),
        contentUrl: z.null().optional(),
        content: card,
      }),
    )
    .min(1),
})

/** A card that the workflow took. */
export interface TeamsMessage {
  title: string
  text: string
  color: string
  /** Title and address of each button. */
  buttons: [string, string][]
}

/** A workflow of Teams: 202 when it has taken a card, which shows nothing yet. */
export function startTeamsSimulator(options: MessageOptions<TeamsMessage>): Promise<MessageVendor<TeamsMessage>> {
  return startMessageVendor<TeamsMessage>(
    {
      tooFast: { code: 429, message: 'Rate limit is exceeded' },
      refusal: ({ code, message }) => ({ status: Number(code), body: { error: { code: String(code), message } } }),
      answer({ method, body: bytes }, { take, refuse }): VendorAnswer {
        if (method !== 'POST') return { status: 405, body: {} }
        if (bytes.length > CARD_BYTES) return refuse({ code: 413, message: 'RequestEntityTooLarge' })
        const parsed = body.safeParse(jsonObject(bytes))
        if (!parsed.success)
          return refuse({ code: 400, message: `TriggerInputSchemaMismatch ${parsed.error.issues[0]?.path}` })
        for (const { content } of parsed.data.attachments) {
          const [head, ...rest] = content.body
          const buttons = (content.actions ?? []).map(({ title, url }): [string, string] => [title, url])
          take({
            title: head?.text ?? '',
            color: head?.color ?? '',
            text: rest.map(({ text }) => text).join('\n'),
            buttons,
          })
        }
        return { status: 202, body: Buffer.alloc(0) }
      },
    },
    options,
  )
}

/** As the local stack plays it: no variable moves it, so the sandbox brings its own address. */
export const simulator: Simulator = {
  type: 'teams',
  async start({ now, tell }) {
    const onEvent = sandboxTeller<TeamsMessage>(tell, ({ title, text, buttons }) => ({
      text: withButtons(`${title}\n${text}`, buttons),
      format: 'markdown',
    }))
    const server = await startTeamsSimulator({ now, onEvent })
    return { url: server.url, close: server.close, settings: { url: server.url } }
  },
}
