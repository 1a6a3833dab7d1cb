import type { FactOf } from '../../contracts/fact.ts'
import type { Decision, Machine } from '../../contracts/machine.ts'
import type { Shape } from '../../contracts/versions.ts'
import type { Instant } from '../../contracts/words.ts'
import { firstOf, othersOf, type Place, type TakeOver } from './duty.ts'
import { isSaidAfter, placeBy, type Said, takenBy } from './said.ts'

type Nothing = Record<never, never>

/** Why a region has duty. `region`: in whose stead, or which one is back. */
export type DutyReason = FactOf<{
  'duty-by-order': Nothing
  'duty-silent': { region: string }
  'duty-faulty': { region: string }
  'duty-mute': { region: string }
  'duty-unpaged': { region: string }
  'duty-alone': { region: string }
  'duty-back': { region: string }
  'duty-taken': { by: string; until?: number }
  'duty-released': { by: string }
  /** What somebody had taken for a time is over. */
  'duty-expired': { by: string }
}>

/** Another region has duty from then on, or has it for another reason. */
export interface DutyChange {
  at: Instant
  from: string
  to: string
  why: DutyReason
}

/**
 * Which region pages, as this one knows it: one record in each region. It decides nothing but by what was said by hand; for each incident
 * the regions find out by words and guards.
 */
export interface DutyRecord {
  serving: string
  since: Instant
  why: DutyReason
  /** What was last said by hand. */
  said?: Said
  /** The newest first. */
  history: DutyChange[]
}

/** What watch sees of duty. */
export interface DutySeen {
  /** This region pages something in another's stead. */
  standsIn?: Exclude<TakeOver, 'taken'>
  /** The region that has duty by the order, or by hand, is well again for long enough. */
  isFirstBack: boolean
  /** Another region that works says that it stands in, since then and for that reason. */
  claim?: { region: string; since: Instant; why: DutyReason }
}

/** Where this region stands by the order. */
type Stand = Pick<Place, 'own' | 'order'>

export type DutyEvent =
  /** `from`: the region that has told of it; absent: it is said here. */
  { type: 'said'; said: Said; place: Stand; from?: string } | { type: 'minute'; seen: DutySeen; place: Stand }

export type DutyEffect =
  /** Tells another region what was said at that time. */
  | { type: 'tell'; to: string; at: Instant }
  /** What this region guards is gone on with at once. */
  | { type: 'wake' }

/** The version, and form, in which the record is kept. */
export const dutyShape: Shape<DutyRecord> = { current: 1 }

/** So many changes are kept. */
const MOST_CHANGES = 50

type Decided = Decision<DutyRecord, DutyEffect>

/** The duty of a deployment as one region knows it: (record, event, now) → (record, effects). Pure. */
export const dutyMachine: Machine<DutyRecord, DutyEvent, DutyEffect> = {
  shape: dutyShape,
  transition: (known, event, now) => (event.type === 'said' ? say(known, event, now) : look(known, event, now)),
}

/** Whether duty is another region's than it should be: one stands in. */
export function standsIn({ why: { code } }: Pick<DutyRecord, 'why'>): boolean {
  return ['duty-silent', 'duty-faulty', 'duty-mute', 'duty-unpaged', 'duty-alone'].includes(code)
}

function begin({ order, own }: Stand, now: Instant): DutyRecord {
  return { serving: order[0] ?? own, since: now, why: { code: 'duty-by-order', args: {} }, history: [] }
}

/** The newest that was said wins, wherever it was said first. */
function say(known: DutyRecord | undefined, event: Extract<DutyEvent, { type: 'said' }>, now: Instant): Decided {
  const { said, place, from } = event
  if (!isSaidAfter(said, known?.said)) return { state: known, outbox: [], reason: 'known already' }
  const before = known ?? begin(place, now)
  const record = { ...before, said }
  const first = firstOf(placeBy(place, said, now))
  const isNews = before.said?.region !== undefined || said.region !== undefined
  // Whoever stands in for a lost region finds out by itself when that is over.
  const isLeft = standsIn(before) && first !== place.own && before.serving !== first
  const why = reasonBy(said, place.order, now)
  const moved = isLeft || !isNews ? record : changed(record, first, why, now)
  const tells = from === undefined ? othersOf(place).map((to) => ({ type: 'tell' as const, to, at: said.at })) : []
  const isTaken = takenBy(said, place.order, now) === place.own
  return { state: moved, outbox: [...tells, ...(isTaken ? [{ type: 'wake' as const }] : [])], reason: 'said' }
}

/** What was said says why, and what somebody had taken is over at its end. */
function reasonBy({ region, by, until }: Said, order: string[], now: Instant): DutyReason {
  if (region === undefined || !order.includes(region)) return { code: 'duty-released', args: { by } }
  if (until !== undefined && until <= now) return { code: 'duty-expired', args: { by } }
  return { code: 'duty-taken', args: { by, ...(until !== undefined && { until }) } }
}

/** Once a minute: what has become of duty without anybody's word. */
function look(known: DutyRecord | undefined, event: Extract<DutyEvent, { type: 'minute' }>, now: Instant): Decided {
  const { seen, place } = event
  const record = known ?? begin(place, now)
  const next = lookedAt(record, seen, placeBy(place, record.said, now), now)
  const state = next === record ? known : next
  return { state, outbox: [], reason: state === known ? 'as before' : 'changed' }
}

function lookedAt(
  record: DutyRecord,
  { standsIn: why, isFirstBack, claim }: DutySeen,
  place: Pick<Place, 'own' | 'order' | 'first'>,
  now: Instant,
) {
  const first = firstOf(place)
  const { own } = place
  const isStanding = record.serving === own && own !== first && standsIn(record)
  if (own !== first && why !== undefined && !isStanding)
    return changed(record, own, { code: `duty-${why}`, args: { region: first } }, now)
  if (isStanding && (why !== undefined || !isFirstBack)) return record
  if (claim !== undefined && claim.region !== first)
    return record.serving === claim.region && standsIn(record) ? record : changed(record, claim.region, claim.why, now)
  const isOver = record.why.code === 'duty-taken' && takenBy(record.said, place.order, now) === undefined
  if (record.serving === first && !standsIn(record) && !isOver) return record
  return changed(record, first, reasonToReturn(record, first, place, now), now)
}

function reasonToReturn(record: DutyRecord, first: string, { order }: Stand, now: Instant): DutyReason {
  if (standsIn(record) || record.said === undefined) return { code: 'duty-back', args: { region: first } }
  return reasonBy(record.said, order, now)
}

function changed(record: DutyRecord, to: string, why: DutyReason, at: Instant): DutyRecord {
  const history = [{ at, from: record.serving, to, why }, ...record.history].slice(0, MOST_CHANGES)
  return { ...record, serving: to, since: at, why, history }
}
