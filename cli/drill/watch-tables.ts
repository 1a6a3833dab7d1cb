import { STORM_KEY } from '../../shared/contracts/storm.ts'
import type { VerdictWord } from '../../shared/contracts/words.ts'
import type { TimelineEntry } from '../../shared/incidents/timeline-entry.ts'
import { readIncident, readTimeline } from '../../shared/store/incidents.ts'
import type { StoreIo } from '../../shared/store/io.ts'
import type { Table } from '../../shared/store/table.ts'
import { readVerdicts } from '../../shared/store/verdicts.ts'
import type { StageEvent } from './stage.ts'
import { JOINED, raging } from './storm.ts'

export interface WatchedTables {
  incidents: Table
  checks: Table
}

const LOOK_EVERY_MS = 50

/**
 * Looks at a check's verdict and at its incident's timeline, and tells what is new there. The function that it gives stops it,
 * and resolves when no reading is under way.
 */
export function watchTables(
  tables: WatchedTables,
  check: { id: string; project: string },
  io: { now(): number; tell(event: StageEvent): void },
): () => Promise<void> {
  const known = new Set<string>()
  const trouble = (error: unknown) =>
    io.tell({ type: 'trouble', at: io.now(), trouble: { of: 'rehearsal', reason: String(error) } })
  const log: StoreIo['log'] = ({ error }) => trouble(error)
  const store = { ...tables, log }
  let verdict: VerdictWord = 'unknown'
  let stopped = false
  const watching = watch()

  async function watch(): Promise<void> {
    while (!stopped) {
      await readAll().catch(trouble)
      await new Promise((done) => setTimeout(done, LOOK_EVERY_MS))
    }
  }

  let storm: 'none' | 'joined' | 'over' = 'none'

  async function readStorm(): Promise<void> {
    const incident = await readIncident({ project: raging, groupKey: STORM_KEY }, tables.incidents)
    const { came, open } = (incident?.fact?.args ?? {}) as { came?: number; open?: number }
    const is = incident?.status === 'resolved' ? 'over' : came === JOINED && open === JOINED ? 'joined' : storm
    if (is === storm || is === 'none') return
    storm = is
    io.tell({ type: 'storm', at: io.now(), is })
  }

  async function readAll(): Promise<void> {
    await readStorm()
    const [state] = await readVerdicts([check.id], store)
    if (state !== undefined && state.verdict !== verdict) {
      verdict = state.verdict
      io.tell({ type: 'verdict', at: state.since, verdict })
    }
    const timeline = await readTimeline({ project: check.project, groupKey: check.id }, store)
    for (const entry of timeline) {
      const key = JSON.stringify(entry)
      if (known.has(key)) continue
      known.add(key)
      const event = incidentEvent(entry)
      if (event !== undefined) io.tell(event)
    }
  }

  return () => {
    stopped = true
    return watching
  }
}

/** What a line of an incident's history means for a rehearsal; undefined for what messages and calls show better. */
function incidentEvent(entry: TimelineEntry): StageEvent | undefined {
  const { at } = entry
  if (entry.kind === 'opened') return { type: 'incident', at, is: 'opened' }
  if (entry.kind === 'acknowledged' || entry.kind === 'resolved')
    return { type: 'incident', at, is: entry.kind, action: entry.action }
  return undefined
}
