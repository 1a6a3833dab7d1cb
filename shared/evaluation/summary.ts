import type { VerdictWord } from '../contracts/words.ts'
import type { Judgement } from './judge.ts'
import type { PartialTrouble } from './partial.ts'

/** A summary names so many vantages; the rest is counted. */
const MOST_NAMED = 3

/** `pay/web is down, seen from 2 of 3`. */
export function verdictSummary(id: string, verdict: VerdictWord, { known, sightings }: Judgement): string {
  const of = sightings.length
  if (of === 0) return `${id} is ${verdict}`
  const those = sightings.filter((sighting) => sighting.verdict === verdict)
  if (verdict === 'unknown') return `${id}: no data from ${listed(those.map(({ vantage }) => vantage))}`
  return `${id} is ${verdict}, seen from ${those.length} of ${of}${known < of ? ` (${known} known)` : ''}`
}

/** `pay/web is not well from tencent/ap-guangzhou: HTTP 502`. */
export function partialSummary(
  id: string,
  verdict: VerdictWord,
  worseFrom: PartialTrouble | undefined,
  { sightings }: Judgement,
): string {
  const told = worseFrom?.notified ?? []
  if (told.length === 0) return `${id} is ${verdict} from everywhere`
  if (worseFrom?.flapping.held !== undefined) return `${id} is well and not well by turns from ${listed(told)}`
  const detail = sightings.find(({ vantage }) => vantage === told[0])?.detail
  return `${id} is not well from ${listed(told)}${detail === undefined ? '' : `: ${detail}`}`
}

/** `pay/web cannot be looked at from tencent/ap-guangzhou: ${TOKEN} is not set`. */
export function unobservingSummary(
  id: string,
  blindFrom: PartialTrouble | undefined,
  { sightings }: Judgement,
): string {
  const told = blindFrom?.notified ?? []
  if (told.length === 0) return `${id} is looked at from everywhere`
  if (blindFrom?.flapping.held !== undefined) return `${id} can and cannot be looked at by turns from ${listed(told)}`
  const reason = sightings.find(({ vantage }) => vantage === told[0])?.detail ?? 'it reports nothing of it'
  return `${id} cannot be looked at from ${listed(told)}: ${reason}`
}

function listed(vantages: string[]): string {
  const more = vantages.length - MOST_NAMED
  return [...vantages.slice(0, MOST_NAMED), ...(more > 0 ? [`${more} more`] : [])].join(', ')
}
