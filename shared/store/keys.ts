import { KEPT_AFTER_RESOLVE_MS } from '../incidents/machine.ts'
import type { IncidentReference } from '../incidents/reference.ts'
import type { RowKey } from './table.ts'

export function incidentKey(of: Pick<IncidentReference, 'project' | 'groupKey'>): RowKey {
  return { pk: `incident#${of.project}#${of.groupKey}`, sk: 'state' }
}

export function phoneLineKey(phoneHash: string): RowKey {
  return { pk: `phone-line#${phoneHash}`, sk: 'state' }
}

/** Where what is known of a job is kept. */
export function heartbeatKey(check: string): RowKey {
  return { pk: `heartbeat#${check}`, sk: 'state' }
}

/** Where a short number points to its incident. */
export function numberKey(number: number): RowKey {
  return { pk: `number#${number}`, sk: 'state' }
}

/** Where a generation is kept that is not the newest any more. */
export function pastKey(incident: Pick<RowKey, 'pk'>, generation: number): RowKey {
  return { pk: incident.pk, sk: `g#${padded(generation, 6)}` }
}

/** A line of an incident's history: sorted by generation, then time, then the write that decided it. */
export function timelineKey(incident: RowKey, entry: { generation: number; at: number }, id: string): RowKey {
  const [version = '', index = ''] = id.split('.')
  const order = `${padded(entry.at, 14)}#${padded(version, 8)}.${padded(index, 4)}`
  return { pk: incident.pk, sk: `${timelinePrefix(entry.generation)}${order}` }
}

export function timelinePrefix(generation?: number): string {
  return generation === undefined ? 't#' : `t#${padded(generation, 6)}#`
}

/** When a line of a history, or the pointer of a number, may be forgotten; epoch seconds. */
export function historyExpiry(at: number): number {
  return Math.floor((at + 2 * KEPT_AFTER_RESOLVE_MS) / 1000)
}

function padded(value: number | string, width: number): string {
  return String(value).padStart(width, '0')
}
