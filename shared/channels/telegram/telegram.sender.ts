import type { ErrorTable, Remedy } from '../../contracts/vendor-errors.ts'
import { LINK_MS } from '../../incidents/acknowledge-link.ts'
import { apart, buttonText, cardActs, isToBeTaken } from '../../messages/card.ts'
import { compose } from '../../messages/compose.ts'
import type { Link } from '../../messages/composition.ts'
import { type Dialect, render } from '../../messages/markup.ts'
import type { Message } from '../../messages/message.ts'
import { keepCard, takeCards } from '../cards.ts'
import type { ChannelIo, Delivery, SenderOf, Target, VendorUrl } from '../channel.ts'
import { refusal } from '../errors.ts'
import { post } from '../post.ts'
import { baseUrl } from '../references.ts'
import { fingerprint } from '../robot.ts'
import { pressKey, pressName } from './press-name.ts'
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
  async send(message, to, bot, io) {
    const hasButtons = bot.webhookSecret !== undefined && isToBeTaken(message)
    const body = { ...textOf(message, to, hasButtons), ...(await buttonsOf(message, hasButtons, io)) }
    const first = await sendTo(bot.chat, body, bot.token, io)
    const { delivery, id, chat } =
      first.movedTo === undefined ? first : await sendTo(first.movedTo, body, bot.token, io)
    if (delivery.status !== 'sent' || bot.webhookSecret === undefined || io.memory === undefined) return delivery
    if (hasButtons && id !== undefined)
      await keepCard(cardsOf(message, bot), { task: String(id), code: `${chat}/${id}` }, io.memory, io.now() + LINK_MS)
    if (!isToBeTaken(message)) await changeEarlier(message, to, bot, io)
    return delivery
  },
}

/** For a button whose host has no dot the whole message is refused, and a link is none: "Wrong HTTP URL" (tdlib/td, LinkManager::check_link). */
function isLinked({ href }: Link): boolean {
  return URL.canParse(href) && new URL(href).hostname.includes('.')
}

/** Its first link is a button below it, where it has no others. */
function textOf(message: Message, to: Target, hasButtons: boolean) {
  const { links, ...composition } = compose(message)
  const asButton = hasButtons ? undefined : links.find(isLinked)
  const inText = links.filter((link) => link !== asButton)
  return {
    text: render({ ...composition, links: inText }, dialect(to), limits.maxBytes, message.language),
    parse_mode: 'HTML',
    link_preview_options: { is_disabled: true },
  }
}

/** Buttons that act as whoever presses them, or one that opens the first link. */
async function buttonsOf(message: Message, hasButtons: boolean, { memory, now }: ChannelIo): Promise<object> {
  const { token } = message.links
  const link = compose(message).links.find(isLinked)
  if (!hasButtons || token === undefined)
    return link && !hasButtons ? keyboard([{ text: link.text, url: link.href }]) : {}
  const key = pressKey(token)
  await memory?.write(pressName(key), token, now() + LINK_MS)
  return keyboard(cardActs.map((act) => ({ text: buttonText[message.language][act], callback_data: `${act}:${key}` })))
}

function keyboard(row: object[]): object {
  return { reply_markup: { inline_keyboard: [row] } }
}

/** Those that had buttons say how it is now, each of its own incident. A failure costs nothing. */
async function changeEarlier(message: Message, to: Target, bot: Settings, io: ChannelIo): Promise<void> {
  for (const one of apart(message).filter((one) => !isToBeTaken(one))) {
    if (io.memory === undefined) return
    const cards = await takeCards(cardsOf(one, bot), io.memory, io.now() + LINK_MS)
    await Promise.all(
      cards.map(({ code }) => {
        const [chat = '', id] = code.split('/')
        return call(
          'editMessageText',
          { chat_id: chat, message_id: Number(id), ...textOf(one, to, true) },
          bot.token,
          io,
        )
      }),
    )
  }
}

function cardsOf({ notice }: Message, { token, chat }: Settings) {
  return { incident: notice.incident, sender: `${token}#${chat}` }
}

interface Sent {
  delivery: Delivery
  /** The group has another id from now on, and nothing was sent. */
  movedTo?: number
  /** Of the message. */
  id?: number
  chat: number | string
}

function sendTo(chat: number | string, body: object, token: string, io: ChannelIo): Promise<Sent> {
  return call('sendMessage', { chat_id: chat, ...body }, token, io)
}

async function call(
  method: 'sendMessage' | 'editMessageText',
  body: { chat_id: number | string } & Record<string, unknown>,
  token: string,
  io: ChannelIo,
): Promise<Sent> {
  const sent: { movedTo?: number; id?: number } = {}
  const delivery = await post(
    {
      url: `${baseUrl(url, io.env)}/bot${token}/${method}`,
      body,
      vendor: VENDOR,
      explainsRefusals: true,
      read(answer) {
        const { ok, result, error_code: code, description, parameters } = Object(answer)
        const { message_id: id } = Object(result)
        if (typeof id === 'number') sent.id = id
        if (ok === true) return { status: 'sent' }
        if (typeof code !== 'number') return undefined
        const { retry_after: seconds, migrate_to_chat_id: moved } = Object(parameters)
        if (typeof moved === 'number') sent.movedTo = moved
        const refused = refusal(VENDOR, String(code), description, errors)
        return refused.status === 'retry' && seconds > 0 ? { ...refused, afterMs: seconds * 1000 } : refused
      },
    },
    io,
  )
  return { delivery, chat: body.chat_id, ...sent }
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
  link: ({ text, href }) =>
    isLinked({ text, href })
      ? `<a href="${escaped(href).replaceAll('"', '%22')}">${text}</a>`
      : `${text}: ${escaped(href)}`,
  head: (markup) => markup,
  line: (markup) => `• ${markup}`,
  footer: true,
})
