import type { ErrorTable, Remedy } from '../../contracts/vendor-errors.ts'
import { compose } from '../../messages/compose.ts'
import { type Dialect, render } from '../../messages/markup.ts'
import type { ChannelIo, Delivery, SenderOf, Target, VendorUrl } from '../channel.ts'
import { refusal } from '../errors.ts'
import { post } from '../post.ts'
import { baseUrl } from '../references.ts'
import { fingerprint } from '../robot.ts'
import type { Settings } from './settings.ts'

const VENDOR = 'telegram'

export const url: VendorUrl = { variable: 'FENGHUO_TELEGRAM_URL', base: 'https://api.telegram.org' }

/** A text has 4,096 characters, of which a byte is never more than one; 20 a minute go to a group. */
export const limits = {
  source: 'core.telegram.org/bots/api, sendMessage; bots/faq, limits',
  maxBytes: 4_000,
  perMinute: 20,
}

const setToken: Remedy = { zh: '请向 @BotFather 核对 token', en: 'check the token with @BotFather' }
const addBot: Remedy = { zh: '请把机器人加入群，并核对 chat', en: 'add the bot to the chat, and check its id' }

export const errors: ErrorTable = {
  source: 'core.telegram.org/bots/api, Making requests',
  codes: {
    400: {
      class: 'bad-request',
      whenSaid: [{ words: /chat not found/i, class: 'recipient-gone', remedy: addBot }],
    },
    401: { class: 'bad-credentials', remedy: setToken },
    403: { class: 'recipient-gone', remedy: addBot },
    404: { class: 'bad-credentials', remedy: setToken },
    429: { class: 'rate-limited', afterMs: 5_000 },
  },
}

/** What sends, without what describes it: all that `page` loads of this channel. */
export const telegramSender: SenderOf<Settings> = {
  type: VENDOR,
  url,
  errors,
  limits,
  rateKey: ({ token, chat }) => fingerprint(`${token}#${chat}`),
  async send(message, to, { token, chat }, io) {
    const { links, ...composition } = compose(message)
    const [button, ...others] = links
    const body = {
      text: render({ ...composition, links: others }, dialect(to), limits.maxBytes, message.language),
      parse_mode: 'HTML',
      link_preview_options: { is_disabled: true },
      ...(button && { reply_markup: { inline_keyboard: [[{ text: button.text, url: button.href }]] } }),
    }
    const { delivery, movedTo } = await sendTo(chat, body, token, io)
    return movedTo === undefined ? delivery : (await sendTo(movedTo, body, token, io)).delivery
  },
}

/** `movedTo`: the group has another id from now on, and nothing was sent. */
async function sendTo(
  chat: number | string,
  body: object,
  token: string,
  io: ChannelIo,
): Promise<{ delivery: Delivery; movedTo?: number }> {
  let movedTo: number | undefined
  const delivery = await post(
    {
      url: `${baseUrl(url, io.env)}/bot${token}/sendMessage`,
      body: { chat_id: chat, ...body },
      vendor: VENDOR,
      explainsRefusals: true,
      read(answer) {
        const { ok, error_code: code, description, parameters } = Object(answer)
        if (ok === true) return { status: 'sent' }
        if (typeof code !== 'number') return undefined
        const { retry_after: seconds, migrate_to_chat_id: moved } = Object(parameters)
        if (typeof moved === 'number') movedTo = moved
        const refused = refusal(VENDOR, String(code), description, errors)
        return refused.status === 'retry' && seconds > 0 ? { ...refused, afterMs: seconds * 1000 } : refused
      },
    },
    io,
  )
  return { delivery, ...(movedTo !== undefined && { movedTo }) }
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const dialect = (to: Target): Dialect => ({
  escape: escaped,
  bad: (text) => `<b>${text}</b>`,
  good: (text) => text,
  mention: ({ contact, name }) => {
    const id = to.people[contact]?.telegram
    return id && /^\w{4,32}$/.test(id) ? `@${id}` : escaped(name)
  },
  link: ({ text, href }) => `<a href="${escaped(href).replaceAll('"', '%22')}">${text}</a>`,
  head: (markup) => markup,
  line: (markup) => `• ${markup}`,
  footer: true,
})
