import * as z from 'zod'
import {
  type MessageOptions,
  type MessageVendor,
  sandboxTeller,
  startMessageVendor,
  withButtons,
  withPresses,
} from './messages.ts'
import { slidingWindow } from './rate.ts'
import type { Simulator } from './sandbox.ts'
import { jsonObject, type VendorAnswer } from './server.ts'

// core.telegram.org/bots/api: sendMessage, Making requests; bots/faq: limits.
const PER_MINUTE = 20
const TEXT_CHARACTERS = 4096
const TAGS = /<\/?(?:b|i|u|s|code|pre|a)(?: href="[^"<>]*")?>/g

const button = z.union([
  z.strictObject({ text: z.string().min(1), url: z.url() }),
  z.strictObject({
    text: z.string().min(1),
    callback_data: z.string().refine((data) => Buffer.byteLength(data) <= 64),
  }),
])
const body = z.strictObject({
  chat_id: z.union([z.int(), z.string()]),
  /** Of editMessageText. */
  message_id: z.int().optional(),
  text: z.string().min(1),
  parse_mode: z.literal('HTML'),
  link_preview_options: z.strictObject({ is_disabled: z.boolean() }).optional(),
  reply_markup: z.strictObject({ inline_keyboard: z.array(z.array(button)) }).optional(),
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
  /** Its number in the group, and the buttons that act: what stands on each, and what it carries. */
  id: number
  acts?: { text: string; data: string }[]
}

export interface TelegramOptions extends MessageOptions<TelegramMessage> {
  token: string
  /** Ids of groups that the bot is in. */
  chats: string[]
  /** Groups that have another id now. */
  moved?: Record<string, number>
}

/** Telegram's bot API: HTML is parsed, a tag of no known kind or one that is not closed is refused. */
export async function startTelegramSimulator(options: TelegramOptions): Promise<MessageVendor<TelegramMessage>> {
  const passes = slidingWindow(PER_MINUTE, 60_000, options.now)
  const vendor: MessageVendor<TelegramMessage> = await startMessageVendor<TelegramMessage>(
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
        const isEdit = path === `/bot${options.token}/editMessageText`
        if (method !== 'POST' || (path !== `/bot${options.token}/sendMessage` && !isEdit))
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
        const row = reply_markup?.inline_keyboard[0] ?? []
        const acts = row.flatMap((one) => ('callback_data' in one ? [{ text: one.text, data: one.callback_data }] : []))
        const wrong = row.find((one) => 'url' in one && !new URL(one.url).hostname.includes('.'))
        // tdlib/td, LinkManager::check_link: one such button, and nothing is sent.
        if (wrong !== undefined && 'url' in wrong)
          return refuse({
            code: 400,
            message: `Bad Request: inline keyboard button URL '${wrong.url}' is invalid: Wrong HTTP URL`,
          })
        const links = row.flatMap((one) => ('url' in one ? [{ button: one.url, pressed: one.text }] : []))
        const shown = { html, text, ...links[0], ...(acts.length > 0 && { acts }) }
        const id = parsed.data.message_id ?? vendor.received.length + 42
        if (!isEdit) take({ chat, id, ...shown })
        else {
          const known = vendor.received.find((one) => one.id === id && one.chat === chat)
          if (known === undefined) return refuse({ code: 400, message: 'Bad Request: message to edit not found' })
          for (const key of ['button', 'pressed', 'acts'] as const) delete known[key]
          Object.assign(known, shown)
        }
        return { status: 200, body: { ok: true, result: { message_id: id, chat: { id: chat_id }, date: 0, text } } }
      },
    },
    options,
  )
  return vendor
}

/** What Telegram posts to the bot's webhook when somebody presses a button that carries `data`. */
export function pressInTelegram(
  from: { id: number; username?: string },
  data: string,
  secret: string,
): { headers: Record<string, string>; body: string } {
  const query = {
    id: `q-${from.id}-${data}`,
    from: { is_bot: false, first_name: 'Lin', ...from },
    chat_instance: '1',
    data,
  }
  return {
    headers: { 'x-telegram-bot-api-secret-token': secret },
    body: JSON.stringify({ update_id: 1, callback_query: query }),
  }
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
      onEvent: sandboxTeller(tell, ({ html, button = '', pressed, acts }) => ({
        text: withPresses(
          withButtons(asMarkdown(html), pressed === undefined ? [] : [[pressed, button]]),
          acts?.map(({ text }) => text),
        ),
        format: 'markdown',
      })),
    }),
}
