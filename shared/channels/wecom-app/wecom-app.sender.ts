import { endedText } from '../../messages/card.ts'
import { compose } from '../../messages/compose.ts'
import { type Dialect, render, safeHref } from '../../messages/markup.ts'
import type { Message } from '../../messages/message.ts'
import { keepCard, takeCards } from '../cards.ts'
import type { ChannelIo, Delivery, SenderOf } from '../channel.ts'
import { quoted } from '../network.ts'
import { fingerprint } from '../robot.ts'
import { wecomAddress } from '../vendors/wecom-address.ts'
import { type Answered, callWecom, url, VENDOR } from './call.ts'
import { CODE_MS, cardOf } from './card.ts'
import { errors, limits } from './errors.ts'
import { type Receivers, receiversOf, rememberReceivers } from './receivers.ts'
import type { Settings } from './settings.ts'

/** What sends, without what describes it: all that `page` loads of this channel. */
export const wecomAppSender: SenderOf<Settings> = {
  type: VENDOR,
  url,
  errors,
  limits,
  rateKey: ({ corp, agent }) => fingerprint(`${corp}#${agent}`),
  async send(message, to, app, io) {
    const receivers = await receiversOf(message, to, app, io)
    if (receivers === undefined)
      return { status: 'failed', failure: { class: 'no-address', vendor: VENDOR, of: 'wecom' } }
    const delivery = (await sendCard(message, receivers, app, io)) ?? (await sendText(message, receivers, app, io))
    if (delivery.status === 'sent') await rememberReceivers(receivers, message, app, io)
    return delivery
  },
  async write({ text }, { people }, app, io) {
    const users = Object.values(people).flatMap((addresses) => addresses[wecomAddress.key] ?? [])
    if (users.length === 0) return { status: 'failed', failure: { class: 'no-address', vendor: VENDOR, of: 'wecom' } }
    const content = dialect.escape(text)
    const body = { touser: users.join('|'), msgtype: 'text', agentid: Number(app.agent), text: { content } }
    return reachedBy(await callWecom('/cgi-bin/message/send', body, app, io))
  },
}

async function sendText(message: Message, receivers: Receivers, app: Settings, io: ChannelIo): Promise<Delivery> {
  const content = render(compose(message), dialect, limits.maxBytes, message.language)
  const body = { ...receivers, msgtype: 'text', agentid: Number(app.agent), text: { content } }
  const delivery = reachedBy(await callWecom('/cgi-bin/message/send', body, app, io))
  if (delivery.status === 'sent') await endCards(message, app, io)
  return delivery
}

/** With a callback, what can be acknowledged is a card with buttons. Undefined: it is to be a text, which takes what a card does not. */
async function sendCard(
  message: Message,
  receivers: Receivers,
  app: Settings,
  io: ChannelIo,
): Promise<Delivery | undefined> {
  const card = app.callback && cardOf(message, io.now())
  if (card === undefined) return undefined
  const body = { ...receivers, msgtype: 'template_card', agentid: Number(app.agent), template_card: card }
  const answered = await callWecom('/cgi-bin/message/send', body, app, io)
  const { delivery, answer = {} } = answered
  if (delivery.status === 'failed' && ofTheCard.includes(delivery.failure.class)) return undefined
  const code = answer.response_code
  if (delivery.status === 'sent' && typeof code === 'string' && code !== '' && io.memory)
    await keepCard(
      { incident: message.notice.incident, sender: app.callback?.token ?? '' },
      { task: card.task_id, code },
      io.memory,
      io.now() + CODE_MS,
    )
  return reachedBy(answered)
}

/** What a card may be refused for that a text is not. */
const ofTheCard: string[] = ['bad-request', 'content-refused', 'refused']

/** Puts who has it, or that it is over, in place of the buttons of the incident's cards, for all who got them. A failure costs nothing. */
async function endCards({ notice, digest, language }: Message, app: Settings, io: ChannelIo): Promise<void> {
  const ended = digest?.of.map((one) => one.notice) ?? [notice]
  for (const one of ended) {
    const says = endedText(one, language)
    if (says === undefined || app.callback === undefined || io.memory === undefined) continue
    const cards = await takeCards({ incident: one.incident, sender: app.callback.token }, io.memory, io.now() + CODE_MS)
    await Promise.all(
      cards.map(({ code }) => {
        const body = { atall: 1, agentid: Number(app.agent), response_code: code, button: { replace_name: says } }
        return callWecom('/cgi-bin/message/update_template_card', body, app, io)
      }),
    )
  }
}

/** The vendor says yes, and names whom it has not reached: the rest has it. With nobody left it says 81013. */
function reachedBy({ delivery, answer = {} }: Answered): Delivery {
  if (delivery.status !== 'sent') return delivery
  const missed = ['invaliduser', 'invalidparty', 'invalidtag', 'unlicenseduser'].filter((key) => answer[key])
  return missed.length === 0
    ? delivery
    : { status: 'sent', receipt: quoted(missed.map((key) => `${key}: ${answer[key]}`).join(', ')) }
}

/** A text shows `<a href>` alone; its other tags are shown as they stand, so nothing else is marked. */
const dialect: Dialect = {
  escape: (text) => text.replaceAll('<', '＜').replaceAll('>', '＞'),
  bad: (text) => text,
  good: (text) => text,
  mention: ({ name }) => dialect.escape(name),
  link: ({ text, href }) => `<a href="${safeHref(href)}">${text}</a>`,
  head: (markup) => markup,
  line: (markup) => markup,
  footer: true,
}
