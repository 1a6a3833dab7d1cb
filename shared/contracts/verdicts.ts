/**
 * What evaluation makes of observations. No data is `unknown`, never `up`. Vantage states keep the place of a word in this list, in
 * two bits: `shared/evaluation/record.ts`.
 */
export const verdicts = ['up', 'degraded', 'down', 'unknown'] as const
export type VerdictWord = (typeof verdicts)[number]

/** Trouble that was seen is worse than none that could be. */
export const verdictsWorstFirst: readonly VerdictWord[] = ['down', 'degraded', 'unknown', 'up']
