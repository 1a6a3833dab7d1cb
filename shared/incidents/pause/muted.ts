import type { CompiledMaintenance } from '../../contracts/compiled-config.ts'
import type { Matchers } from '../../contracts/matcher.ts'
import { ownProperty } from '../../contracts/own-property.ts'
import type { Instant } from '../../contracts/words.ts'
import { overrideSpan } from '../../oncall/override.ts'
import type { Directory } from '../../oncall/plan.ts'
import type { Matched } from './matched.ts'
import { compileMatchers } from './matcher.ts'
import type { Muted } from './pause.ts'
import { isActive, type Silence } from './silence.ts'
import { activeWindows } from './windows.ts'

/** More nobody reads beside a page: the rest is counted. */
const MOST = 5

/** What is muted in a project now, the longest first: silences that may be for one of its incidents, and maintenance. */
export function mutedIn(
  project: string,
  silences: Silence[],
  maintenance: Record<string, CompiledMaintenance>,
  people: Pick<Directory, 'contacts' | 'overrides'> & { timezone: string },
  now: Instant,
): Muted[] {
  const ofSilences = silences
    .filter((silence) => isActive(silence, now) && mayConcern(silence.matchers, project))
    .map((silence): Muted => {
      const { id, by, comment, maintenance: planned, endsAt } = silence
      const args = { silence: id, by, comment, ...(planned && { maintenance: planned }) }
      const cause = { code: 'silenced' as const, args }
      const isAway = leavesOf(silence, people).some(({ start, end }) => start < endsAt && now < end)
      return { cause, until: endsAt, ...(isAway ? { away: true as const } : {}) }
    })
  const planned = activeWindows(maintenance, now)
    .filter(({ match }) => mayConcern(match, project))
    .map(({ window, until }): Muted => ({ cause: { code: 'maintenance', args: { window } }, until }))
  const all = [...ofSilences, ...planned].toSorted((a, b) => b.until - a.until)
  const more = Math.max(0, all.length - MOST)
  return all.slice(0, MOST).map((one, index) => (more > 0 && index === MOST - 1 ? { ...one, more } : one))
}

/** Whether matchers may fit an incident of a project: what they say of the project does. */
export function mayConcern(groups: Matchers, project: string): boolean {
  const nothing: Matched = {
    project,
    groupKey: '',
    severity: 'info',
    sightings: [],
    source: '',
    title: '',
    summary: '',
  }
  return groups.some((group) => {
    try {
      return compileMatchers([group.filter(({ name }) => name === 'project')])(nothing)
    } catch {
      return false
    }
  })
}

/** When whoever made a silence is on leave: the contact that they are, or where that is not known whoever messages call so. */
export function leavesOf(
  { by, contact }: Silence,
  { contacts, overrides, timezone }: Pick<Directory, 'contacts' | 'overrides'> & { timezone: string },
): { start: Instant; end: Instant }[] {
  return overrides.flatMap((override) => {
    if (!('away' in override)) return []
    const { away } = override
    const isTheirs = contact === undefined ? away === by || ownProperty(contacts, away)?.name === by : away === contact
    return isTheirs ? [overrideSpan(override, timezone)] : []
  })
}
