import { STORM_KEY } from '../../shared/contracts/storm.ts'
import type { Incident } from '../../shared/incidents/incident.ts'
import type { TimelineEntry } from '../../shared/incidents/timeline-entry.ts'
import type { PhoneLine } from '../../shared/phoneline/phone-line.ts'
import { incidentOfNumber, neighboursOf, readTimeline } from '../../shared/store/incidents.ts'
import { phoneLineKey } from '../../shared/store/keys.ts'
import { memberOf, readMembers } from '../../shared/store/storm-members.ts'
import { logNothing } from '../store/log-nothing.ts'
import type { SimulatedTable } from './dynamo.ts'
import { policy } from './setting.ts'
import type { StoredRow } from './stored-row.ts'

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
  /** Hashes of the keys of alerts that joined a storm, by project. */
  stormy: Map<string, Set<string>>
  /** Turns that were taken at the robot. */
  turns: number
}

/** The incidents' table, or whoever has it. */
interface HasIncidents {
  incidents: SimulatedTable
}

export async function leftIn(stored: SimulatedTable): Promise<Left> {
  const store = { incidents: stored.table, log: logNothing }
  const incidents = incidentsIn({ incidents: stored })
  const timelines: Left['timelines'] = new Map()
  const numbers: Left['numbers'] = new Set()
  const forgotten: string[] = []
  for (const incident of incidents) {
    const { project, groupKey, number } = incident
    timelines.set(`${project}#${groupKey}`, await readTimeline({ project, groupKey }, store))
    const found = await incidentOfNumber(number, store)
    if (found?.project === project && found.groupKey === groupKey) numbers.add(number)
    forgotten.push(...(await forgottenBefore(incident, stored)))
  }
  const unsure = new Set<string>()
  for (const [name, lines] of timelines) {
    const [project, ...groupKey] = name.split('#')
    for (const line of lines)
      if (line.kind === 'message' && line.status !== 'sent')
        unsure.add(`${project}#${line.generation}#${groupKey.join('#')} ${line.what}`)
  }
  const turns = stored.rows().flatMap(({ pk, count }) => (pk === 'rate#simulated#one' ? count : 0))
  return {
    incidents,
    timelines,
    numbers,
    forgotten,
    everlasting: everlasting(stored),
    stormy: await stormyIn(incidents, stored),
    unsure,
    turns: turns.reduce((sum, count) => sum + count, 0),
  }
}

/** The members of storms, by project. */
async function stormyIn(incidents: Incident[], { table }: SimulatedTable): Promise<Left['stormy']> {
  const stormy: Left['stormy'] = new Map()
  for (const { project, groupKey, generation } of incidents) {
    if (groupKey !== STORM_KEY) continue
    const members = new Set<string>()
    for (let each = 1; each <= generation; each++)
      for (const member of (await readMembers(project, each, { incidents: table })).keys()) members.add(member)
    stormy.set(project, members)
  }
  return stormy
}

/** Whether an alert has joined a storm of its project. */
export function hasJoined({ project, dedupKey }: { project: string; dedupKey: string }, { stormy }: Left): boolean {
  return stormy.get(project)?.has(memberOf(dedupKey)) ?? false
}

async function forgottenBefore(newest: Incident, { table }: SimulatedTable): Promise<string[]> {
  let incident = newest
  for (let generation = newest.generation - 1; generation > 0; generation--) {
    const { before } = await neighboursOf(incident, table)
    const found = before && (await incidentOfNumber(before.number, { incidents: table, log: logNothing }))
    if (before === undefined || found?.generation !== generation) return [nameOf({ ...newest, generation })]
    incident = before
  }
  return []
}

export function incidentsIn({ incidents }: HasIncidents): Incident[] {
  return rowsOfIncidents(incidents).flatMap((row) => row.held<Incident>() ?? [])
}

export function phoneLineIn({ incidents }: HasIncidents, phoneHash: string): PhoneLine | undefined {
  return incidents.row(phoneLineKey(phoneHash))?.held<PhoneLine>()
}

/** Who is in a call. */
export function linesIn({ incidents }: HasIncidents): string[] {
  return incidents.rows().flatMap((row) => {
    const line = row.pk.startsWith('phone-line#') ? row.held<PhoneLine>() : undefined
    return line?.call === undefined ? [] : [line.phoneHash]
  })
}

export function outboxesIn({ incidents, checks }: HasIncidents & { checks: SimulatedTable }): string[] {
  const rows = [...incidents.rows(), ...checks.rows()]
  return rows.flatMap((row) => (row.outbox === undefined ? [] : [`${row.pk}: ${row.outbox}`]))
}

/** An incident in each of its generations, oldest first: as it is now, but for that number. */
export function generationsOf(incident: Incident): Incident[] {
  return Array.from({ length: incident.generation }, (_, index) => ({ ...incident, generation: index + 1 }))
}

/** How an incident is called in messages and links. */
export function nameOf({ project, generation, groupKey }: Incident): string {
  return `${project}#${generation}#${groupKey}`
}

/**
 * Whether an incident has come to an end, waits for that of another one, only tells the chat, or been through all rounds and, after the
 * pause, everybody once more. That pause is longer than the queue can delay a message: only watch knows when it is over.
 */
export function isSettled({ status, ackEnd, escalation: { phase, round, pause } }: Incident): boolean {
  if (status !== 'open') return status === 'resolved' || ackEnd === undefined
  // What is inhibited waits for somebody else's end.
  if (phase === 'paused') return pause?.cause.code === 'inhibited'
  return phase === 'notified' || (phase === 'exhausted' && round > policy.rounds)
}

/** What still has something to deliver is forgotten once that is done. */
function everlasting(table: SimulatedTable): string[] {
  return rowsOfIncidents(table).flatMap((row) => {
    const isDone = row.held<Incident>()?.status === 'resolved' && row.outbox === undefined
    return isDone && row.expiresAt === undefined ? [row.pk] : []
  })
}

function rowsOfIncidents(table: SimulatedTable): StoredRow[] {
  return table.rows().filter(({ pk, sk, state }) => pk.startsWith('incident#') && sk === 'state' && state !== undefined)
}
