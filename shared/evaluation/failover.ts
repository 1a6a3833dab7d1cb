import type { CompiledFailover } from '../contracts/compiled-config.ts'
import type { Decision, Machine } from '../contracts/machine.ts'
import type { Instant } from '../contracts/words.ts'
import { confirmed, type RegionResult, UNKNOWN } from './confirmed.ts'
import type { FailoverReason } from './failover-fact.ts'
import {
  type FailoverEffect,
  type FailoverEvent,
  type FailoverState,
  type FailoverTrouble,
  failoverShape,
  type RegionRecord,
} from './failover-state.ts'
import { failoverTroubles } from './failover-troubles.ts'

/** So many changes are kept. */
const MOST_CHANGES = 50

/**
 * Which of several regions serves something. m of the last n checks say that a region is well or faulty. When the one that serves is faulty, the
 * first that is well takes over; an earlier one serves again when it has been well for the hold. While none is known to be well, the last
 * good one keeps serving.
 */
export const failoverMachine: Machine<FailoverState, FailoverEvent, FailoverEffect> = {
  shape: failoverShape,
  transition,
}

/**
 * Whether a region's bot is to be spoken to by this check, which costs money: when that has not gone well for `sayEveryMs`. So one that
 * was faulty is spoken to before it serves again.
 */
export function isToBeSpokenTo(
  { say, sayEveryMs }: Pick<CompiledFailover, 'say' | 'sayEveryMs'>,
  record: RegionRecord | undefined,
  now: Instant,
): boolean {
  return say !== undefined && (record?.spokenAt === undefined || now - record.spokenAt >= sayEveryMs)
}

function transition(
  known: FailoverState | undefined,
  event: FailoverEvent,
  now: Instant,
): Decision<FailoverState, FailoverEffect> {
  const { rules, results, began = '' } = event
  const order = rules.regions.map(({ region }) => region)
  const [home = ''] = order
  const before = known ?? begin(order.includes(began) ? began : home, now)
  const regions = Object.fromEntries(
    order.map((region) => [region, withResult(before.regions[region] ?? UNKNOWN, results[region], rules.confirm, now)]),
  )
  const moved = move({ ...before, regions }, order, rules.holdMs, now)
  const { notified, outbox } = tell(moved, rules.name, home)
  const state = { ...moved, notified }
  const isSame = known !== undefined && JSON.stringify(state) === JSON.stringify(known)
  const reason = moved.serving === before.serving ? (isSame ? 'as before' : 'seen') : 'switched'
  return { state: isSame ? known : state, outbox, reason }
}

function begin(serving: string, now: Instant): FailoverState {
  return { serving, since: now, regions: {}, notified: {}, history: [] }
}

/** A record with one more result. */
function withResult(
  before: RegionRecord,
  result: RegionResult | undefined,
  confirm: CompiledFailover['confirm'],
  now: Instant,
): RegionRecord {
  if (result === undefined || result.found === 'unknown') return before
  const spokenAt = result.spoken ? now : before.spokenAt
  const isSpokenTo = result.found === 'well' && spokenAt !== undefined
  return { ...confirmed(before, result, confirm, now), ...(isSpokenTo && { spokenAt }) }
}

function move(state: FailoverState, order: string[], holdMs: number, now: Instant): FailoverState {
  const next = nextOf(state, order, holdMs, now)
  if (next === undefined) return state
  const { to, why } = next
  const change = { at: now, from: state.serving, to, why }
  return { ...state, serving: to, since: now, why, history: [change, ...state.history].slice(0, MOST_CHANGES) }
}

function nextOf(
  { serving, regions }: FailoverState,
  order: string[],
  holdMs: number,
  now: Instant,
): { to: string; why: FailoverReason } | undefined {
  const well = order.filter((region) => regions[region]?.is === 'well')
  const [first] = well
  if (!order.includes(serving))
    return { to: first ?? order[0] ?? serving, why: { code: 'region-unlisted', args: { region: serving } } }
  const { is, fault } = regions[serving] ?? UNKNOWN
  if (is === 'faulty') {
    if (first === undefined) return undefined
    return { to: first, why: { code: 'region-faulty', args: { region: serving, ...(fault && { fault }) } } }
  }
  for (const region of well.filter((one) => order.indexOf(one) < order.indexOf(serving))) {
    const forMs = now - (regions[region]?.wellSince ?? now)
    if (forMs >= holdMs) return { to: region, why: { code: 'region-back', args: { region, forMs } } }
  }
  return undefined
}

/** What people are to be notified of now that they have not been notified of, and what is over. */
function tell(
  state: FailoverState,
  failover: string,
  home: string,
): { notified: FailoverState['notified']; outbox: FailoverEffect[] } {
  const outbox: FailoverEffect[] = []
  const notified = { ...state.notified }
  for (const [trouble, { holds, begins, ends }] of Object.entries(failoverTroubles)) {
    const name = trouble as FailoverTrouble
    const isOn = holds(state, home)
    if (isOn && notified[name] !== state.serving) {
      notified[name] = state.serving
      outbox.push({ type: 'alert', action: 'trigger', trouble: name, fact: begins(state, failover, home) })
    }
    if (!isOn && notified[name] !== undefined) {
      delete notified[name]
      outbox.push({ type: 'alert', action: 'resolve', trouble: name, fact: ends(state, failover) })
    }
  }
  return { notified, outbox }
}
