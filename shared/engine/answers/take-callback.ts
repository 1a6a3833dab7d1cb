import type { CallbackAnswer, CallbackRequest, Press, Writing } from '../../channels/callback.ts'
import { resolveSettings } from '../../channels/references.ts'
import { callbacks } from '../../channels/registered/callbacks.ts'
import type { CompiledConfig } from '../../contracts/compiled-config.ts'
import type { LogLevel } from '../../contracts/log-entry.ts'
import { ownProperty } from '../../contracts/own-property.ts'
import type { PressAnswer } from '../../contracts/step.ts'
import { channelMemory, readKept } from '../../delivery/channel-memory.ts'
import { readLink } from '../../incidents/acknowledge-link.ts'
import type { Incident } from '../../incidents/incident.ts'
import { formatReference, parseReference } from '../../incidents/reference.ts'
import type { PressResult } from '../../messages/card.ts'
import { answerText as replyText } from '../../messages/reply-answer.ts'
import { addressesOf } from '../../oncall/numbers.ts'
import type { EngineIo } from '../io.ts'
import { type LinkAnswer, type LinkDeps, takeLink } from './take-link.ts'
import { type ReplyDeps, takeReply } from './take-reply.ts'

export interface CallbackDeps extends LinkDeps, ReplyDeps {
  channels: CompiledConfig['channels']
  timezone: string
  env: Record<string, string | undefined>
}

/**
 * Takes what a vendor brings to the address of a channel: a press on a card's button acknowledges as the contact whom the chat knows by
 * the presser's id, and as nobody else. Undefined: no channel of that name listens. Rejects when the table or the directory does: the
 * vendor asks again.
 */
export async function takeCallback(
  name: string,
  request: CallbackRequest,
  deps: CallbackDeps,
  io: EngineIo,
): Promise<CallbackAnswer | undefined> {
  const { type, settings } = ownProperty(deps.channels, name) ?? {}
  const entry = type === undefined ? undefined : ownProperty(callbacks, type)
  if (type === undefined || entry === undefined || !settings) return undefined
  const { addressKey, read } = await entry.reader()
  const values = resolveSettings(settings, deps.env, `channels.${name}`) as never
  const press = read(request, values, io.now(), io.token())
  if ('say' in press) return answerWriting(press, { channel: name, key: addressKey }, deps, io)
  if (!('answer' in press)) return press
  const token = press.kept === undefined ? press.token : await readKept(type, press.kept, deps.secret, io)
  const { taken, name: who } = await takePress(token ?? '', press, addressKey, deps, io)
  if ('incident' in taken) await press.keep?.(formatReference(taken.incident), channelMemory(type, deps.secret, io))
  const result = resultOf(taken, press, who)
  io.log({ level: answerLevel(result.result), event: 'button', channel: name, result: result.result })
  if (press.answerTo !== undefined) await answerLater({ channel: name, to: press.answerTo, ...result }, io)
  return press.answer(result, deps.language)
}

/** Does what somebody asks for by their own words, as the contact whom the chat knows by their id. */
async function answerWriting(
  { say, ...written }: Writing,
  { channel, key }: { channel: string; key: string },
  deps: CallbackDeps,
  io: EngineIo,
): Promise<CallbackAnswer> {
  const { answer, writer } = await takeReply({ key, ...written }, deps, io)
  io.log({ level: answerLevel(answer.result), event: 'reply', channel, result: answer.result })
  return say(replyText(answer, writer?.language ?? deps.language, { now: io.now(), timezone: deps.timezone }))
}

/** Who is nobody whom we know has done nothing, and may believe otherwise. */
function answerLevel(result: string): LogLevel {
  return result === 'nobody' ? 'warn' : 'info'
}

/** What became of a press; `too-old`: the button is, or it is none of ours. */
type Taken = LinkAnswer | { result: 'too-old' }

/** Only `page` speaks to chats. What was pressed has been done: should the queue not take its answer, the card alone tells of it. */
async function answerLater(answer: Omit<PressAnswer, 'v' | 'kind'>, io: EngineIo): Promise<void> {
  await io
    .escalate({ v: 1, kind: 'press', ...answer }, 0)
    .catch((error: unknown) => io.log({ level: 'warn', event: 'press not answered', error: String(error) }))
}

async function takePress(
  token: string,
  { id, otherId = id, act = 'acknowledge', once }: Press,
  key: string,
  deps: CallbackDeps,
  io: EngineIo,
): Promise<{ taken: Taken; name?: string }> {
  const link = readLink(token, deps.secret, io.now())
  if (link === 'invalid' || link === 'expired') return { taken: { result: 'too-old' } }
  const { contacts } = await deps.directory(parseReference(link.incident).project)
  // Nobody's address is empty: a chat that names nobody is no contact without one.
  const ids = [id, otherId].filter(Boolean).map((one) => one.toLowerCase())
  const [contact = null, person] =
    Object.entries(contacts).find(([, one]) => ids.includes(addressesOf(one)[key]?.toLowerCase() ?? '')) ?? []
  const name = person === undefined ? {} : { name: person.name }
  const press = { contact, button: act, ...(once !== undefined && { once }) }
  return { taken: await takeLink(token, press, [], deps, io), ...name }
}

function resultOf(taken: Taken, { act }: Press, name: string | undefined): PressResult {
  if (taken.result === 'too-old') return { result: 'expired' }
  // Where it is over its generation has ended, and another may have begun.
  if (!('incident' in taken)) return { result: taken.result === 'unknown' ? 'unknown' : 'over' }
  if (taken.result === 'nobody' || name === undefined) return { result: 'nobody' }
  if (taken.incident.status !== 'resolved' && act === 'pass') return { result: 'passed', name }
  if (taken.incident.status !== 'resolved' && act === 'silence') return { result: 'silenced', name }
  if (taken.incident.takers?.length && taken.incident.status === 'open') return { result: 'taken', name }
  return whoHas(taken.incident)
}

function whoHas({ status, acknowledged }: Incident): PressResult {
  const name = acknowledged?.by?.name
  if (name !== undefined && status !== 'resolved') return { result: 'taken', name }
  return { result: status === 'acknowledged' ? 'taken' : 'over' }
}
