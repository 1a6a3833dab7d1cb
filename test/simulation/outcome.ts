import type { Incident, TimelineEntry } from '../../shared/incidents/incident.ts'
import type { PhoneLine } from '../../shared/phoneline/phone-line.ts'
import { incidentOfNumber, neighboursOf, readTimeline } from '../../shared/store/incidents.ts'
import type { Row } from '../../shared/store/table.ts'
import { logNothing } from '../store/log-nothing.ts'
import type { MemoryTable } from '../store/memory-table.ts'
import { policy } from './setting.ts'

/** What is left in the tables when a world has come to rest. */
export interface Left {
  incidents: Incident[]
  /** The history of each incident, all generations, by project and key. */
  timelines: Map<string, TimelineEntry[]>
  /** Numbers that lead to their incident. */
  numbers: Set<number>
  /** Resolved incidents that would be kept for ever. */
  everlasting: string[]
  /** Earlier generations that can't be found by their number any more. */
  forgotten: string[]
  /** What the timelines say of texts that were refused, or whose answer was lost twice: `project#generation#key kind`. */
  unsure: Set<string>
  /** Turns that were taken at the robot. */
  turns: number
}

export async function leftIn(table: MemoryTable): Promise<Left> {
  const store = { incidents: table, log: logNothing }
  const incidents = incidentsIn(table)
  const timelines: Left['timelines'] = new Map()
  const numbers: Left['numbers'] = new Set()
  const forgotten: string[] = []
  for (const incident of incidents) {
    const { project, groupKey, number } = incident
    timelines.set(`${project}#${groupKey}`, await readTimeline({ project, groupKey }, store))
    const found = await incidentOfNumber(number, store)
    if (found?.project === project && found.groupKey === groupKey) numbers.add(number)
    forgotten.push(...(await forgottenBefore(incident, table)))
  }
  const unsure = new Set<string>()
  for (const [name, lines] of timelines) {
    const [project, ...groupKey] = name.split('#')
    for (const line of lines)
      if (line.kind === 'message' && line.status !== 'sent')
        unsure.add(`${project}#${line.generation}#${groupKey.join('#')} ${line.what}`)
  }
  const turns = [...table.rows.values()].flatMap(({ pk, count = 0 }) => (pk === 'rate#simulated#one' ? count : 0))
  return {
    incidents,
    timelines,
    numbers,
    forgotten,
    everlasting: everlasting(table),
    unsure,
    turns: turns.reduce((sum, count) => sum + count, 0),
  }
}

async function forgottenBefore(newest: Incident, table: MemoryTable): Promise<string[]> {
  let incident = newest
  for (let generation = newest.generation - 1; generation > 0; generation--) {
    const { before } = await neighboursOf(incident, table)
    const found = before && (await incidentOfNumber(before.number, { incidents: table, log: logNothing }))
    if (before === undefined || found?.generation !== generation) return [nameOf({ ...newest, generation })]
    incident = before
  }
  return []
}

export function incidentsIn(table: MemoryTable): Incident[] {
  return rowsOfIncidents(table).map(({ state }) => JSON.parse(state) as Incident)
}

export function phoneLineIn(table: MemoryTable, phoneHash: string): PhoneLine | undefined {
  const row = table.rows.get(`phone-line#${phoneHash}\nstate`)
  return row?.state === undefined ? undefined : (JSON.parse(row.state) as PhoneLine)
}

export function outboxesIn({ incidents, checks }: { incidents: MemoryTable; checks: MemoryTable }): string[] {
  const rows = [...incidents.rows.values(), ...checks.rows.values()]
  return rows.flatMap((row) => (row.outbox === undefined ? [] : [`${row.pk}: ${row.outbox}`]))
}

/** How an incident is called in messages and links. */
export function nameOf({ project, generation, groupKey }: Incident): string {
  return `${project}#${generation}#${groupKey}`
}

/**
 * Whether an incident has come to an end, only tells the chat, or been through all rounds and, after the pause, everybody once
 * more. That pause is longer than the queue can delay a message: only watch knows when it is over.
 */
export function isSettled({ status, escalation: { phase, round } }: Incident): boolean {
  return status !== 'open' || phase === 'notified' || (phase === 'exhausted' && round > policy.rounds)
}

function everlasting(table: MemoryTable): string[] {
  return rowsOfIncidents(table).flatMap(({ pk, state, expiresAt }) => {
    const { status } = JSON.parse(state) as Incident
    return status === 'resolved' && expiresAt === undefined ? [pk] : []
  })
}

function rowsOfIncidents(table: MemoryTable): (Row & { state: string })[] {
  return [...table.rows.values()].flatMap((row) =>
    row.pk.startsWith('incident#') && row.sk === 'state' && row.state !== undefined
      ? [{ ...row, state: row.state }]
      : [],
  )
}
