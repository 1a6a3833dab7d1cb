import type { Instant } from '../../contracts/words.ts'
import type { Incident } from '../incident.ts'
import { missingOf, takersWith } from '../needed.ts'
import type { Action } from '../notice.ts'

/**
 * Who has taken it here or there, where several have to: but for who has taken that back since, and who had it before it was lost to all.
 * Whoever knows of the later loss knows whose word outlived it.
 */
export function withTakers(ours: Incident, theirs: Incident): Incident {
  const [ownEnd, theirEnd] = [lostAt(ours), lostAt(theirs)]
  const since = (takers: Action[] = [], end: Instant) => takers.filter(({ at }) => at > end)
  const own = theirEnd > ownEnd ? since(ours.takers, theirEnd) : (ours.takers ?? [])
  const told = theirEnd > ownEnd ? (theirs.takers ?? []) : since(theirs.takers, ownEnd)
  const givenBack = byTime([...(ours.givenBack ?? []), ...(theirs.givenBack ?? [])]).reduce(takersWith, [])
  const takers = byTime([...own, ...told])
    .reduce(takersWith, [])
    .filter(({ at, by }) => !givenBack.some((one) => one.by?.contact === by?.contact && one.at >= at))
  if (takers.length === 0 && ours.takers === undefined) return ours
  return { ...ours, takers, ...(givenBack.length > 0 && { givenBack }) }
}

/** When what was last lost to all who had it had been taken. */
function lostAt({ lapse, outgrown }: Incident): Instant {
  return Math.max(lapse?.action.at ?? Number.NEGATIVE_INFINITY, outgrown?.action.at ?? Number.NEGATIVE_INFINITY)
}

function byTime(actions: Action[]): Action[] {
  return actions.toSorted((a, b) => a.at - b.at)
}

/** Whose word was the last that was missing; undefined: there are others to come. */
export function lastOfAll({ escalation: { needs }, takers = [] }: Incident): Action | undefined {
  return needs === undefined || missingOf(needs, takers) !== undefined ? undefined : takers.at(-1)
}
