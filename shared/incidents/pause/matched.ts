import type { Incident } from '../incident.ts'
import { escalatedAs } from '../severity.ts'

/** What an incident is matched by. */
export type Matched = Pick<
  Incident,
  'project' | 'groupKey' | 'severity' | 'worst' | 'sightings' | 'source' | 'title' | 'summary'
> &
  Partial<Pick<Incident, 'component' | 'group' | 'class' | 'labels'>>

/** Labels may also be named like a field. */
const LABELS = 'labels.'

/**
 * The fields that can be named; any other name is a label's. Several texts: `any` fits by one of them, `every` only by all, as what is
 * seen from further places is more than what was silenced.
 */
const fields: Record<string, { of: (incident: Matched) => string[]; by: 'any' | 'every' }> = {
  project: one(({ project }) => project),
  key: one(({ groupKey }) => groupKey),
  check: { of: ({ project, component = '' }) => [component, withoutProject(component, project)], by: 'any' },
  severity: one((incident) => escalatedAs(incident)),
  vantage: {
    of: ({ sightings }) => sightings.filter(({ verdict }) => verdict !== 'up').map(({ vantage }) => vantage),
    by: 'every',
  },
  source: one(({ source }) => source),
  title: one(({ title }) => title),
  summary: one(({ summary }) => summary),
  component: one(({ component }) => component),
  group: one(({ group }) => group),
  class: one((incident) => incident.class),
}

/** The names that are fields', in the order of the guide. */
export const fieldNames = Object.keys(fields)

function one(of: (incident: Matched) => string | undefined): { of: (incident: Matched) => string[]; by: 'any' } {
  return { of: (incident) => [of(incident) ?? ''], by: 'any' }
}

/** `web` of `pay/web`. */
function withoutProject(check: string, project: string): string {
  return check.startsWith(`${project}/`) ? check.slice(project.length + 1) : check
}

/** The value that an incident has of a field or label, as one text; empty without it. */
export function textOf(incident: Matched, name: string): string {
  return valuesIn(incident, name).join()
}

/** The values that an incident has of a field or label. */
export function valuesIn(incident: Matched, name: string): string[] {
  return valuesOf(name).of(incident)
}

/** Whether two states of an incident are the same to all matchers. */
export function isMatchedAlike(one: Matched, other: Matched): boolean {
  const said = (incident: Matched) => [Object.values(fields).map(({ of }) => of(incident)), incident.labels]
  return JSON.stringify(said(one)) === JSON.stringify(said(other))
}

/** Where a name's values stand, and whether all of them have to fit or any. */
export function valuesOf(name: string): { of: (incident: Matched) => string[]; by: 'any' | 'every' } {
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined
  if (field !== undefined) return field
  const label = name.startsWith(LABELS) ? name.slice(LABELS.length) : name
  return one(({ labels }) => (labels !== undefined && Object.hasOwn(labels, label) ? labels[label] : ''))
}
