import type { Instant } from '../contracts/words.ts'
import { wallTime } from './clock.ts'
import type { Override, Roster } from './plan.ts'

/** From an override's first instant to just before its end, UTC ms. */
export function overrideSpan({ from, to }: Override, timezone: string): { start: Instant; end: Instant } {
  return {
    start: wallTime(from, timezone, 'first'),
    end: wallTime(to, timezone, 'last'),
  }
}

/** The overrides that a schedule is ever changed by, in their order: those of its own, and everybody's leave. */
export function overridesOf(roster: Roster, schedule: string): Override[] {
  return roster.overrides.filter((override) => 'away' in override || override.schedule === schedule)
}

/** Those of them that count at an instant. */
export function overridesAt(roster: Roster, schedule: string, timezone: string, at: Instant): Override[] {
  return overridesOf(roster, schedule).filter((override) => {
    const { start, end } = overrideSpan(override, timezone)
    return start <= at && at < end
  })
}

/** Whom an override puts on call, in whatever way. */
export function broughtIn(override: Override): string[] {
  if ('contact' in override) return [override.contact]
  if ('add' in override) return [override.add]
  return 'swap' in override ? override.swap : []
}

/** Everybody whom an override names. */
export function namedIn(override: Override): string[] {
  if ('away' in override) return [override.away]
  if ('remove' in override) return [override.remove]
  if ('contact' in override && override.for !== undefined) return [override.contact, override.for]
  return broughtIn(override)
}

/** What it says, for people: `sre zhao 2026-12-05 18:00 – 2026-12-07 10:00`, `sre + zhao …`, `lin away …`. */
export function overrideText(override: Override): string {
  return `${whatOf(override)} ${override.from} – ${override.to}`
}

function whatOf(override: Override): string {
  if ('away' in override) return `${override.away} away`
  if ('add' in override) return `${override.schedule} + ${override.add}`
  if ('remove' in override) return `${override.schedule} − ${override.remove}`
  if ('swap' in override) return `${override.schedule} ${override.swap.join(' ⇄ ')}`
  return `${override.schedule} ${override.contact}${override.for === undefined ? '' : ` for ${override.for}`}`
}
