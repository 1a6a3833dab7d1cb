import type { IncidentView } from '../../../shared/engine/console/view-incident.ts'
import type { NowView } from '../../../shared/engine/console/view-now.ts'
import type { Proofs } from '../../../shared/engine/console/view-proofs.ts'
import type { Rights } from './rights.ts'

/** What is open and what was, in projects that somebody may look at. */
export function readable(seen: NowView, { can }: Rights): NowView {
  const isReadable = ({ project }: { project: string }) => can('viewer', project)
  return { ...seen, open: seen.open.filter(isReadable), resolved: seen.resolved.filter(isReadable) }
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
