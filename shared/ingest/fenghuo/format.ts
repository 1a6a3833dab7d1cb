import * as z from 'zod/mini'
import { plainAnswers } from '../answers.ts'
import type { Draft, Format } from '../format.ts'
import { isRecord, listOf } from '../plain.ts'
import { firstText } from '../text.ts'
import { readAlert } from './read.ts'

/** A message of alerts as the events queue has it, or one alert alone. */
const message = z
  .looseObject({}, { error: 'should be an alert, or a message of alerts' })
  .check(
    z.refine((body: Record<string, unknown>) => alertsIn(body).length > 0, { path: ['alerts'], error: 'has no alert' }),
  )
type Message = Record<string, unknown>

/** Our own alerts, as senders put them on the events queue; by HTTP for whoever can't reach a queue. */
export const fenghuo: Format<Message> = {
  format: 'fenghuo',
  routes: ['/alerts/{key}', '/alerts'],
  list: 'alerts',
  schema: message,
  matches: (body) => isRecord(body) && (body.kind === 'alerts' || ('action' in body && 'dedupKey' in body)),
  projectOf: (body) => firstText(...alertsIn(body).map(({ project }) => project)),
  toAlerts: (body, { project }) => alertsIn(body).map((written) => draftOf(written, project.name)),
  answers: plainAnswers({ taken: 202, busy: 503 }),
}

function alertsIn(body: Message): Record<string, unknown>[] {
  if (!('alerts' in body)) return 'action' in body || 'summary' in body ? [body] : []
  return listOf(body.alerts).filter((one) => isRecord(one))
}

/** What only our own functions say of an alert is not taken from anybody else. One that can't be read is mended as a stranger's would be. */
function draftOf(written: Record<string, unknown>, project: string): Draft {
  const read = readAlert({ ...written, project })
  if ('refused' in read) return { ...strangers(written), action: 'trigger' }
  const { project: _, sightings: __, flapping: ___, notes: ____, fact: _____, ...draft } = read.value
  const { unusable: fields } = read
  return { ...draft, notes: fields.length > 0 ? [{ code: 'fields-unreadable', args: { fields } }] : [] }
}

function strangers({ dedupKey, summary, source, severity, details }: Record<string, unknown>): Omit<Draft, 'action'> {
  return { dedupKey, summary, source, severity, details }
}
