import type { DatedAlert, Incident, IncidentEffect, IncidentEvent, TimelineEntry } from '../incidents/incident.ts'
import { incidentMachine, KEPT_AFTER_RESOLVE_MS } from '../incidents/machine.ts'
import { formatReference, type IncidentReference } from '../incidents/reference.ts'
import { type Acted, type ActIo, act, type Occasion, stateOf } from '../state/act.ts'
import type { Delivered, Entry } from '../state/machine.ts'
import type { RowKey, Table } from '../state/table.ts'
import { actOnDesk } from './desks.ts'
import { logFailure, MAX_DELAY_MS, type PathIo } from './io.ts'

/** Numbers start here: four digits that a speaker can say. */
const FIRST_NUMBER = 1000

/** Reads, decides, writes and delivers for one incident. */
export async function actOnIncident(
  of: Pick<IncidentReference, 'project' | 'groupKey'>,
  occasion: Occasion<Incident, IncidentEvent>,
  io: PathIo,
): Promise<Acted<Incident>> {
  const key = incidentKey(of)
  const acted = await act(incidentMachine, key, occasion, incidentIo(key, io))
  io.log({ event: 'incident', incident: acted.state ? formatReference(acted.state) : key.pk, reason: acted.reason })
  return acted
}

/** Delivers what an incident's outbox holds and this function may deliver. */
export async function deliverIncident(of: Pick<IncidentReference, 'project' | 'groupKey'>, io: PathIo): Promise<void> {
  await actOnIncident(of, 'deliver', io)
}

/** Applies an alert to the incident of its group key, which it may open. */
export async function takeAlert(alert: DatedAlert, projectTitle: string, io: PathIo): Promise<Acted<Incident>> {
  const of = { project: alert.project, groupKey: alert.dedupKey }
  let allotted: number | undefined
  const gather = async (incident: Incident | undefined): Promise<IncidentEvent> => {
    const opens = alert.action === 'trigger' && (incident === undefined || incident.status === 'resolved')
    if (!opens || (incident !== undefined && alert.at <= incident.lastAlertAt))
      return { type: 'alert', alert, projectTitle }
    allotted ??= await allotNumber(incidentKey(of), io)
    return { type: 'alert', alert, projectTitle, number: allotted }
  }
  return actOnIncident(of, { gather }, io)
}

export function incidentKey(of: Pick<IncidentReference, 'project' | 'groupKey'>): RowKey {
  return { pk: `incident#${of.project}#${of.groupKey}`, sk: 'state' }
}

export function readIncident(
  of: Pick<IncidentReference, 'project' | 'groupKey'>,
  table: Table,
): Promise<Incident | undefined> {
  return stateOf<Incident>(table, incidentKey(of))
}

/** The incident that has a short number, or undefined if the number was never given or its incident has moved on. */
export async function incidentOfNumber(number: number, table: Table): Promise<Incident | undefined> {
  const row = await table.get({ pk: `number#${number}`, sk: 'state' })
  if (row?.state === undefined) return undefined
  const incident = await stateOf<Incident>(table, JSON.parse(row.state) as RowKey)
  return incident?.number === number ? incident : undefined
}

/** Incidents of a kind, newest first; a list may lag behind by a moment. */
export async function listIncidents(which: 'open' | 'resolved', limit: number, table: Table): Promise<Incident[]> {
  const rows = await table.listed(which, limit)
  return rows.flatMap((row) => (row.state === undefined ? [] : [JSON.parse(row.state) as Incident]))
}

/** An incident's history, oldest first; one generation, or all. */
export async function readTimeline(
  of: Pick<IncidentReference, 'project' | 'groupKey'> & { generation?: number },
  table: Table,
): Promise<TimelineEntry[]> {
  const prefix = of.generation === undefined ? 't#' : `t#${padded(of.generation, 6)}#`
  const rows = await table.query(incidentKey(of).pk, prefix)
  return rows.flatMap((row) => (row.state === undefined ? [] : [JSON.parse(row.state) as TimelineEntry]))
}

/** A number is given out before the incident is written; one lost to a crash or a conflict is skipped. */
async function allotNumber(key: RowKey, io: PathIo): Promise<number> {
  const count = await io.incidents.count({ pk: 'counter', sk: 'incident' }, {})
  if (count === undefined) throw new Error('The counter of incident numbers refused to count')
  const number = FIRST_NUMBER + count
  const expiresAt = Math.floor((io.now() + 2 * KEPT_AFTER_RESOLVE_MS) / 1000)
  await io.incidents.put([{ pk: `number#${number}`, sk: 'state', state: JSON.stringify(key), expiresAt }])
  return number
}

function incidentIo(key: RowKey, io: PathIo): ActIo<Incident, IncidentEvent, IncidentEffect> {
  return {
    table: io.incidents,
    now: io.now,
    leaseUntil: io.leaseUntil,
    failed: logFailure(io),
    delivers: (effect) => effect.type !== 'notice' || io.hands !== undefined,
    deliver: (effect, entry, incident) => deliver(effect, entry, incident, key, io),
    nudge: (incident, delayMs) =>
      io.escalate(
        { v: 1, kind: 'step', incident: formatReference(incident), step: Math.max(1, incident.step) },
        delayMs,
      ),
  }
}

async function deliver(
  effect: IncidentEffect,
  entry: Entry<IncidentEffect>,
  incident: Incident,
  key: RowKey,
  io: PathIo,
): Promise<Delivered<IncidentEvent>> {
  switch (effect.type) {
    case 'cancel':
      await actOnDesk(effect.person, { event: { type: 'cancel', incident: effect.incident, step: effect.step } }, io)
      return { status: 'done' }
    case 'call': {
      const { person, incident, step } = effect
      await io.escalate({ v: 1, kind: 'call', person, incident, step }, 0)
      return { status: 'done' }
    }
    case 'step': {
      const delayMs = Math.max(0, effect.at - io.now())
      // Beyond the queue's longest delay watch sends the message when the time comes.
      if (delayMs <= MAX_DELAY_MS)
        await io.escalate({ v: 1, kind: 'step', incident: effect.incident, step: effect.step }, delayMs)
      return { status: 'done' }
    }
    case 'notice':
      if (io.hands === undefined) throw new Error('This function does not speak to vendors')
      return io.hands.notice(effect, { ...entry, effect }, incident)
    case 'timeline':
      await io.incidents.put([
        {
          pk: key.pk,
          sk: `t#${padded(effect.entry.generation, 6)}#${padded(effect.entry.at, 14)}#${padded(entry.id, 12)}`,
          state: JSON.stringify(effect.entry),
          expiresAt: Math.floor((effect.entry.at + 2 * KEPT_AFTER_RESOLVE_MS) / 1000),
        },
      ])
      return { status: 'done' }
  }
}

function padded(value: number | string, width: number): string {
  return String(value).padStart(width, '0')
}
