import { forEachAtMost } from '../../contracts/at-most.ts'
import type { CompiledConfig } from '../../contracts/compiled-config.ts'
import { MINUTE_MS } from '../../contracts/milliseconds.ts'
import { ownProperty } from '../../contracts/own-property.ts'
import { ownId } from '../../evaluation/own-condition.ts'
import type { OwnFact } from '../../evaluation/own-fact.ts'
import { type Directories, policiesOf } from '../../oncall/owner.ts'
import { pagedBy } from '../../oncall/pages.ts'
import type { Directory } from '../../oncall/plan.ts'
import type { EngineIo } from '../io.ts'
import { type EvaluationConfig, updateOwnVerdict } from '../verdicts/update-verdicts.ts'

/** Whose schedules are looked at for gaps. */
export interface OnCallPeople {
  policies: CompiledConfig['policies']
  directory: Directories
  /** IANA name: that of the configuration. */
  timezone: string
}

/** A gap is told so long before: there is a working day in it to close it. */
const AHEAD_MS = 7 * 86_400_000

/** Rotations change slowly, and each look reads every project's row: once an hour is enough. */
const EVERY_MINUTES = 60

/**
 * A gap within a week in a schedule that is paged is a notice of the project `fenghuo`, until it is closed or over. Rotations and calendars
 * are loaded when the hour has come.
 */
export async function tellGaps(people: OnCallPeople, config: EvaluationConfig, io: EngineIo): Promise<void> {
  if (Math.floor(io.now() / MINUTE_MS) % EVERY_MINUTES !== 0) return
  const schedules = new Map<string, Directory>()
  await forEachAtMost(Object.keys(config.projects), async (project) => {
    const directory = await people.directory(project)
    for (const name of pagedIn(people, project, config)) {
      if (directory && ownProperty(directory.schedules, name) !== undefined) schedules.set(name, directory)
    }
  })
  await forEachAtMost([...schedules], ([name, directory]) => tellGap(name, directory, config, io))
}

async function tellGap(schedule: string, directory: Directory, config: EvaluationConfig, io: EngineIo): Promise<void> {
  const { gapsBetween } = await import('../../oncall/shifts.ts')
  const [gap] = gapsBetween(directory, schedule, io.now(), io.now() + AHEAD_MS)
  const timezone = directory.schedules[schedule]?.timezone ?? 'UTC'
  const fact: OwnFact =
    gap === undefined
      ? { code: 'no-schedule-gap', args: { schedule } }
      : { code: 'schedule-gap', args: { schedule, from: gap.start, to: gap.end, timezone } }
  const subject = { id: ownId({ of: 'gap', schedule }), severity: 'warning' as const }
  await updateOwnVerdict(subject, gap === undefined ? 'up' : 'down', fact, config, io)
}

/** What the policies of a project page, those that it is handed over to with them: names of schedules, and of contacts. */
export function pagedIn(people: OnCallPeople, project: string, { projects }: EvaluationConfig): Set<string> {
  const configured = ownProperty(projects, project)
  return configured === undefined ? new Set() : pagedBy([...policiesOf(configured, people).values()])
}
