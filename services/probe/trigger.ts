import type { Instant } from '../../shared/contracts/words.ts'

/** What a probe is asked for: what is due in the minute of `at`, everything, or the checks of these ids. */
export type Trigger = { run: 'due'; at: Instant } | { run: 'all' } | { run: 'named'; checks: string[] }

/**
 * Decodes an invocation: a schedule's event (EventBridge rule or Scheduler: `source`, `time`), or a person's
 * `{ "all": true }` or `{ "checks": ["pay/web"] }`. Throws for anything else, so that a slip does not pass as a run.
 */
export function triggerOf(event: unknown, now: Instant): Trigger {
  const fields: Record<string, unknown> = typeof event === 'object' && event !== null ? { ...event } : {}
  if (fields.all === true) return { run: 'all' }
  if (isNames(fields.checks)) return { run: 'named', checks: fields.checks }
  if (fields.source === 'aws.events' || fields.source === 'aws.scheduler') {
    const scheduled = typeof fields.time === 'string' ? Date.parse(fields.time) : Number.NaN
    return { run: 'due', at: Number.isNaN(scheduled) ? now : scheduled }
  }
  throw new Error('unknown event: expected a schedule\'s, { "all": true } or { "checks": ["project/name"] }')
}

function isNames(value: unknown): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every((name) => typeof name === 'string')
}
