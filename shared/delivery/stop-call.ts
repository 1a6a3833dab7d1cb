import type { Caller, ChannelIo } from '../channels/channel.ts'
import type { Delivered } from '../contracts/machine.ts'
import type { PhoneLineEffect, PhoneLineEvent } from '../phoneline/phone-line.ts'
import type { StoreIo } from '../store/io.ts'
import { phoneRoutes } from './ask-routes.ts'
import { channelIo, type GatewayDeps, resolved } from './vendors.ts'

type Stop = Extract<PhoneLineEffect, { type: 'stop' }>

/** A vendor has so long to confirm that a call is over. */
const STOP_MS = 5_000

/** After 1 s, 2 s, 4 s … and so on while it may ring: a recovery may stop many phones, and a vendor stops few a second. */
const STOP_TRIES = 6

/** A call that nobody can stop is asked about so often, at longer and longer intervals: it goes on for minutes at most. */
const QUERY_TRIES = 4
const QUERY_AGAIN_MS = 10_000

/** Ends a call that is to ring no longer, or finds out how one has ended that nobody can stop. */
export async function stop(
  effect: Stop,
  tries: number,
  deps: GatewayDeps,
  io: StoreIo,
): Promise<Delivered<PhoneLineEvent>> {
  const { seq, contactId, route: index } = effect
  const route = phoneRoutes(deps)[index]
  const voice = deps.voiceRoutes[route?.type ?? '']
  const { settings } = resolved(route?.settings, deps)
  const vendorIo = channelIo(route?.type ?? '', deps, io, STOP_MS)
  if (effect.askedAt !== undefined) return query(effect, effect.askedAt, voice, settings, tries, vendorIo)
  const isOver = (await voice?.stop?.(contactId, settings, vendorIo)) ?? false
  if (!isOver && tries + 1 < STOP_TRIES) return { status: 'later', afterMs: 1_000 * 2 ** tries }
  // Unconfirmed after the last try it may still ring: the phone line waits until its vendor must have ended it.
  return isOver ? { status: 'done', events: [{ type: 'stopped', seq }] } : { status: 'done' }
}

/** While nobody can tell, the phone line waits until the call is certainly over. */
async function query(
  { seq, contactId }: Stop,
  askedAt: number,
  voice: Caller | undefined,
  settings: unknown,
  tries: number,
  io: ChannelIo,
): Promise<Delivered<PhoneLineEvent>> {
  const end = await voice?.query?.(contactId, askedAt, settings, io)
  if (end !== undefined) return { status: 'done', events: [{ type: 'disconnected', seq, contactId, ...end }] }
  if (voice?.query === undefined || tries + 1 >= QUERY_TRIES) return { status: 'done' }
  return { status: 'later', afterMs: QUERY_AGAIN_MS * (tries + 1) }
}
