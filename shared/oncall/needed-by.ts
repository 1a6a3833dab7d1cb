import type { CompiledPolicy } from '../contracts/compiled-config.ts'
import { ownProperty } from '../contracts/own-property.ts'
import type { Instant } from '../contracts/words.ts'
import { onCall } from './on-call.ts'
import type { Directory, Needed } from './plan.ts'
import { takingTurns } from './rotation.ts'

/** Who has to take an incident by a policy, as people are now; undefined: anybody alone. */
export function neededBy({ acknowledgements }: CompiledPolicy, directory: Directory, now: Instant): Needed | undefined {
  if (acknowledgements === undefined) return undefined
  if (typeof acknowledgements === 'number') return { count: acknowledgements }
  return { roles: acknowledgements.map((name) => ({ name, people: membersOf(name, directory, now) })) }
}

/** A contact; of a schedule everybody who takes turns in it, and whoever is on call otherwise. */
function membersOf(name: string, directory: Directory, now: Instant): string[] {
  const schedule = ownProperty(directory.schedules, name)
  if (schedule === undefined) return [name]
  return [...new Set([...takingTurns(schedule), ...onCall(directory, name, now).contacts])]
}
