import { type Alert, alertsEnvelope, seedEvent } from '../../contracts/alert.ts'
import { type AlertNote, MOST_NOTES } from '../../contracts/alert-note.ts'
import type { CompiledConfig } from '../../contracts/compiled-config.ts'
import { ownProperty } from '../../contracts/own-property.ts'
import { MOST_PLACES_NAMED, placesOf, Rejection, type RejectionFact, rejectionOf } from '../../contracts/rejection.ts'
import type { Instant } from '../../contracts/words.ts'
import type { DatedAlert } from '../../incidents/incident.ts'
import { readAlert } from '../../ingest/fenghuo/read.ts'
import { readSeedEvent, type SeedEvent } from '../../ingest/seed/read.ts'

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

/** The seed tells of no end. */
function fromSeed(event: SeedEvent, takenAt: Instant, config: Pick<CompiledConfig, 'projects'>): DatedAlert {
  const { projectName } = event
  const read = readSeedEvent(event, ownProperty(config.projects, projectName)?.title ?? projectName)
  if ('refused' in read) throw rejectionOf('no-alert-readable', read.refused)
  return { ...read.value, takenAt, endless: true }
}
