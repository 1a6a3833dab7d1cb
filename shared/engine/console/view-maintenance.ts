import type { CompiledConfig, CompiledMaintenance } from '../../contracts/compiled-config.ts'
import { matcherText, projectsOf } from '../../contracts/matcher.ts'
import type { Instant } from '../../contracts/words.ts'
import { spellOf } from '../../incidents/pause/windows.ts'

/** A maintenance window as it is configured, and when it counts. */
export interface MaintenanceView extends Pick<CompiledMaintenance, 'timezone'> {
  name: string
  /** It is for what fits all matchers of one of these groups. */
  matchers: string[][]
  /** Those that these are for; undefined: any. */
  projects: string[] | undefined
  /** Windows of the week; absent: it is once. */
  during?: string[]
  state: 'now' | 'coming' | 'over'
  /** Of the next time; absent while it counts. */
  startsAt?: Instant
  /** Of this time, or of the next. */
  endsAt?: Instant
}

/** The maintenance windows of a configuration at a time. */
export function viewMaintenance({ maintenance = {} }: Pick<CompiledConfig, 'maintenance'>, now: Instant) {
  return Object.entries(maintenance).map(([name, window]): MaintenanceView => {
    const { match, when, timezone } = window
    const spell = spellOf(window, now)
    return {
      name,
      matchers: match.map((group) => group.map(matcherText)),
      projects: projectsOf(match),
      timezone,
      ...('during' in when && { during: when.during }),
      state: spell === undefined ? 'over' : spell.from === undefined ? 'now' : 'coming',
      ...(spell?.from !== undefined && { startsAt: spell.from }),
      ...(spell && { endsAt: spell.until }),
    }
  })
}
