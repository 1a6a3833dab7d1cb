import type { CompiledConfig, CompiledPolicy } from '../contracts/compiled-config.ts'
import { ownProperty } from '../contracts/own-property.ts'
import type { Incident } from './incident.ts'

/** What says by which policy an incident is paged. */
export type Routed = Pick<Incident, 'project'> & Partial<Pick<Incident, 'handedToPolicy'>>

/**
 * The policy by which an incident is paged, with its name: the one that it was handed to while that is there, or its project's. Undefined
 * where the project is not configured.
 */
export function policyOf(
  { project, handedToPolicy }: Routed,
  { projects, policies }: Pick<CompiledConfig, 'projects' | 'policies'>,
): { name: string; policy: CompiledPolicy } | undefined {
  const usual = ownProperty(projects, project)?.policy ?? ''
  const name = handedToPolicy !== undefined && ownProperty(policies, handedToPolicy) ? handedToPolicy : usual
  const policy = ownProperty(policies, name)
  return policy && { name, policy }
}
