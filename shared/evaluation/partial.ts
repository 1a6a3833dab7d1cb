import type { Sighting } from '../contracts/alert.ts'
import type { Instant, VerdictWord } from '../contracts/words.ts'
import type { Consensus } from './consensus.ts'
import { type Flapping, holdFlapping } from './flap.ts'

/** Vantages that see worse of a check than is believed of it. */
export interface PartialTrouble {
  seen: string[]
  /** Those that people are told of: more than `seen` while a trouble that comes and goes is held. */
  notified: string[]
  flapping: Flapping
}

/**
 * What is to be told of vantages that see worse of a check than is believed of it: that pages nobody, and is a notice. `windowMs` is
 * the window in which a check's verdict may change; undefined: nothing.
 */
export function partialTrouble(
  before: PartialTrouble | undefined,
  verdict: VerdictWord,
  consensus: Consensus,
  now: Instant,
  windowMs: number,
): PartialTrouble | undefined {
  return lasting(before, seenWorse(before?.seen ?? [], verdict, consensus), consensus.sightings, now, windowMs)
}

/**
 * Follows which vantages are in trouble, `seen`, over time: undefined when nothing is to be told of them. A trouble that comes and
 * goes is held until it is calm.
 */
export function lasting(
  before: PartialTrouble | undefined,
  seen: string[],
  sightings: Sighting[],
  now: Instant,
  windowMs: number,
): PartialTrouble | undefined {
  // It takes twice the evidence of a verdict, so it changes half as fast.
  const { flapping } = holdFlapping(
    before?.flapping ?? { changes: [] },
    wordOf(seen),
    wordOf(before?.seen ?? []),
    now,
    2 * windowMs,
  )
  const kept = flapping.held === undefined ? [] : (before?.notified ?? [])
  const notified = sightings
    .map(({ vantage }) => vantage)
    .filter((vantage) => seen.includes(vantage) || kept.includes(vantage))
  return notified.length + flapping.changes.length > 0 ? { seen, notified, flapping } : undefined
}

/**
 * Those that are sure of it. It goes on until each of them sees none any more, whatever the check becomes. One that says nothing
 * stays among them, since that is no recovery.
 */
function seenWorse(
  before: string[],
  verdict: VerdictWord,
  { sightings, certain = [], lagging, certainlyDown = [], fine = [] }: Consensus,
): string[] {
  const isKnown = before.length > 0
  if (verdict === 'down' && !isKnown) return []
  // Of a check that is slow, slow is no worse; and while all of them change, the first, or the last, is not sure of it yet.
  const [sure, late] = verdict === 'degraded' ? [certainlyDown, lagging?.degraded] : [certain, lagging?.up]
  const worse = isKnown ? sure : sure.filter((vantage) => !late?.includes(vantage))
  if (!isKnown && worse.length === 0) return []
  return sightings
    .map(({ vantage }) => vantage)
    .filter((vantage) => worse.includes(vantage) || (before.includes(vantage) && !fine.includes(vantage)))
}

function wordOf(vantages: string[]): VerdictWord {
  return vantages.length > 0 ? 'degraded' : 'up'
}
