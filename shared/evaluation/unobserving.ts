import type { Instant, VerdictWord } from '../contracts/words.ts'
import type { Consensus } from './consensus.ts'
import { lasting, type PartialTrouble } from './partial.ts'

/** Vantages that report, and cannot look at a check that others see. */
export interface UnobservingTrouble extends PartialTrouble {
  /** Since when that is known of each that cannot observe now. */
  since: Record<string, Instant>
}

/** Who cannot look at a check now, though heard of, and how long that has to last before it is told. */
export interface UnobservingVantages {
  from: string[]
  afterMs: number
}

/**
 * What is to be told of vantages that cannot look at a check. What nobody sees is told as such, and an outage as an outage: neither
 * makes news here. It goes on until the vantage knows something of the check again, so falling silent does not end it.
 */
export function unobservingTrouble(
  before: UnobservingTrouble | undefined,
  verdict: VerdictWord,
  { sightings }: Consensus,
  { from, afterMs }: UnobservingVantages,
  now: Instant,
  windowMs: number,
): UnobservingTrouble | undefined {
  const since = Object.fromEntries(from.map((vantage) => [vantage, before?.since[vantage] ?? now]))
  const isNews = verdict === 'up' || verdict === 'degraded'
  const seen = sightings.flatMap(({ vantage, verdict: word }) => {
    const goesOn = before?.seen.includes(vantage) && word === 'unknown'
    return goesOn || (isNews && now - (since[vantage] ?? now) >= afterMs) ? [vantage] : []
  })
  const trouble = lasting(before, seen, sightings, now, windowMs)
  if (trouble === undefined && from.length === 0) return undefined
  return { ...(trouble ?? { seen: [], notified: [], flapping: { changes: [] } }), since }
}

/** Since when a check has been unobserved, UTC ms: by the first of the vantages that people were told of, undefined if that is not known. */
export function unobservingSince(unobservingFrom: UnobservingTrouble | undefined): Instant | undefined {
  const known = (unobservingFrom?.notified ?? []).flatMap((vantage) => unobservingFrom?.since[vantage] ?? [])
  return known.length === 0 ? undefined : Math.min(...known)
}
