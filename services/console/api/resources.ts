import type * as z from 'zod/mini'
import type { Change } from '../../../shared/contracts/change.ts'
import { inBoth, type Language } from '../../../shared/contracts/words.ts'
import { seenOf } from '../../../shared/engine/console/action.ts'
import type { MeasuredCheck } from '../../../shared/engine/console/measure.ts'
import type { SilenceView } from '../../../shared/engine/console/silences.ts'
import type { IncidentView } from '../../../shared/engine/console/view-incident.ts'
import type { MaintenanceView } from '../../../shared/engine/console/view-maintenance.ts'
import type { ScheduleView } from '../../../shared/engine/console/view-oncall.ts'
import type { IncidentWhy } from '../../../shared/engine/console/why-incident.ts'
import { standingOf } from '../../../shared/messages/console/standing.ts'
import { summaryIn, titleIn } from '../../../shared/messages/facts.ts'
import type { VendorWords } from '../../../shared/messages/failure.ts'
import { timelineText } from '../../../shared/messages/timeline.ts'
import { notCalledText, ruleText } from '../../../shared/messages/why.ts'
import type { Incident } from '../pages/pieces.tsx'
import type { incidentWhy } from './schemas/why.ts'
import type { check, incident, incidentWhole, schedule, silence as silenceSchema } from './schemas.ts'

/** In which zone the times within sentences are written, and what is now. */
export interface Reading {
  timezone: string
  now: number
}

const iso = (at: number) => new Date(at).toISOString()

/** An incident as programs get it: none of the escalation's workings. */
export function incidentResource(of: Incident, { now, timezone }: Reading): z.infer<typeof incident> {
  const { number, project, generation, groupKey, severity, status, openedAt, acknowledged, resolved } = of
  const { labels = {}, links, runbook, sightings, mergedInto } = of
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
    ...(mergedInto && { mergedInto: mergedInto.number }),
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
  { incident: of, timeline, together, past, changes, before, after }: IncidentView,
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
    past: past.map(({ number }) => number),
    ...(changes && { changes: changes.map(changeResource) }),
    ...(before && { before: before.number }),
    ...(after && { after: after.number }),
  }
}

function changeResource({ at, ...change }: Change) {
  return { at: iso(at), ...change }
}

export function whyResource(
  of: Incident,
  { changes, decisions, notCalled, policy }: IncidentWhy,
  vendors: VendorWords,
  { timezone }: Reading,
): z.infer<typeof incidentWhy> {
  const { number, project, openedAt } = of
  return {
    number,
    project,
    title: inBoth((language) => titleIn(language, of)),
    openedAt: iso(openedAt),
    ...(policy !== undefined && { policy }),
    ...(changes && { changes: changes.map(changeResource) }),
    decisions: decisions.map(({ entry, rule }) => ({
      at: iso(entry.at),
      kind: entry.kind,
      text: inBoth((language) => timelineText(entry, language, timezone, vendors)),
      ...(rule && { rule: reasonResource(rule, (language) => ruleText(rule, language)) }),
    })),
    notCalled: notCalled.map(({ contact, name, why }) => ({
      contact,
      name,
      why: reasonResource(why, (language) => notCalledText(why, language, openedAt, timezone)),
    })),
  }
}

/** A code with its sentence. */
export function reasonResource({ code }: { code: string }, textIn: (language: Language) => string) {
  return { code, text: inBoth(textIn) }
}

export function checkResource(of: MeasuredCheck): z.infer<typeof check> {
  const { id, project, kind, verdict = 'unknown', since, seen, certificateEnds } = of
  return {
    id,
    project,
    kind,
    verdict,
    ...(since !== undefined && { since: iso(since) }),
    ...(certificateEnds !== undefined && { certificateEnds: iso(certificateEnds) }),
    seen: seen.map(({ vantage, outcome, at, latencyMs }) => ({ vantage, verdict: outcome, at: iso(at), latencyMs })),
  }
}

export function silenceResource(of: SilenceView): z.infer<typeof silenceSchema> {
  const { startsAt, endsAt, isEverything: everything, projects: _, ...silence } = of
  return { ...silence, startsAt: iso(startsAt), endsAt: iso(endsAt), everything }
}

export function windowResource({ projects: _, startsAt, endsAt, ...window }: MaintenanceView) {
  return {
    ...window,
    ...(startsAt !== undefined && { startsAt: iso(startsAt) }),
    ...(endsAt !== undefined && { endsAt: iso(endsAt) }),
  }
}

export function scheduleResource(of: ScheduleView): z.infer<typeof schedule> {
  const { name, project, timezone, now, until, next, shifts, gaps } = of
  const spell = ({ start, end }: { start: number; end: number }) => ({ start: iso(start), end: iso(end) })
  return {
    name,
    project,
    timezone,
    now,
    until: iso(until),
    next,
    shifts: shifts.map(({ contacts, ...one }) => ({ ...spell(one), contacts })),
    gaps: gaps.map(spell),
  }
}
