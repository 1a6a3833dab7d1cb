import type { Change } from '../../contracts/change.ts'
import { OWN_PROJECT } from '../../contracts/compiled-config.ts'
import { type Matchers, projectsOf } from '../../contracts/matcher.ts'
import type { Incident } from '../../incidents/incident.ts'
import { notCalled } from '../../incidents/not-called.ts'
import type { Silence } from '../../incidents/pause/silence.ts'
import { policyOf, type Routed } from '../../incidents/policy-of.ts'
import { escalatedAs } from '../../incidents/severity.ts'
import type { TimelineEntry } from '../../incidents/timeline-entry.ts'
import { handedPolicyAt, type Rule, ruleOf, severityAt, type Written } from '../../incidents/why.ts'
import { directoryOf } from '../../oncall/owner.ts'
import { type PlanSources, planFor } from '../../oncall/plans.ts'
import { changesAround } from '../../store/changes.ts'
import { readTimeline } from '../../store/incidents.ts'
import type { StoreIo } from '../../store/io.ts'
import { readSilences } from '../../store/silences.ts'

/** What has been decided about an incident, and by which rules. */
export interface IncidentWhy {
  /** What was changed in its project just before, the newest first; undefined: that could not be read. */
  changes: Change[] | undefined
  /** Its history, oldest first; without a rule a line only says what has happened. */
  decisions: { entry: TimelineEntry; rule: Rule | undefined }[]
  /** Everybody of its project whose phone did not ring. */
  notCalled: ReturnType<typeof notCalled>
  /** By which it is paged, by its key; undefined: its project is not configured, and no rule can be told. */
  policy: string | undefined
}

/** The rules as they are written, and the people as they are kept, where the incident is. */
export interface WhySources {
  config: PlanSources['config'] & Written['config']
  directory: PlanSources['directory']
  /** Whether whoever asks may be told of a silence, a window or an inhibition that is for these projects; undefined: for any. */
  mayTell(projects: string[] | undefined): boolean
}

/** Tells why an incident paged whom it paged, and nobody else. Rejects when a table does, but for changes. */
export async function whyIncident(
  incident: Incident,
  sources: WhySources,
  io: Pick<StoreIo, 'incidents' | 'checks' | 'log'>,
): Promise<IncidentWhy> {
  const { config, mayTell } = sources
  const isTold = (matchers: Matchers) => mayTell(projectsOf(matchers))
  const [entries, all, changes] = await Promise.all([
    readTimeline(incident, io),
    readSilences(io),
    changesAround(incident.project, incident.openedAt, io),
  ])
  const written = { config: toldOf(config, isTold), silences: all.filter(({ matchers }: Silence) => isTold(matchers)) }
  const ruleBehind = (entry: TimelineEntry) =>
    ruleOf(entry, routedAt(entries, entry, incident), severityAt(entries, entry.at, incident.severity), written)
  return {
    changes,
    decisions: entries.map((entry) => ({ entry, rule: ruleBehind(entry) })),
    notCalled: await notCalledOf(incident, entries, sources),
    policy: policyOf(incident, config)?.name,
  }
}

/** The configuration with those windows and inhibitions alone that may be told: their matchers name what is in other projects. */
function toldOf(config: Written['config'], isTold: (matchers: Matchers) => boolean): Written['config'] {
  const { maintenance = {}, inhibit = {} } = config
  return {
    ...config,
    maintenance: Object.fromEntries(Object.entries(maintenance).filter(([, { match }]) => isTold(match))),
    inhibit: Object.fromEntries(
      Object.entries(inhibit).filter(([, { source, target }]) => isTold(source) && isTold(target)),
    ),
  }
}

/** By what an incident was paged when a line of its history was written. */
function routedAt(entries: TimelineEntry[], { at }: TimelineEntry, { project }: Incident): Routed {
  const handedToPolicy = handedPolicyAt(entries, at)
  return { project, ...(handedToPolicy !== undefined && { handedToPolicy }) }
}

async function notCalledOf(incident: Incident, entries: TimelineEntry[], { config, directory: read }: WhySources) {
  const severity = escalatedAs(incident)
  const { project, once = false, handedTo: first, handedToPolicy: handedTo, openedAt, escalation } = incident
  const { policy: begunBy } = escalation
  const planning = { config, directory: read, phoneHashOf: () => '' }
  const [plan, directory] = await Promise.all([
    planFor(project, severity, openedAt, planning, { once, first, handedTo, begunBy }),
    directoryOf(project, config, read),
  ])
  const found = policyOf(incident, config) ?? policyOf({ project: OWN_PROJECT }, config)
  const pages = (begunBy ?? found?.policy)?.layers.map(({ page }) => page) ?? []
  return notCalled({ incident, entries, plan, policy: { name: found?.name ?? '', pages }, directory, severity })
}
