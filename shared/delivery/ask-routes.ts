import type { Call, Caller, Placed } from '../channels/channel.ts'
import type { CompiledRoute } from '../contracts/compiled-config.ts'
import type { Failure } from '../contracts/failure.ts'
import { DAY_MS } from '../contracts/milliseconds.ts'
import type { Incident } from '../incidents/incident.ts'
import { type CallTraits, traitsOf } from '../phoneline/phone-line.ts'
import type { StoreIo } from '../store/io.ts'
import { type NamedCall, nameCall } from '../store/named-calls.ts'
import { accountsIfPossible, noteIfPossible, refusalOf } from './accounts.ts'
import { enterCall, type Forbidden, takeBack } from './callee-ledger.ts'
import { gatheringMs } from './gathering.ts'
import { waitForRateLimit } from './rate-limit.ts'
import { channelIo, type GatewayDeps, resolved } from './vendors.ts'

/** A call is asked for again with the same token within this, and never after. */
const CALL_MS = 10_000

/** So long a call waits for the end of what its vendor takes of calls to one number; when it would be longer, it is not placed. */
const PATIENCE_MS = 70_000

/** What a route needs to know of a call, without what is to be said. */
type Wanted = Omit<Call, 'message' | 'slots'>

/** What is to be said, which a route's keys are part of. */
type Say = (voice: Caller) => Pick<Call, 'message' | 'slots'>

/** A route, its place among all, and its settings with their values. */
interface RouteInTurn {
  voice: Caller
  index: number
  settings: unknown
}

/** What became of a call, and what is particular to calls of the route that took it. */
export type PlacedBy =
  | (Extract<Placed, { status: 'placed' }> & { route: number } & CallTraits)
  | (Extract<Placed, { status: 'unknown' }> & CallTraits)
  | Extract<Placed, { status: 'retry' | 'refused' }>

/** The configured routes of phone calls, in their listed order. */
export function phoneRoutes(deps: GatewayDeps): CompiledRoute[] {
  return (deps.config.channels.phone?.settings as { routes: CompiledRoute[] } | undefined)?.routes ?? []
}

/**
 * Places a call on the first route that takes it. The next is tried only after a definite refusal, never after an unknown result. One that
 * refuses for now is asked again, unless the call has `waited` for it already: then the next is tried too. A route whose account refuses
 * everything is passed over while there is another one; the last is asked whatever is known of it.
 */
export async function placeOnFirst(
  { routes, waited, about }: { routes: CompiledRoute[]; waited: boolean; about: Incident[] },
  call: Wanted,
  say: Say,
  deps: GatewayDeps,
  io: StoreIo,
): Promise<PlacedBy> {
  const failures: Failure[] = []
  let later: Extract<Placed, { status: 'retry' }> | undefined
  const all = phoneRoutes(deps)
  const isFixed = ({ type }: CompiledRoute) => deps.voiceRoutes[type]?.lastsMs !== undefined
  const gathering = waited || !routes.some(isFixed) ? 0 : gatheringMs(about, io)
  const [accounts, afterMs] = await Promise.all([accountsIfPossible(io), gathering])
  for (const route of routes) {
    const voice = deps.voiceRoutes[route.type]
    if (voice === undefined) continue
    const { settings, unset } = resolved(route.settings, deps)
    const index = all.indexOf(route)
    // What can't be told of more once it is placed is placed when the storm is there.
    if (afterMs > 0 && voice.lastsMs !== undefined) return { status: 'retry', afterMs, failure: { class: 'gathering' } }
    const account = unset === undefined ? `${voice.type}#${voice.rateKey(settings)}` : ''
    const known = accounts[account]
    const refusal = unset ?? (route === routes.at(-1) ? undefined : refusalOf(known, io.now()))
    const placed: Placed =
      refusal === undefined
        ? await placeInTurn({ voice, index, settings }, call, say, deps, io)
        : { status: 'refused', failure: refusal }
    const isDefinite = placed.status === 'placed' || placed.status === 'refused'
    if (refusal === undefined && isDefinite)
      await noteIfPossible(account, voice.type, 'failure' in placed ? placed.failure : undefined, known, io)
    if (placed.status === 'placed') return { ...placed, route: index, ...traitsOfCaller(voice) }
    if (placed.status === 'unknown') return { ...placed, ...traitsOfCaller(voice) }
    if (placed.status === 'refused') failures.push(placed.failure)
    else if (!waited) return placed
    else if (later === undefined || placed.afterMs < later.afterMs) later = placed
  }
  if (later !== undefined) return later
  const [first, ...others] = failures
  if (first === undefined) return { status: 'refused', failure: { class: 'no-route' } }
  return { status: 'refused', failure: others.length === 0 ? first : { class: 'routes-refused', each: failures } }
}

/**
 * Places a call when the route has not placed as many in this second, or from its number in this day, as its vendor takes, and its vendor
 * takes one more to this number; else it is to be placed a little later, or not at all.
 */
async function placeInTurn(
  route: RouteInTurn,
  call: Wanted,
  say: Say,
  deps: GatewayDeps,
  io: StoreIo,
): Promise<Placed> {
  const { voice, settings } = route
  const { perSecond, perDay, perCallee } = voice.limits
  const rateKey = voice.rateKey(settings)
  const afterMs = await waitForRateLimit(`${voice.type}#${rateKey}`, perSecond, 1_000, io)
  if (afterMs > 0) {
    const failure = { class: 'our-limit', vendor: voice.type, per: 'second', limit: perSecond } as const
    return { status: 'retry', afterMs, failure }
  }
  if (perDay !== undefined && (await waitForRateLimit(`${voice.type}#${rateKey}#day`, perDay, DAY_MS, io)) > 0) {
    const failure = { class: 'our-limit', vendor: voice.type, per: 'day', limit: perDay } as const
    return { status: 'refused', failure }
  }
  if (perCallee === undefined) return place(route, call, say, deps, io)
  const callee = `${perCallee.of}#${rateKey}#${call.phoneHash}`
  const windows = voice.calleeWindows?.(settings) ?? perCallee.windows
  const why = await enterCall({ callee, token: call.token }, windows, perCallee, io)
  if (why !== undefined) return notPlaced(voice, why)
  const placed = await place(route, call, say, deps, io)
  if (placed.status === 'retry') await takeBack(callee, io).catch((error: unknown) => logged(voice, error, io))
  return placed
}

function notPlaced({ type }: Caller, { window, afterMs }: Forbidden): Placed {
  const failure = { class: 'callee-limit', vendor: type, limit: window.calls, ms: window.ms } as const
  return afterMs <= PATIENCE_MS ? { status: 'retry', afterMs, failure } : { status: 'refused', failure }
}

/**
 * Asks the vendor. An error of ours before that is a refusal: another route or channel takes over. After one on the way nobody knows
 * whether the vendor was asked, so nobody is asked again.
 */
async function place(
  { voice, index, settings }: RouteInTurn,
  call: Wanted,
  say: Say,
  deps: GatewayDeps,
  io: StoreIo,
): Promise<Placed> {
  const failure = { class: 'own-error', vendor: voice.type } as const
  let isAsked = false
  try {
    const words = say(voice)
    if (voice.receipts !== undefined) await nameCall(call.name, namedBy(voice, voice.receipts.vendor, index, call), io)
    isAsked = true
    return await voice.place({ ...call, ...words }, settings, channelIo(voice.type, deps, io, CALL_MS))
  } catch (error) {
    io.log({ level: 'error', event: 'dial', route: voice.type, error: String(error) })
    return { status: isAsked ? 'unknown' : 'refused', failure }
  }
}

function namedBy(voice: Caller, vendor: string, route: number, { phoneHash, seq }: Wanted): NamedCall {
  return { phoneHash, seq, vendor, type: voice.type, route, ...traitsOfCaller(voice) }
}

function traitsOfCaller({ keys, ...voice }: Caller): CallTraits {
  return { ...traitsOf(voice), ...(keys.length === 0 && { keyless: true }) }
}

function logged({ type }: Caller, error: unknown, io: StoreIo): void {
  io.log({ level: 'warn', event: 'call not taken back', route: type, error: String(error) })
}
