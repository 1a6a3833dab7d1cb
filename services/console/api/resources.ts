import type * as z from 'zod/mini'
import { inBoth } from '../../../shared/contracts/words.ts'
import { seenOf } from '../../../shared/engine/console/action.ts'
import type { Measured } from '../../../shared/engine/console/measure.ts'
import type { IncidentView } from '../../../shared/engine/console/view-incident.ts'
import { standingOf } from '../../../shared/messages/console-standing.ts'
import { summaryIn, titleIn } from '../../../shared/messages/facts.ts'
import type { VendorWords } from '../../../shared/messages/failure.ts'
import { timelineText } from '../../../shared/messages/timeline.ts'
import type { Incident } from '../pages/pieces.tsx'
import type { acted, checkList, incident, incidentWhole } from './schemas.ts'

/** In which zone the times within sentences are written, and what is now. */
export interface Reading {
  timezone: string
  now: number
}

const iso = (at: number) => new Date(at).toISOString()

/** An incident as programs get it: none of the escalation's workings. */
export function incidentResource(of: Incident, { now, timezone }: Reading): z.infer<typeof incident> {
  const { number, project, generation, groupKey, severity, status, openedAt, acknowledged, resolved } = of
  const { labels = {}, links, runbook, sightings } = of
  return {
    number,
    id: `${project}#${generation}#${groupKey}`,
    project,
    title: inBoth((language) => titleIn(language, of)),
    summary: inBoth((language) => summaryIn(language, of)),
    severity,
    status,
    openedAt: iso(openedAt),
    ...(acknowledged && { acknowledged: actionResource(acknowledged) }),
    ...(resolved && { resolved: actionResource(resolved) }),
    standing: inBoth((language) => standingOf(of, now, language, timezone).text),
    labels,
    links,
    ...(runbook !== undefined && { runbook }),
    sightings: sightings.map(({ vantage, verdict, latencyMs }) => ({
      vantage,
      verdict,
      ...(latencyMs !== undefined && { latencyMs }),
    })),
    seen: seenOf(of),
  }
}

function actionResource({ at, via, by }: NonNullable<Incident['acknowledged']>) {
  return { at: iso(at), via, ...(by && { by: { contact: by.contact, name: by.name } }) }
}

export function wholeResource(
  { incident: of, timeline, together, before, after }: IncidentView,
  vendors: VendorWords,
  reading: Reading,
): z.infer<typeof incidentWhole> {
  return {
    ...incidentResource(of, reading),
    timeline: timeline.map((entry) => ({
      at: iso(entry.at),
      kind: entry.kind,
      text: inBoth((language) => timelineText(entry, language, reading.timezone, vendors)),
    })),
    together: together.map(({ number }) => number),
    ...(before && { before: before.number }),
    ...(after && { after: after.number }),
  }
}

export function checksResource({ checks }: Measured): z.infer<typeof checkList> {
  return {
    checks: checks.map(({ id, project, kind, verdict = 'unknown', since, seen }) => ({
      id,
      project,
      kind,
      verdict,
      ...(since !== undefined && { since: iso(since) }),
      seen: seen.map(({ vantage, outcome, at, latencyMs }) => ({ vantage, verdict: outcome, at: iso(at), latencyMs })),
    })),
  }
}

export function actedResource(
  result: z.infer<typeof acted>['result'],
  of: Incident,
  reading: Reading,
): z.infer<typeof acted> {
  return { result, incident: incidentResource(of, reading) }
}
