import { confirmed } from '../evaluation/consensus.ts'
import type { Trouble } from '../messages/last-resort.ts'
import type { RememberedCheck } from './recent-outcomes.ts'

/**
 * The checks in trouble among those of one vantage, worst first. As it judges alone it wants 2m of the last 2n observations. A check that
 * depends on another one in trouble is left out.
 */
export function confirmedTroubles(remembered: RememberedCheck[]): Trouble[] {
  const troubles = remembered.flatMap(troubleOf)
  const ids = new Set(troubles.map(({ check }) => check))
  const dependsOn = new Map(remembered.map(({ check }) => [check.id, check.dependsOn ?? '']))
  return troubles
    .filter(({ check }) => !ids.has(dependsOn.get(check) ?? ''))
    .sort((a, b) => Number(b.urgent) - Number(a.urgent) || a.since - b.since)
}

function troubleOf({ check, outcomes, since, fault }: RememberedCheck): Trouble[] {
  const state = confirmed(outcomes, 2 * check.confirm.m, 2 * check.confirm.n)
  // What was up the last time is getting better.
  if ((state !== 'down' && state !== 'degraded') || outcomes.at(-1) === 'up') return []
  const { id, project, title, urgentWhen = [] } = check
  const urgent = urgentWhen.includes(state)
  return [{ check: id, project, title, state, since, urgent, ...(fault && { fault }) }]
}
