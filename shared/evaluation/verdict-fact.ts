import type { Sighting } from '../contracts/alert.ts'
import type { Fact, FactOf } from '../contracts/fact.ts'
import type { VerdictWord } from '../contracts/words.ts'
import type { Consensus } from './consensus.ts'
import type { PartialTrouble } from './partial.ts'

/** A fact names so many vantages; the rest is counted. */
const MOST_NAMED = 3

/** Some vantages, by name, and how many more there are. */
type Places = { vantages: string[]; more: number }

/** What an alert of a check says. */
export type VerdictFact = FactOf<{
  /** Of what no vantage sees, such as a job: `why` is what it says of itself. */
  'check-is': { check: string; verdict: VerdictWord; why?: Fact }
  /** `count` of `all` vantages see it so; `known` of them know anything. */
  'check-seen': { check: string; verdict: VerdictWord; count: number; all: number; known: number }
  /** It counts as what these saw, who cannot say otherwise now. */
  'check-seen-before': { check: string; verdict: VerdictWord; by: Places }
  /** Those who saw it in trouble never came back, so nobody can say what it is. */
  'check-witnesses-gone': { check: string; by: Places }
  'check-without-data': { check: string; from: Places }
  /** It changed so often within so long, and counts as `verdict` until it is calm. */
  'check-held': { check: string; verdict: VerdictWord; changes: number; withinMs: number }
  'check-removed': { check: string }
  /** Some vantages see worse than the others. */
  'partly-bad': { check: string; from: Places; why?: Fact }
  'partly-bad-by-turns': { check: string; from: Places }
  'partly-bad-no-more': { check: string; verdict: VerdictWord }
  /** Some vantages cannot look at it, though others can. Without `why` they report nothing of it. */
  'not-observed': { check: string; from: Places; why?: Fact }
  'not-observed-by-turns': { check: string; from: Places }
  'observed-again': { check: string }
}>

/** What all vantages together make of a check. */
export function verdictFact(check: string, verdict: VerdictWord, consensus: Consensus): VerdictFact {
  const { known, sightings, fault: why, standing } = consensus
  const all = sightings.length
  if (all === 0) return { code: 'check-is', args: { check, verdict, ...(why === undefined ? {} : { why }) } }
  if (standing?.areAllGone && verdict === 'unknown')
    return { code: 'check-witnesses-gone', args: { check, by: placesOf(standing.gone) } }
  if (standing !== undefined && standing.mute.length > 0 && (verdict === 'down' || verdict === 'degraded'))
    return { code: 'check-seen-before', args: { check, verdict, by: placesOf(standing.mute) } }
  const those = sightings.filter((sighting) => sighting.verdict === verdict)
  if (verdict !== 'unknown') return { code: 'check-seen', args: { check, verdict, count: those.length, all, known } }
  return { code: 'check-without-data', args: { check, from: placesOf(those.map(({ vantage }) => vantage)) } }
}

/** What is to be said of vantages that see worse of a check than is believed of it. */
export function partialFact(
  check: string,
  verdict: VerdictWord,
  worseFrom: PartialTrouble | undefined,
  { sightings }: Consensus,
): VerdictFact {
  const notified = worseFrom?.notified ?? []
  if (notified.length === 0) return { code: 'partly-bad-no-more', args: { check, verdict } }
  const from = placesOf(notified)
  if (worseFrom?.flapping.held !== undefined) return { code: 'partly-bad-by-turns', args: { check, from } }
  return { code: 'partly-bad', args: { check, from, ...whyOf(notified[0], sightings) } }
}

/** What is to be said of vantages that cannot look at a check. */
export function unobservingFact(
  check: string,
  unobservingFrom: PartialTrouble | undefined,
  { sightings }: Consensus,
): VerdictFact {
  const notified = unobservingFrom?.notified ?? []
  if (notified.length === 0) return { code: 'observed-again', args: { check } }
  const from = placesOf(notified)
  if (unobservingFrom?.flapping.held !== undefined) return { code: 'not-observed-by-turns', args: { check, from } }
  return { code: 'not-observed', args: { check, from, ...whyOf(notified[0], sightings) } }
}

function whyOf(vantage: string | undefined, sightings: Sighting[]): { why?: Fact } {
  const { fault: why } = sightings.find((one) => one.vantage === vantage) ?? {}
  return why === undefined ? {} : { why }
}

function placesOf(vantages: string[]): Places {
  return { vantages: vantages.slice(0, MOST_NAMED), more: Math.max(0, vantages.length - MOST_NAMED) }
}
