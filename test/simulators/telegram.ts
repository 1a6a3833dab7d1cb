import * as z from 'zod'
import { type MessageOptions, type MessageVendor, sandboxTeller, startMessageVendor, withButtons } from './messages.ts'
import { slidingWindow } from './rate.ts'
import type { Simulator } from './sandbox.ts'
import { jsonObject, type VendorAnswer } from './server.ts'

// core.telegram.org/bots/api: sendMessage, Making requests; bots/faq: limits.
const PER_MINUTE = 20
const TEXT_CHARACTERS = 4096
const TAGS = /<\/?(?:b|i|u|s|code|pre|a)(?: href="[^"<>]*")?>/g

const body = z.strictObject({
  chat_id: z.union([z.int(), z.string()]),
  text: z.string().min(1),
  parse_mode: z.literal('HTML'),
  link_preview_options: z.strictObject({ is_disabled: z.boolean() }).optional(),
  reply_markup: z
    .strictObject({ inline_keyboard: z.array(z.array(z.strictObject({ text: z.string().min(1), url: z.url() }))) })
    .optional(),
})

/** A message that the group saw. */
export interface TelegramMessage {
  chat: string
  /** As sent, with its tags. */
  html: string
  text: string
  /** Address of the button, and what stands on it. */
  button?: string
  pressed?: string
}

export interface TelegramOptions extends MessageOptions<TelegramMessage> {
  token: string
  /** Ids of groups that the bot is in. */
  chats: string[]
  /** Groups that have another id now. */
  moved?: Record<string, number>
}

/** Telegram's bot API: HTML is parsed, a tag of no known kind or one that is not closed is refused. */
export function startTelegramSimulator(options: TelegramOptions): Promise<MessageVendor<TelegramMessage>> {
  const passes = slidingWindow(PER_MINUTE, 60_000, options.now)
  return startMessageVendor<TelegramMessage>(
    {
      tooFast: { code: 429, message: 'Too Many Requests: retry after 14' },
      refusal: ({ code, message }) => ({
        status: Number(code),
        body: {
          ok: false,
          error_code: Number(code),
          description: message,
          ...(code === 429 && message.startsWith('Too Many') && { parameters: { retry_after: 14 } }),
        },
      }),
      answer({ method, path, body: bytes }, { take, refuse }): VendorAnswer {
        if (path === `/bot${options.token}/getMe`)
          return { status: 200, body: { ok: true, result: { id: 1, is_bot: true, first_name: 'Fenghuo' } } }
        if (path.endsWith('/getMe')) return refuse({ code: 401, message: 'Unauthorized' })
        // The group as the bot sees it, which nobody in it hears of.
        if (path === `/bot${options.token}/getChat`) {
          const { chat_id: id } = jsonObject(bytes) ?? {}
          if (!options.chats.includes(String(id))) return refuse({ code: 400, message: 'Bad Request: chat not found' })
          return { status: 200, body: { ok: true, result: { id, type: 'supergroup', title: '值班' } } }
        }
        if (path.endsWith('/getChat')) return refuse({ code: 401, message: 'Unauthorized' })
        if (method !== 'POST' || path !== `/bot${options.token}/sendMessage`)
          return refuse({ code: 404, message: 'Not Found' })
        const parsed = body.safeParse(jsonObject(bytes))
        if (!parsed.success) return refuse({ code: 400, message: `Bad Request: ${parsed.error.issues[0]?.path}` })
        const { chat_id, text: html, reply_markup } = parsed.data
        const chat = String(chat_id)
        const migrate_to_chat_id = options.moved?.[chat]
        if (migrate_to_chat_id !== undefined) {
          const description = 'Bad Request: group chat was upgraded to a supergroup chat'
          return { status: 400, body: { ok: false, error_code: 400, description, parameters: { migrate_to_chat_id } } }
        }
        if (!options.chats.includes(chat)) return refuse({ code: 400, message: 'Bad Request: chat not found' })
        const text = html.replace(TAGS, '')
        if (/[<>]/.test(text) || /&(?!amp;|lt;|gt;|quot;)/.test(text))
          return refuse({ code: 400, message: "Bad Request: can't parse entities" })
        if (text.length > TEXT_CHARACTERS) return refuse({ code: 400, message: 'Bad Request: message is too long' })
        if (!passes()) return refuse({ code: 429, message: 'Too Many Requests: retry after 14' })
        const button = reply_markup?.inline_keyboard[0]?.[0]
        take({ chat, html, text, ...(button && { button: button.url, pressed: button.text }) })
        return { status: 200, body: { ok: true, result: { message_id: 42, chat: { id: chat_id }, date: 0, text } } }
      },
    },
    options,
  )
}

/** As its readers see it: bold, and links. */
function asMarkdown(html: string): string {
  const marked = html.replace(/<\/?b>/g, '**').replace(/<a href="([^"]*)">([^<]*)<\/a>/g, '[$2]($1)')
  return marked.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')
}

/** As the local stack plays it. */
export const simulator: Simulator = {
  type: 'telegram',
  start: ({ settings, now, tell }) =>
    startTelegramSimulator({
      token: String(settings[0]?.token),
      chats: settings.map(({ chat }) => String(chat)),
      now,
      onEvent: sandboxTeller(tell, ({ html, button = '', pressed }) => ({
        text: withButtons(asMarkdown(html), pressed === undefined ? [] : [[pressed, button]]),
        format: 'markdown',
      })),
    }),
}
