import { createHash } from 'node:crypto'
import { apart, buttonText, cardActs, isToBeTaken } from '../../messages/card.ts'
import type { Message } from '../../messages/message.ts'
import { keepCard, takeCards } from '../cards.ts'
import type { ChannelIo, SenderOf, Target } from '../channel.ts'
import { fingerprint } from '../robot.ts'
import { feishuAddress } from '../vendors/feishu-address.ts'
import { type FeishuButton, feishuCard } from '../vendors/feishu-card.ts'
import { callFeishu, url, VENDOR } from './call.ts'
import { errors, limits } from './errors.ts'
import type { Settings } from './settings.ts'

/** A message may be changed for 14 days (open.larkoffice.com, 更新已发送的消息卡片); nobody reads older ones than this. */
const CARD_MS = 72 * 3_600_000

/** What sends, without what describes it: all that `page` loads of this channel. */
export const feishuAppSender: SenderOf<Settings> = {
  type: VENDOR,
  url,
  errors,
  limits,
  rateKey: ({ app, chat }) => fingerprint(`${app}#${chat}`),
  async send(message, to, config, io) {
    const buttons = isToBeTaken(message) ? buttonsOf(message, config) : []
    const content = contentOf(message, to, buttons)
    const body = { receive_id: config.chat, msg_type: 'interactive', content, uuid: onceOf(message, config) }
    const path = '/im/v1/messages?receive_id_type=chat_id'
    const { delivery, data = {} } = await callFeishu('POST', path, body, config, io)
    if (delivery.status !== 'sent' || io.memory === undefined) return delivery
    const id = data.message_id
    if (buttons.length > 0 && typeof id === 'string')
      await keepCard(cardsOf(message, config), { task: id, code: id }, io.memory, io.now() + CARD_MS)
    if (!isToBeTaken(message)) await changeEarlier(message, to, config, io)
    return delivery
  },
  async write({ text }, { people }, config, io) {
    const [person] = Object.values(people).flatMap((addresses) => addresses[feishuAddress.key] ?? [])
    if (person === undefined)
      return { status: 'failed', failure: { class: 'no-address', vendor: VENDOR, of: 'feishu' } }
    // A text's tags name people: what others wrote is to name nobody.
    const content = JSON.stringify({ text: text.replaceAll('<', '＜').replaceAll('>', '＞') })
    const once = createHash('sha256')
      .update(JSON.stringify([person, text]))
      .digest('hex')
      .slice(0, ONCE_CHARACTERS)
    const body = { receive_id: person, msg_type: 'text', content, uuid: once }
    const path = `/im/v1/messages?receive_id_type=${/^ou_/.test(person) ? 'open_id' : 'user_id'}`
    return (await callFeishu('POST', path, body, config, io)).delivery
  },
}

/** Of 50 that the vendor takes. */
const ONCE_CHARACTERS = 40

/** Those that had buttons say how it is now, each of its own incident. A failure costs nothing. */
async function changeEarlier(message: Message, to: Target, config: Settings, io: ChannelIo): Promise<void> {
  for (const one of apart(message).filter((one) => !isToBeTaken(one))) {
    if (io.memory === undefined) return
    const cards = await takeCards(cardsOf(one, config), io.memory, io.now() + CARD_MS)
    const content = contentOf(one, to, [])
    await Promise.all(
      cards.map(({ code }) =>
        callFeishu('PATCH', `/im/v1/messages/${encodeURIComponent(code)}`, { content }, config, io),
      ),
    )
  }
}

/** JSON as text; all who see the card see it change. */
function contentOf(message: Message, to: Target, buttons: FeishuButton[]): string {
  const config = { wide_screen_mode: true, update_multi: true }
  return JSON.stringify({ config, ...feishuCard(message, to, limits.maxBytes, buttons) })
}

function buttonsOf({ language, links }: Message, { callback }: Settings): FeishuButton[] {
  const { token } = links
  if (callback === undefined || token === undefined) return []
  return cardActs.map((act, index) => ({
    tag: 'button',
    type: index === 0 ? 'primary' : 'default',
    text: { tag: 'plain_text', content: buttonText[language][act] },
    value: { act, token },
  }))
}

/** The vendor sends one message of a uuid once in an hour: a repeat after a lost answer shows nothing twice. */
function onceOf({ notice, digest, language }: Message, { chat }: Settings): string {
  const all = digest?.of.map((one) => one.notice) ?? [notice]
  const told = all.map(({ incident, kind, at }) => [incident, kind, at])
  return createHash('sha256')
    .update(JSON.stringify([chat, language, told]))
    .digest('hex')
    .slice(0, ONCE_CHARACTERS)
}

function cardsOf({ notice }: Message, { app, chat }: Settings) {
  return { incident: notice.incident, sender: `${app}#${chat}` }
}
