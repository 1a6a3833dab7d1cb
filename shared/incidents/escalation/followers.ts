import type { Plan } from '../../oncall/plan.ts'
import { EVERYBODY } from '../incident.ts'
import type { PersonName } from '../notice.ts'

/** Who is called when a layer ends; nobody after the last one of the last round. */
export function followers(plan: Plan, round: number, layer: number): PersonName[] {
  if (layer === EVERYBODY) return []
  const next =
    layer + 1 < plan.layers.length ? plan.layers[layer + 1] : round + 1 < plan.rounds ? plan.layers[0] : undefined
  return next?.targets.map(({ contact, name }) => ({ contact, name })) ?? []
}
