import type { IncidentView } from '../../../shared/engine/console/view-incident.ts'
import type { NowView, VantageProof } from '../../../shared/engine/console/view-now.ts'
import type { Proofs } from '../../../shared/engine/console/view-proofs.ts'
import type { Rights } from './rights.ts'

/** What is open and what was, in projects that somebody may look at, and how each vantage sees these. */
export function readable(seen: NowView, rights: Rights): NowView {
  const isReadable = ({ project }: { project: string }) => rights.can('viewer', project)
  const vantages = seen.vantages.map((one) => readableVantage(one, rights))
  return { ...seen, open: seen.open.filter(isReadable), resolved: seen.resolved.filter(isReadable), vantages }
}

/** How a vantage sees the checks of projects that somebody may look at: of the others nobody else learns how many there are, or how they are. */
export function readableVantage(proof: VantageProof, { can }: Rights): VantageProof {
  if (can('viewer')) return proof
  const byProject = Object.fromEntries(Object.entries(proof.byProject).filter(([project]) => can('viewer', project)))
  const sum = { checks: 0, up: 0 }
  for (const { checks, up } of Object.values(byProject)) {
    sum.checks += checks
    sum.up += up
  }
  return { ...proof, ...sum, byProject }
}

/** What proved itself, of the projects that somebody may look at: of each channel the newest that they may know of. */
export function readableProofs({ inbound, channels }: Proofs, { can }: Rights): Proofs {
  const isReadable = ({ project }: { project: string }) => can('viewer', project)
  const newest = new Map<string, Proofs['channels'][number]>()
  for (const proof of channels.filter(isReadable)) {
    const name = JSON.stringify(proof.to)
    if (!newest.has(name)) newest.set(name, proof)
  }
  return { inbound: inbound.filter(isReadable), channels: [...newest.values()] }
}

/** An incident that somebody may look at, with those of the same moment that they may look at, too; undefined for any other. */
export function readableIncident(seen: IncidentView | undefined, { can }: Rights): IncidentView | undefined {
  if (seen === undefined || !can('viewer', seen.incident.project)) return undefined
  return { ...seen, together: seen.together.filter(({ project }) => can('viewer', project)) }
}
