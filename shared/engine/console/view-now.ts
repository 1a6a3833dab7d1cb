import type { CompiledConfig } from '../../contracts/compiled-config.ts'
import type { Instant } from '../../contracts/words.ts'
import { checkKey } from '../../evaluation/record.ts'
import { placeId } from '../../evaluation/vantage.ts'
import type { VantageRecords } from '../../evaluation/vantages.ts'
import type { Incident } from '../../incidents/incident.ts'
import { worstFirst } from '../../incidents/severity.ts'
import { listIncidents } from '../../store/incidents.ts'
import type { StoreIo } from '../../store/io.ts'
import { readVantages } from '../../store/vantages.ts'

/**
 * So many of the newest open incidents, of all projects together, are put in order: above its storm limit a project opens one that lists
 * the others.
 */
export const MOST_OPEN = 500

/** How many that are over are shown below them. */
const RESOLVED = 5

/** When a vantage last proved itself, and what it said then. */
export interface VantageProof {
  /** `cloud/region`. */
  vantage: string
  /** Absent: it has never reported. */
  heardAt?: Instant
  checks: number
  /** Of those, how many its newest look found up. */
  up: number
  /** The same by project, of checks that are configured. */
  byProject: Record<string, { checks: number; up: number }>
}

/** What burns now, and what speaks for it that nothing else does. */
export interface NowView {
  /** The worst first; of more than can be put in order, the newest. */
  open: Incident[]
  /** There are older ones, of any project, that nobody has looked at. */
  hasMore: boolean
  /** The newest of what is over. */
  resolved: Incident[]
  vantages: VantageProof[]
}

/** Reads what people who are called need to see first. Rejects when a table does. */
export async function viewNow(
  config: Pick<CompiledConfig, 'vantages' | 'checks'>,
  io: Pick<StoreIo, 'incidents' | 'checks' | 'log'>,
): Promise<NowView> {
  const [open, resolved, proofs] = await Promise.all([
    listIncidents('open', MOST_OPEN + 1, io),
    listIncidents('resolved', RESOLVED, io),
    vantageProofs(config, io),
  ])
  return {
    open: open.slice(0, MOST_OPEN).toSorted(worstFirst),
    hasMore: open.length > MOST_OPEN,
    resolved,
    vantages: proofs,
  }
}

/** Reads when each vantage last proved itself. Rejects when the table does. */
export async function vantageProofs(
  { vantages, checks }: Pick<CompiledConfig, 'vantages' | 'checks'>,
  io: Pick<StoreIo, 'checks' | 'log'>,
): Promise<VantageProof[]> {
  const places = Object.values(vantages)
  const records = await readVantages(places, io)
  const projects = projectsOf(checks, records)
  return places.map((vantage) => proofOf(vantage, records, projects))
}

/** The project of each record's check, by the record's key; those of places that are vantages of their own are of their check's. */
function projectsOf(checks: CompiledConfig['checks'], records: VantageRecords[]): Map<number, string> {
  const projects = new Map(checks.map(({ id, project }) => [checkKey(id), project]))
  for (const { state } of records)
    for (const [id, places] of Object.entries(state.places ?? {})) {
      const project = projects.get(checkKey(id))
      if (project !== undefined) for (const place of places) projects.set(checkKey(placeId(id, place)), project)
    }
  return projects
}

/** Several functions may look from one place. */
function proofOf(vantage: string, all: VantageRecords[], projects: Map<number, string>): VantageProof {
  const own = all.filter(({ state }) => state.vantage === vantage)
  const whole = { checks: 0, up: 0 }
  const byProject: VantageProof['byProject'] = {}
  for (const { records } of own)
    for (const [key, { outcomes }] of records) {
      const up = outcomes.at(-1) === 'up' ? 1 : 0
      whole.checks++
      whole.up += up
      const project = projects.get(key)
      if (project === undefined) continue
      const before = byProject[project] ?? { checks: 0, up: 0 }
      byProject[project] = { checks: before.checks + 1, up: before.up + up }
    }
  if (own.length === 0) return { vantage, ...whole, byProject }
  return { vantage, heardAt: Math.max(...own.map(({ state }) => state.heardAt)), ...whole, byProject }
}
