import { ofKind } from '../../incidents/notice-kinds.ts'
import { apart, buttonText, cardActs, isToBeTaken } from '../../messages/card.ts'
import { compose } from '../../messages/compose.ts'
import { bytes } from '../../messages/cut.ts'
import { type Dialect, render, safeHref } from '../../messages/markup.ts'
import type { Message } from '../../messages/message.ts'
import { keepCard, takeCards } from '../cards.ts'
import type { ChannelIo, SenderOf, Target } from '../channel.ts'
import { fingerprint } from '../robot.ts'
import { callHook, callMethod, type Said, url, VENDOR } from './call.ts'
import { errors } from './errors.ts'
import type { Settings } from './settings.ts'

/** A section takes 3,000 characters, of which a byte is never more than one. About a message a second for a channel. */
export const limits = { source: 'api.slack.com, Block Kit: section block; Rate limits', maxBytes: 2_900, perMinute: 60 }

/** Characters of a button's value (Block Kit: button element). */
const VALUE = 2_000

/** A message may be changed for so long, as we see it: nobody reads older ones. */
const CARD_MS = 72 * 3_600_000

/** What sends, without what describes it: all that `page` loads of this channel. */
export const slackSender: SenderOf<Settings> = {
  type: VENDOR,
  url,
  errors,
  limits,
  rateKey: ({ hook, token, channel }) => fingerprint(hook ?? `${token}#${channel}`),
  async send(message, to, config, io) {
    const written = blocksOf(message, to, config)
    const first = await postTo(config, written, io)
    const { delivery, answer } = isOfBlocks(first) ? await postTo(config, { text: written.body }, io) : first
    if (delivery.status !== 'sent' || !config.token || !io.memory) return delivery
    if (isToBeTaken(message))
      await keepCard(
        cardsOf(message, config),
        { task: String(answer.ts), code: `${answer.channel}/${answer.ts}` },
        io.memory,
        io.now() + CARD_MS,
      )
    else await changeEarlier(message, to, config, io)
    return delivery
  },
  /** A member's id in place of a channel's writes to them alone (chat.postMessage, "Channels": a DM with the app). */
  async write({ text }, { people }, { token }, io) {
    const [member] = Object.values(people).flatMap(({ slack }) => (slack && isMember(slack) ? [slack] : []))
    if (token === undefined || member === undefined)
      return { status: 'failed', failure: { class: 'no-address', vendor: VENDOR, of: 'slack' } }
    const body = { channel: member, text: escaped(text), unfurl_links: false }
    return (await callMethod('chat.postMessage', body, token, io)).delivery
  },
  /** A message that one member sees, for as long as their client is open (chat.postEphemeral). */
  async answerPress(user, text, { token = '', channel }, io) {
    const { delivery } = await callMethod('chat.postEphemeral', { channel, user, text: escaped(text) }, token, io)
    return delivery
  },
}

interface Written {
  /** What notifications show. */
  text: string
  blocks?: unknown[]
}

function postTo({ hook, token = '', channel }: Settings, { text, blocks }: Written, io: ChannelIo): Promise<Said> {
  const body = { text, ...(blocks && { blocks }) }
  if (hook !== undefined) return callHook(hook, body, io)
  return callMethod('chat.postMessage', { channel, ...body, unfurl_links: false }, token, io)
}

/** Blocks that Slack does not take are said as text, once. */
function isOfBlocks({ delivery }: Said): boolean {
  return delivery.status === 'failed' && ['bad-request', 'content-refused'].includes(delivery.failure.class)
}

/** Those that had a button say how it is now, each of its own incident. A failure costs nothing. */
async function changeEarlier(message: Message, to: Target, app: Settings, io: ChannelIo): Promise<void> {
  for (const one of apart(message).filter((one) => !isToBeTaken(one))) {
    if (io.memory === undefined) return
    const cards = await takeCards(cardsOf(one, app), io.memory, io.now() + CARD_MS)
    const { text, blocks } = blocksOf(one, to, app)
    await Promise.all(
      cards.map(({ code }) => {
        const [channel, ts] = code.split('/')
        return callMethod('chat.update', { channel, ts, text, blocks }, app.token ?? '', io)
      }),
    )
  }
}

function cardsOf({ notice }: Message, { token, channel }: Settings) {
  return { incident: notice.incident, sender: `${token}#${channel}` }
}

function blocksOf(message: Message, to: Target, { signingSecret }: Settings): Written & { body: string } {
  const composition = compose(message)
  const loud = ofKind(message.notice.kind).callsEverybody === true
  const body = render(composition, dialect(to, loud), limits.maxBytes, message.language)
  const section = { type: 'section', text: { type: 'mrkdwn', text: body } }
  const { token } = message.links
  const hasButtons = isToBeTaken(message) && signingSecret !== undefined && token !== undefined && bytes(token) <= VALUE
  const buttons = cardActs.map((act) => ({
    type: 'button',
    action_id: act,
    ...(act === 'acknowledge' && { style: 'primary' }),
    value: token,
    text: { type: 'plain_text', text: buttonText[message.language][act] },
  }))
  const actions = hasButtons ? [{ type: 'actions', elements: buttons }] : []
  return { text: escaped(composition.title), body, blocks: [section, ...actions] }
}

/** Only these three are escaped; a star or a backtick of others would end our own. */
const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('*', '＊')
    .replaceAll('`', "'")

function isMember(id: string): boolean {
  return /^[UW][A-Z0-9]+$/.test(id)
}

const dialect = (to: Target, loud: boolean): Dialect => ({
  escape: escaped,
  bad: (text) => `*${text}*`,
  good: (text) => text,
  mention: ({ contact, name }) => {
    const id = to.people[contact]?.slack
    return id && isMember(id) ? `<@${id}>` : escaped(name)
  },
  link: ({ text, href }) => `<${safeHref(href).replaceAll('|', '%7C')}|${text}>`,
  head: (markup) => `${loud ? '<!channel> ' : ''}${markup}`,
  line: (markup) => `• ${markup}`,
  footer: true,
})
