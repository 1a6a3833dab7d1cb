import { CALLED_OFF_MS, type IncidentKey, PROMISE_MS, type Region } from './cast.ts'
import type { RegionEvent } from './stage.ts'

/** What a rehearsal with two regions came to. */
export interface RegionsScore {
  ok: boolean
  /** From the first region being killed, in the middle of a ring, to the second one's call; null: there was none. */
  takeoverMs: number | null
  /** From the killed region being back to its knowing that somebody has it. */
  learntMs: number | null
  /** From the two being together again to the first knowing that somebody has it. */
  metMs: number | null
  /** How many calls there were for each incident, by region. */
  calls: { incident: IncidentKey; byRegion: Partial<Record<Region, number>> }[]
  broken: Broken[]
}

/** How the promise was broken. */
export type Broken =
  | { what: 'late'; incident: IncidentKey; ms: number | null }
  | { what: 'too many calls'; incident: IncidentKey; phone: string; calls: number; most: number }
  /** Somebody was called, or still rang, when the region had known for `ms` that it was taken or over. */
  | { what: 'called in vain'; incident: IncidentKey; region: Region; phone: string; ms: number }

type Call = { region: Region; phone: string; at: number; endedAt: number }

/** Judges the promise (docs/guides/regions.md) by what happened. Pure. */
export function judge(events: RegionEvent[]): RegionsScore {
  const acts = actsOf(events)
  const broken = acts.flatMap((act) => [...late(act), ...tooMany(act), ...inVain(act)])
  const at = (wanted: (event: RegionEvent) => boolean) => events.find(wanted)?.at
  const killed = at((event) => event.type === 'region' && event.is === 'killed')
  const back = events.filter((event) => event.type === 'region' && event.is === 'started')[2]
  const mended = at((event) => event.type === 'link' && event.is === 'mended')
  return {
    ok: broken.length === 0,
    takeoverMs: between(killed, acts.find(({ losses }) => losses.includes('killed'))?.calls[1]?.at),
    learntMs: between(back?.at, takenSince(events, back?.at)),
    metMs: between(mended, takenSince(events, mended)),
    calls: acts.map(({ incident, calls }) => ({ incident, byRegion: byRegion(calls) })),
    broken,
  }
}

/** All that happened from an alert's being sent until the next one is. */
interface Act {
  incident: IncidentKey
  sentAt: number
  /** The last of what was lost or cut before somebody was called. */
  from: number
  losses: ('killed' | 'cut')[]
  calls: Call[]
  /** When each region first knew that it was taken or over. */
  known: Map<Region, number>
}

function actsOf(events: RegionEvent[]): Act[] {
  const acts: Act[] = []
  // What is cut before an alert is a part of its act.
  let pending: Act['losses'] = []
  for (const [index, event] of events.entries()) {
    const act = acts.at(-1)
    if (event.type === 'link' && event.is === 'cut') pending = ['cut']
    if (event.type === 'alert' && event.is === 'sent') {
      acts.push({
        ...{ incident: event.incident, sentAt: event.at, from: event.at, losses: pending },
        calls: [],
        known: new Map(),
      })
      pending = []
    }
    if (act === undefined) continue
    if (event.type === 'region' && event.is === 'killed') {
      act.losses.push('killed')
      act.from = event.at
    }
    if (event.type === 'ring') act.calls.push({ ...event, endedAt: endOf(event, events.slice(index)) })
    if (event.type === 'entry' && event.incident === act.incident && isKnowing(event) && !act.known.has(event.region))
      act.known.set(event.region, event.at)
  }
  return acts
}

function isKnowing({ entry }: Extract<RegionEvent, { type: 'entry' }>): boolean {
  return entry.kind === 'acknowledged' || entry.kind === 'resolved'
}

/** When a call was over; the phones of a region that is killed fall silent with it. */
function endOf({ region, call }: Extract<RegionEvent, { type: 'ring' | 'listening' | 'ended' }>, later: RegionEvent[]) {
  const end = later.find(
    (event) =>
      (event.type === 'ended' && event.call === call) ||
      (event.type === 'region' && event.is === 'killed' && event.region === region),
  )
  return end?.at ?? Number.POSITIVE_INFINITY
}

/** Somebody has to be called within the promise of the alert, and of each loss before it was taken. */
function late({ incident, from, calls }: Act): Broken[] {
  const first = calls.find(({ at }) => at >= from)
  const ms = first === undefined ? null : first.at - from
  return ms === null || ms > PROMISE_MS ? [{ what: 'late', incident, ms }] : []
}

/** One call a person, and one more for each loss or cut. */
function tooMany({ incident, calls, losses }: Act): Broken[] {
  const most = 1 + losses.length
  const byPhone = Map.groupBy(calls, ({ phone }) => phone)
  return [...byPhone].flatMap(([phone, { length }]) =>
    length > most ? [{ what: 'too many calls' as const, incident, phone, calls: length, most }] : [],
  )
}

function inVain({ incident, calls, known }: Act): Broken[] {
  return calls.flatMap(({ region, phone, at, endedAt }) => {
    const knownAt = known.get(region) ?? Number.POSITIVE_INFINITY
    const ms = endedAt - knownAt
    const isInVain = at > knownAt || ms > CALLED_OFF_MS
    return isInVain ? [{ what: 'called in vain' as const, incident, region, phone, ms }] : []
  })
}

function takenSince(events: RegionEvent[], since: number | undefined): number | undefined {
  if (since === undefined) return undefined
  const taken = (event: RegionEvent) =>
    event.type === 'entry' && event.entry.kind === 'acknowledged' && event.at >= since
  return events.find(taken)?.at
}

function between(from: number | undefined, to: number | undefined): number | null {
  return from === undefined || to === undefined ? null : to - from
}

function byRegion(calls: Call[]): Partial<Record<Region, number>> {
  return Object.fromEntries(
    [...Map.groupBy(calls, ({ region }) => region)].map(([region, { length }]) => [region, length]),
  )
}
