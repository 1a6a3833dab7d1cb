import type { VerdictWord } from '../contracts/words.ts'
import type { Judgement } from './judge.ts'

/**
 * Vantages that see worse of a check than is believed of it, surely enough to be told: that pages nobody, and is a notice. `before`
 * are those it has been told of; it goes on until each of them sees none any more, whatever the check becomes. One that says nothing
 * stays among them, since that is no recovery.
 */
export function partialTrouble(
  before: string[] | undefined,
  verdict: VerdictWord,
  { sightings, certain = [], fine = [] }: Judgement,
): string[] {
  const isTold = before !== undefined
  if (verdict === 'down' && !isTold) return []
  const isNews = sightings.some(
    (one) => certain.includes(one.vantage) && (verdict !== 'degraded' || one.verdict === 'down'),
  )
  if (!isTold && !isNews) return []
  return sightings
    .map(({ vantage }) => vantage)
    .filter((vantage) => certain.includes(vantage) || (before?.includes(vantage) && !fine.includes(vantage)))
}
