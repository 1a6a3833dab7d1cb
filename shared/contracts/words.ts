import * as z from 'zod'

/** A point in time: milliseconds since 1970-01-01 UTC. */
export type Instant = number

/** How bad an alert is, worst first. The names are PagerDuty's common event format. */
export const severities = ['critical', 'error', 'warning', 'info'] as const
export const severity = z.enum(severities)
export type Severity = z.infer<typeof severity>

/** What evaluation makes of observations. No data is `unknown`, never `up`. */
export const verdicts = ['up', 'degraded', 'down', 'unknown'] as const
export const verdictWord = z.enum(verdicts)
export type VerdictWord = z.infer<typeof verdictWord>

export type Language = 'zh' | 'en'
