import type { CompiledConfig } from '../../contracts/compiled-config.ts'
import type { Instant } from '../../contracts/words.ts'
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
  { vantages }: Pick<CompiledConfig, 'vantages'>,
  io: Pick<StoreIo, 'incidents' | 'checks' | 'log'>,
): Promise<NowView> {
  const [open, resolved, proofs] = await Promise.all([
    listIncidents('open', MOST_OPEN + 1, io),
    listIncidents('resolved', RESOLVED, io),
    vantageProofs({ vantages }, io),
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
  { vantages }: Pick<CompiledConfig, 'vantages'>,
  io: Pick<StoreIo, 'checks' | 'log'>,
): Promise<VantageProof[]> {
  const places = Object.values(vantages)
  const records = await readVantages(places, io)
  return places.map((vantage) => proofOf(vantage, records))
}

/** Several functions may look from one place. */
function proofOf(vantage: string, records: VantageRecords[]): VantageProof {
  const own = records.filter(({ state }) => state.vantage === vantage)
  const newest = own.flatMap((one) => [...one.records.values()].map(({ outcomes }) => outcomes.at(-1)))
  const up = newest.filter((outcome) => outcome === 'up').length
  if (own.length === 0) return { vantage, checks: 0, up: 0 }
  return { vantage, heardAt: Math.max(...own.map(({ state }) => state.heardAt)), checks: newest.length, up }
}
