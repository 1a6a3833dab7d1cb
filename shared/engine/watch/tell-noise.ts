import { forEachAtMost, mapAtMost } from '../../contracts/at-most.ts'
import { MINUTE_MS, WEEK_MS } from '../../contracts/milliseconds.ts'
import type { Instant } from '../../contracts/words.ts'
import type { OwnFact } from '../../evaluation/own-fact.ts'
import type { Incident } from '../../incidents/incident.ts'
import type { Noise, Recorded } from '../../incidents/report.ts'
import { oneLine } from '../../messages/cut.ts'
import { listIncidents, readIncident, readTimeline } from '../../store/incidents.ts'
import type { EngineIo } from '../io.ts'
import type { EvaluationConfig } from '../verdicts/update-verdicts.ts'
import { ownKey, raiseOwn } from './raise-own.ts'
import type { OnCallPeople } from './tell-gaps.ts'

/** When it is told, by the time zone of the configuration: there is a week ahead to put it right. The quarter is looked at three times. */
const WHEN = 'Mon 09:00-09:15'
const QUARTER_MS = 15 * MINUTE_MS
const EVERY_MINUTES = 5

/** What opened so many incidents in a week is noise, unless somebody says why not. */
const RECURRING = 3

/** Incidents looked through, and histories read, newest first. */
const LISTED = 500
const READ = 100
const AT_ONCE = 16

/** As many are named; more are counted. */
const NAMED = 5
const TITLE_CHARACTERS = 24

/** Once a week each project hears what has alerted again and again, if anything has: what to put right, or to be told of in another way. */
export async function tellNoise(people: OnCallPeople, config: EvaluationConfig, io: EngineIo): Promise<void> {
  if (Math.floor(io.now() / MINUTE_MS) % EVERY_MINUTES !== 0) return
  const { isWithin } = await import('../../oncall/window.ts')
  if (!isWithin([WHEN], io.now(), { timezone: people.timezone, calendars: [] })) return
  const at = Math.floor(io.now() / QUARTER_MS) * QUARTER_MS
  const listed = await Promise.all((['open', 'resolved'] as const).map((which) => listIncidents(which, LISTED, io)))
  const often = listed
    .flat()
    .filter(({ generation, lastAlertAt }) => generation >= RECURRING && lastAlertAt >= at - WEEK_MS)
    .slice(0, READ)
  const byProject = Map.groupBy(often, ({ project }) => project)
  const isToBeTold = (project: string) => {
    const { chat = [], weeklyNoise = true } = config.projects[project] ?? {}
    return weeklyNoise && chat.length > 0
  }
  const works = [...byProject].filter(([project]) => isToBeTold(project))
  await forEachAtMost(works, ([project, incidents]) => tell({ project, incidents, at }, people, config, io))
}

async function tell(
  { project, incidents, at }: { project: string; incidents: Incident[]; at: Instant },
  people: OnCallPeople,
  config: EvaluationConfig,
  io: EngineIo,
): Promise<void> {
  if ((await readIncident({ project, groupKey: ownKey('noise', at) }, io.incidents)) !== undefined) return
  const noisy = await noiseIn(project, incidents, at, people, io)
  if (noisy.length === 0) return
  const fact: OwnFact = {
    code: 'recurring-noise',
    args: {
      things: noisy.slice(0, NAMED).map(({ title, code, incidents: times, nights }) => ({
        title: oneLine(title, TITLE_CHARACTERS),
        ...(code && { code }),
        times,
        nights,
      })),
      more: Math.max(0, noisy.length - NAMED),
    },
  }
  await raiseOwn({ project, key: ['noise', at], at, severity: 'info', once: true }, fact, config, io)
}

/** What of a project has opened so many incidents in the week before a time. */
async function noiseIn(
  project: string,
  incidents: Incident[],
  to: Instant,
  people: OnCallPeople,
  io: EngineIo,
): Promise<Noise[]> {
  const [{ onePerThing, reportOf }, { nightsOf }] = await Promise.all([
    import('../../incidents/report.ts'),
    import('../../oncall/night.ts'),
  ])
  const recorded = await mapAtMost(AT_ONCE, onePerThing(incidents), async (incident): Promise<Recorded> => {
    const { groupKey } = incident
    return { incident, entries: await readTimeline({ project, groupKey }, io) }
  })
  const contacts = Object.values((await people.directory(project))?.contacts ?? {})
  const isNight = nightsOf(contacts, people.timezone)
  const { noisiest } = reportOf(recorded, { from: to - WEEK_MS, to }, [], isNight)
  return noisiest.filter((noise) => noise.incidents >= RECURRING)
}
