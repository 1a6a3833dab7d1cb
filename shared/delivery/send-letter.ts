import { ANSWER_MS, type Delivery } from '../channels/channel.ts'
import type { LetterMessage } from '../contracts/step.ts'
import { letterIn } from '../messages/letters.ts'
import { addressesOf } from '../oncall/numbers.ts'
import { directoryOf } from '../oncall/owner.ts'
import type { StoreIo } from '../store/io.ts'
import { signInToken } from '../store/sign-in-links.ts'
import { type Addressed, addressed } from './addressed.ts'
import { deliveryLevels } from './log-levels.ts'
import { channelIo, type GatewayDeps, resolved } from './vendors.ts'

/**
 * Sends somebody a letter: by mail, by an application of their chat that writes to one person, or by a text whose vendor takes any words;
 * by the next after a definite refusal alone. Rejects when the directory does.
 */
export async function sendLetter(message: LetterMessage, deps: GatewayDeps, io: StoreIo): Promise<Delivery> {
  const { project, contact, content, url } = message
  const { contacts } = await directoryOf(project, deps.config, deps.directory)
  const language = contacts[contact]?.language ?? deps.config.language
  // Only here the link has its token: no queue, and no dead letter, lets anybody in.
  const link = content.code === 'sign-in' ? `${url}?link=${signInToken(content.id, deps.secret)}` : url
  const letter = letterIn(content, link, language)
  let delivery: Delivery = { status: 'failed', failure: { class: 'no-route' } }
  for (const { channel, target, settings } of await waysTo(contact, project, deps)) {
    if (channel.write === undefined) continue
    const timeMs = channel.limits.answerMs ?? ANSWER_MS
    delivery = await channel.write(letter, target, settings, channelIo(channel.type, deps, io, timeMs))
    if (delivery.status !== 'failed') break
  }
  io.log({ level: deliveryLevels[delivery.status], event: 'letter', project, contact, code: content.code, delivery })
  return delivery
}

type Way = Pick<Addressed, 'channel' | 'target' | 'settings'>

async function waysTo(contact: string, project: string, deps: GatewayDeps): Promise<Way[]> {
  const by = async (channel: 'email' | 'sms'): Promise<Way[]> => {
    const post = await addressed({ contact, channel }, project, deps)
    return 'failure' in post ? [] : [post, ...(post.others ?? [])]
  }
  const { contacts } = await directoryOf(project, deps.config, deps.directory)
  const target = { people: { [contact]: addressesOf(contacts[contact] ?? { name: contact }) } }
  const chats = Object.values(deps.config.channels).flatMap(({ name, type, settings: written }): Way[] => {
    const channel = deps.channels[type]
    const { settings, unset } = resolved(written, deps)
    return name === 'email' || channel === undefined || unset ? [] : [{ channel, target, settings }]
  })
  return [...(await by('email')), ...chats, ...(await by('sms'))]
}
