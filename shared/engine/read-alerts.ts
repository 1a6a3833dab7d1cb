import { createHash } from 'node:crypto'
import { type Alert, alert, alertsEnvelope, seedEvent } from '../contracts/alert.ts'
import { type AlertNote, MOST_NOTES } from '../contracts/alert-note.ts'
import type { CompiledConfig } from '../contracts/compiled-config.ts'
import { readLeniently } from '../contracts/lenient.ts'
import { ownProperty } from '../contracts/own-property.ts'
import { MOST_PLACES_NAMED, placesOf, Rejection, type RejectionFact, rejectionOf } from '../contracts/rejection.ts'
import { DEFAULT_SEVERITY, type Instant } from '../contracts/words.ts'
import type { DatedAlert } from '../incidents/incident.ts'

/** Without these nobody knows whom to page, about what, and whether it ends. */
const ESSENTIAL = ['action', 'dedupKey', 'project']

/** PagerDuty's longest (Events API v2, `dedup_key`). */
const MAX_KEY = 255

/** A part of a message that cannot be taken, though the rest can. */
export interface Refused {
  body: unknown
  reason: RejectionFact
}

/** An alert of a message; `written` is how its sender wrote it, where it can be sent on like that. */
export type ReadAlert = DatedAlert & { written?: unknown }

/**
 * The alerts of a message, each judged alone: what is wrong in one and not needed to page is left out and named. `refused` is what is
 * no alert at all. Throws a `Rejection` if nothing can be taken.
 */
export function readAlerts(
  body: unknown,
  takenAt: Instant,
  config: Pick<CompiledConfig, 'projects'>,
): { alerts: ReadAlert[]; refused: Refused[] } {
  const envelope = alertsEnvelope.safeParse(body)
  if (!envelope.success) {
    if (seedEvent.safeParse(body).success)
      return { alerts: [fromSeed(body as SeedEvent, takenAt, config)], refused: [] }
    throw rejectionOf('not-an-event', envelope.error.issues)
  }
  const { v, kind, alerts: written, positions } = envelope.data
  const alerts: ReadAlert[] = []
  const wrong: { alert: unknown; places: string[] }[] = []
  for (const [position, one] of written.entries()) {
    const read = readAlert(one)
    if ('refused' in read) wrong.push({ alert: one, places: placesOf(read.refused, ['alerts', position]) })
    else
      alerts.push({
        ...read.value,
        takenAt,
        written: one,
        ...(written.length > 1 || positions !== undefined ? { position: positions?.[position] ?? position } : {}),
        ...notesOf(read.value, read.unusable),
      })
  }
  const places = wrong.flatMap((one) => one.places).slice(0, MOST_PLACES_NAMED)
  if (alerts.length === 0) throw new Rejection({ code: 'no-alert-readable', args: { places } })
  if (wrong.length === 0) return { alerts, refused: [] }
  const untaken = { v, kind, alerts: wrong.map((one) => one.alert) }
  return { alerts, refused: [{ body: untaken, reason: { code: 'alerts-left-out', args: { places } } }] }
}

/** The alert's notes, with one more for the fields that could not be read. */
function notesOf({ notes = [] }: Alert, fields: string[]): Pick<Alert, 'notes'> {
  if (fields.length === 0) return {}
  const unreadable: AlertNote = { code: 'fields-unreadable', args: { fields } }
  return { notes: [...notes, unreadable].slice(-MOST_NOTES) }
}

function readAlert(written: unknown) {
  const read = readLeniently<Alert>(alert, withKey(withWords(written)), ESSENTIAL)
  // Said of the alert as its sender wrote it.
  if ('refused' in read || !isSilentTrigger(written)) return read
  return { ...read, unusable: [...read.unusable, 'summary'] }
}

/** Which project's and whose an alert is, as far as its sender has written it readably. */
export function keyOf(written: unknown): string {
  const keyed = withKey(withWords(written))
  return isRecord(keyed) ? JSON.stringify([keyed.project, keyed.dedupKey]) : ''
}

/** What a trigger is about, when its sender gives it no key, or one that is too long: equal alerts are one. */
function withKey(written: unknown): unknown {
  if (!isRecord(written)) return written
  const { dedupKey: key } = written
  if (typeof key === 'number') return { ...written, dedupKey: String(key) }
  if (typeof key === 'string' && key.length > MAX_KEY)
    return { ...written, dedupKey: `${key.slice(0, MAX_KEY - 17)}~${digest(key)}` }
  if (written.action !== 'trigger' || (typeof key === 'string' && key !== '')) return written
  const { project, summary, source, component } = written
  const about = [project, summary, source, component].filter((text) => typeof text === 'string')
  return { ...written, dedupKey: `unkeyed:${digest(about)}` }
}

/** A trigger that does not say what is wrong pages all the same, by what names it. */
function withWords(written: unknown): unknown {
  if (!isRecord(written) || !isSilentTrigger(written)) return written
  const { title, component, dedupKey, project } = written
  const name = [title, component, dedupKey, project]
    .map((text) => (typeof text === 'number' ? String(text) : text))
    .find((text) => typeof text === 'string' && text.trim() !== '')
  return { ...written, summary: name }
}

function isSilentTrigger(written: unknown): boolean {
  if (!isRecord(written) || written.action !== 'trigger') return false
  return typeof written.summary !== 'string' || written.summary.trim() === ''
}

type SeedEvent = Record<string, unknown> & { projectName: string }

/**
 * The seed's message names only a project. Equal messages are one incident while nobody has taken it, so that a redelivery or a
 * storm is one call; after an acknowledgement the next one calls again, as the seed's every message did.
 */
function fromSeed(event: SeedEvent, takenAt: Instant, config: Pick<CompiledConfig, 'projects'>): DatedAlert {
  const { projectName, ...details } = event
  const told = ['message', 'summary', 'alarm', 'eventName']
    .map((key) => details[key])
    .find((value): value is string => typeof value === 'string' && value.trim() !== '')
  const written = {
    action: 'trigger',
    dedupKey: 'seed',
    project: projectName,
    summary: told ?? projectName,
    source: 'seed',
    severity: DEFAULT_SEVERITY,
    title: (ownProperty(config.projects, projectName)?.title ?? projectName).slice(0, 40),
    ...(Object.keys(details).length === 0 ? {} : { details }),
  }
  const read = readLeniently<Alert>(alert, written, ESSENTIAL)
  if ('refused' in read) throw rejectionOf('no-alert-readable', read.refused)
  const { summary, details: kept } = read.value
  return { ...read.value, dedupKey: `seed:${digest([projectName, summary, kept])}`, takenAt, endless: true }
}

function digest(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(value) ?? '')
    .digest('hex')
    .slice(0, 16)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
