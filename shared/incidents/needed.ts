import type { Needed } from '../oncall/plan.ts'
import type { Action, Missing } from './notice.ts'

/** What is missing once these have taken it; undefined: nothing. Who has several roles counts for each. */
export function missingOf(needed: Needed, takers: readonly Action[]): Missing | undefined {
  const people = new Set(takers.flatMap(({ by }) => by?.contact ?? []))
  if ('count' in needed) return people.size < needed.count ? { count: needed.count - people.size } : undefined
  const roles = needed.roles.filter((role) => !role.people.some((person) => people.has(person)))
  return roles.length > 0 ? { roles: roles.map(({ name }) => name) } : undefined
}

/** Whether somebody can still help: they have not taken it, and one of what is missing is theirs. */
export function isWanted(contact: string, needed: Needed, takers: readonly Action[]): boolean {
  if (takers.some(({ by }) => by?.contact === contact)) return false
  const missing = missingOf(needed, takers)
  if (missing === undefined || 'count' in missing || 'count' in needed) return missing !== undefined
  return needed.roles.some(({ name, people }) => missing.roles.includes(name) && people.includes(contact))
}

/** Everybody who has taken an incident, each once: by their latest word. */
export function takersWith(before: readonly Action[], action: Action): Action[] {
  return [...before.filter(({ by }) => by?.contact !== action.by?.contact), action]
}
