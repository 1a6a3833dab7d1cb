import type { CompiledPolicy } from '../../contracts/compiled-config.ts'
import type { Plan } from '../../oncall/plan.ts'
import type { Escalation, Incident } from '../incident.ts'
import type { LayerRule } from '../timeline-entry.ts'

// What a history keeps of the policy that decided: the one that is written may have been edited since.

/** A layer as the policy of a plan has it. */
export function ruleOf({ policy }: Plan, layer: number): { rule?: LayerRule } {
  const found = policy?.layers[layer]
  if (found === undefined) return {}
  const { page, chat = [], calls, ackTimeoutMs } = found
  return { rule: { page: [...page, ...chat], calls, ackTimeoutMs } }
}

/** How long the layer that is under way was to last. */
export function ackTimeoutOf({ policy, layer }: Escalation): { ackTimeoutMs?: number } {
  const found = policy?.layers[layer]
  return found === undefined ? {} : { ackTimeoutMs: found.ackTimeoutMs }
}

/** How often a plan tries how many layers. */
export function tries({ rounds, layers }: Plan): { rounds: number; layers: number } {
  return { rounds, layers: layers.length }
}

/** The policy that an incident's escalation follows; undefined where it begins, or begins anew, by the present one. */
export function followedPolicy({ escalation: { phase, policy } }: Incident): CompiledPolicy | undefined {
  return phase === 'layer' || phase === 'next' || phase === 'guarded' ? policy : undefined
}
