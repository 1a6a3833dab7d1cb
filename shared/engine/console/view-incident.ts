import type { Change } from '../../contracts/change.ts'
import type { CompiledCheck, CompiledConfig } from '../../contracts/compiled-config.ts'
import type { Instant, VerdictWord } from '../../contracts/words.ts'
import { joined } from '../../evaluation/history.ts'
import { checkKey } from '../../evaluation/record.ts'
import { placeId, type VantageState } from '../../evaluation/vantage.ts'
import type { Incident } from '../../incidents/incident.ts'
import type { TimelineEntry } from '../../incidents/timeline-entry.ts'
import { changesAround } from '../../store/changes.ts'
import { readRuns } from '../../store/history.ts'
import {
  incidentOfNumber,
  listIncidents,
  neighboursOf,
  newestGenerations,
  readTimeline,
} from '../../store/incidents.ts'
import type { StoreIo } from '../../store/io.ts'
import { readVantages } from '../../store/vantages.ts'

/** What is shown of how a check has been: the hour before now, or before its trouble was over. */
export const STRIP_MS = 3_600_000

/** Incidents of a project that began within so long of each other may have one cause. */
const TOGETHER_MS = 600_000

/** More open incidents than these are not looked through for those of the same time. */
const MOST_OPEN = 200

/** So many of the newest times that it was there are looked at. */
const PAST = 8

/** What one vantage, or place, has seen of a check. */
export interface Strip {
  vantage: string
  /** Oldest first. */
  points: { at: Instant; outcome: VerdictWord; latencyMs: number; maintained?: true }[]
}

/** An incident with all that helps whoever has to answer it. */
export interface IncidentView {
  incident: Incident
  timeline: TimelineEntry[]
  /** Absent: it is no check of ours, or nothing is kept of it any more. */
  strips: { until: Instant; of: Strip[] } | undefined
  /** Open incidents of its project that began at nearly the same time. */
  together: Incident[]
  /** Its newest other generations, the newest first. */
  past: Incident[]
  /** What was changed in its project just before it began, or just after, the newest first; undefined: that could not be read. */
  changes: Change[] | undefined
  before: Incident | undefined
  after: Incident | undefined
}

type Io = Pick<StoreIo, 'incidents' | 'checks' | 'log' | 'now'>

/** Reads an incident by its short number; undefined when nobody has that. Rejects when a table does, but for changes. */
export async function viewIncident(
  number: number,
  config: Pick<CompiledConfig, 'checks'>,
  io: Io,
): Promise<IncidentView | undefined> {
  const incident = await incidentOfNumber(number, io)
  if (incident === undefined) return undefined
  const [timeline, strips, open, generations, neighbours, changes] = await Promise.all([
    readTimeline(incident, io),
    stripsOf(incident, config, io),
    incident.status === 'open' ? listIncidents('open', MOST_OPEN, io) : [],
    newestGenerations(incident, PAST, io),
    neighboursOf(incident, io.incidents),
    changesAround(incident.project, incident.openedAt, io),
  ])
  return {
    incident,
    timeline,
    strips,
    together: open.filter((other) => isTogether(incident, other)),
    past: generations.filter(({ generation }) => generation !== incident.generation),
    changes,
    ...neighbours,
  }
}

function isTogether(incident: Incident, other: Incident): boolean {
  if (other.project !== incident.project || other.groupKey === incident.groupKey || other.status !== 'open')
    return false
  return Math.abs(other.openedAt - incident.openedAt) <= TOGETHER_MS
}

/** Whose check an incident is of: what another system says of its alert may have the name of a check, and of another project's. */
export function checkOf(
  { component, project }: Pick<Incident, 'component' | 'project'>,
  { checks }: Pick<CompiledConfig, 'checks'>,
): CompiledCheck | undefined {
  return checks.find((check) => check.id === component && check.project === project)
}

async function stripsOf(incident: Incident, config: Pick<CompiledConfig, 'checks'>, io: Io) {
  const check = checkOf(incident, config)
  if (check === undefined) return undefined
  const { resolved } = incident
  const until = Math.min(io.now(), (resolved?.at ?? Number.POSITIVE_INFINITY) + STRIP_MS / 4)
  const vantages = await readVantages(check.from, io)
  const strips = await Promise.all(vantages.map(({ state }) => stripsFrom(state, check, until, io)))
  const known = strips.flat().filter(({ points }) => points.length > 0)
  return known.length === 0 ? undefined : { until, of: known }
}

/** Of a check whose places are vantages of their own, one for each of these. */
async function stripsFrom(state: VantageState, { id }: CompiledCheck, until: Instant, io: Io): Promise<Strip[]> {
  const runs = await readRuns(state.vantage, state.function, until - STRIP_MS, until + 1, io)
  const named = state.places?.[id]?.map((vantage) => ({ vantage, of: placeId(id, vantage) }))
  return (named ?? [{ vantage: state.vantage, of: id }]).map(({ vantage, of }) => {
    const key = checkKey(of)
    const points = runs.flatMap(({ at, points: all }) =>
      all
        .filter((point) => point.key === key)
        .map(({ outcome, latencyMs, maintained }) => ({ at, outcome, latencyMs, ...(maintained && { maintained }) })),
    )
    return { vantage, points }
  })
}

/**
 * When maintenance lay over looks: each from it until the next, the last until `until`, none for longer than `longestMs`; several as one.
 */
export function maintainedIn(points: Strip['points'], until: Instant, longestMs: number): [Instant, Instant][] {
  const spells = points.flatMap(({ at, maintained }, index): [Instant, Instant][] =>
    maintained ? [[at, Math.min(points[index + 1]?.at ?? until, at + longestMs)]] : [],
  )
  return joined(spells)
}
