import type { CompiledLayer, CompiledPolicy } from '../contracts/compiled-config.ts'
import { type PersonalReach, personalReaches, type Reach } from '../contracts/reach.ts'
import type { Severity } from '../contracts/words.ts'

/** By what a layer reaches people and robots for a severity: as it says itself, or as its policy does. */
export function reachesOf(layer: CompiledLayer, policy: CompiledPolicy, severity: Severity): readonly Reach[] {
  return layer.channels?.[severity] ?? policy.channels[severity]
}

/** By what any layer of a policy does. */
export function usesOf(policy: CompiledPolicy, severity: Severity): Reach[] {
  const { layers, channels } = policy
  return layers.length === 0
    ? channels[severity]
    : [...new Set(layers.flatMap((layer) => reachesOf(layer, policy, severity)))]
}

/** Those of several that reach one person, in the order in which they take over from each other. */
export function personalOf(reaches: readonly Reach[]): PersonalReach[] {
  return personalReaches.filter((channel) => reaches.includes(channel))
}

/** What a layer is for a severity: it pages people, only tells robots, or is left out. */
export function roleOf(layer: CompiledLayer, reaches: readonly Reach[]): 'pages' | 'tells' | 'nothing' {
  if (layer.page.length > 0 && personalOf(reaches).length > 0) return 'pages'
  return reaches.includes('chat') ? 'tells' : 'nothing'
}
