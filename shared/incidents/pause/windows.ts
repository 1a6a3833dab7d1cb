import type { CompiledMaintenance, CompiledPolicy, CompiledProject } from '../../contracts/compiled-config.ts'
import { GROUP_PREFIX } from '../../contracts/group.ts'
import type { Matchers } from '../../contracts/matcher.ts'
import type { Instant } from '../../contracts/words.ts'
import { wallTime } from '../../oncall/clock.ts'
import { isWithin, nextEdge } from '../../oncall/window.ts'
import { escalatedAs } from '../severity.ts'
import type { Matched } from './matched.ts'
import { compileMatchers } from './matcher.ts'
import type { Pause } from './pause.ts'

/** The pause that maintenance makes of an incident now: of several windows, the one that ends last. */
export function maintenancePause(
  windows: Record<string, CompiledMaintenance>,
  incident: Matched,
  now: Instant,
): Pause | undefined {
  const [longest] = activeWindows(windows, now)
    .filter(({ match }) => compileMatchers(match)(incident))
    .toSorted((a, b) => b.until - a.until)
  if (longest === undefined) return undefined
  const { window, until } = longest
  return { cause: { code: 'maintenance', args: { window } }, until }
}

/** The windows that count now, each with its end. */
export function activeWindows(
  windows: Record<string, CompiledMaintenance>,
  now: Instant,
): { window: string; match: Matchers; until: Instant }[] {
  return Object.entries(windows).flatMap(([window, { match, when, timezone }]) => {
    const until = endOf(when, timezone, now)
    return until === undefined ? [] : [{ window, match, until }]
  })
}

/**
 * The windows that count now, which bear no begin, or that begin within `aheadMs`, each with its end; of one that comes again, the next
 * time.
 */
export function comingWindows(
  windows: Record<string, CompiledMaintenance>,
  now: Instant,
  aheadMs: number,
): { match: Matchers; from?: Instant; until: Instant }[] {
  return Object.values(windows).flatMap((window) => {
    const spell = spellOf(window, now)
    const isSoon = spell !== undefined && (spell.from === undefined || spell.from < now + aheadMs)
    return isSoon ? [{ match: window.match, ...spell }] : []
  })
}

/** When a window counts: now, which bears no begin, or next; undefined: not any more, as far as can be said. */
export function spellOf(
  { when, timezone }: Pick<CompiledMaintenance, 'when' | 'timezone'>,
  now: Instant,
): { from?: Instant; until: Instant } | undefined {
  const until = endOf(when, timezone, now)
  if (until !== undefined) return { until }
  const from =
    'from' in when ? wallTime(when.from, timezone, 'first') : nextEdge(when.during, now, { timezone, calendars: [] })
  const end = from > now ? endOf(when, timezone, from) : undefined
  return end === undefined ? undefined : { from, until: end }
}

/** The pause that a policy makes of what need not wake anybody now; `timezone` is an IANA name. */
export function holdPause(
  { hold }: CompiledPolicy,
  incident: Matched,
  timezone: string,
  now: Instant,
): Pause | undefined {
  const windows = hold?.[escalatedAs(incident)] ?? []
  const until = endOf({ during: windows }, timezone, now)
  return until === undefined ? undefined : { cause: { code: 'held', args: { window: windows.join(', ') } }, until }
}

/** The pause that a policy makes of what has just begun; of an alert that has opened no incident yet there is none. */
export function delayPause(
  { delayMs }: CompiledPolicy,
  incident: Matched & { openedAt?: Instant },
  now: Instant,
): Pause | undefined {
  const ms = delayMs?.[escalatedAs(incident)]
  if (ms === undefined || incident.openedAt === undefined || now >= incident.openedAt + ms) return undefined
  return { cause: { code: 'delayed', args: { ms } }, until: incident.openedAt + ms }
}

/** The pause in which a group of which we have just heard collects more of its alerts, be the first of them as old as it may. */
export function groupWaitPause(
  { groupWaitMs: ms }: Pick<CompiledProject, 'groupWaitMs'>,
  { groupKey, openedAt, heardAt = openedAt }: Matched & { openedAt?: Instant; heardAt?: Instant },
  now: Instant,
): Pause | undefined {
  if (ms === undefined || heardAt === undefined || !groupKey.startsWith(GROUP_PREFIX)) return undefined
  return now < heardAt + ms ? { cause: { code: 'collecting', args: { ms } }, until: heardAt + ms } : undefined
}

/** When what counts now ends, or is to be looked at again; undefined outside of it. */
function endOf(when: CompiledMaintenance['when'], timezone: string, now: Instant): Instant | undefined {
  if ('from' in when) {
    const until = wallTime(when.to, timezone, 'last')
    return wallTime(when.from, timezone, 'first') <= now && now < until ? until : undefined
  }
  const place = { timezone, calendars: [] }
  return isWithin(when.during, now, place) ? nextEdge(when.during, now, place) : undefined
}
