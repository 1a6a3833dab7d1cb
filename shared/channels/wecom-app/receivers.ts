import type { Message } from '../../messages/message.ts'
import type { ChannelIo, Target } from '../channel.ts'
import { fingerprint } from '../robot.ts'
import { wecomAddress } from '../vendors/wecom-address.ts'
import { CALLED } from './called.ts'
import { CODE_MS } from './card.ts'
import type { Settings } from './settings.ts'

/** The vendor takes so many user ids of one message (developer.work.weixin.qq.com, 90236). */
const MOST_USERS = 1_000

/** Who gets one message, as the vendor is told. */
export type Receivers = Record<'touser' | 'toparty' | 'totag', string | undefined>

/**
 * Who gets a message: as the settings say or, of `@called`, whoever it says is called, and whoever has been told of its incidents before:
 * they hear how it goes on. Undefined: nobody.
 */
export async function receiversOf(
  message: Message,
  to: Target,
  app: Settings,
  io: ChannelIo,
): Promise<Receivers | undefined> {
  const { to: named = [], parties = [], tags = [] } = app
  const users = named === CALLED ? await calledIn(message, to, app, io) : [named].flat()
  if (users.length + parties.length + tags.length === 0) return undefined
  return { touser: listed(users), toparty: listed(parties), totag: listed(tags) }
}

/** Keeps who was told of the incidents of a message, for as long as its cards may be changed. */
export async function rememberReceivers(
  { touser = '' }: Receivers,
  message: Message,
  app: Settings,
  { memory, now }: ChannelIo,
): Promise<void> {
  if (app.to !== CALLED || memory === undefined || touser === '') return
  const until = now() + CODE_MS
  await Promise.all(noticesOf(message).map(({ incident }) => memory.write(toldName(incident, app), touser, until)))
}

async function calledIn(message: Message, { people }: Target, app: Settings, { memory }: ChannelIo): Promise<string[]> {
  const notices = noticesOf(message)
  const told = await Promise.all(notices.map(async ({ incident }) => memory?.read(toldName(incident, app))))
  const before = told.flatMap((users) => users?.split('|') ?? [])
  const called = notices.flatMap(({ calling }) => calling.map(({ contact }) => people[contact]?.[wecomAddress.key]))
  const ids = [...called, ...before].filter((id) => typeof id === 'string' && id !== '')
  // User ids differ by more than their case.
  return [...new Map(ids.map((id) => [String(id).toLowerCase(), String(id)])).values()].slice(0, MOST_USERS)
}

function noticesOf({ notice, digest }: Message) {
  return digest?.of.map((one) => one.notice) ?? [notice]
}

function toldName(incident: string, { corp, agent }: Settings): string {
  return `told#${fingerprint(`${corp}#${agent}`)}#${incident}`
}

function listed(ids: string[]): string | undefined {
  return ids.length > 0 ? ids.join('|') : undefined
}
