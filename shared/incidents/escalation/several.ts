import type { Instant } from '../../contracts/words.ts'
import type { Plan, PlannedTarget } from '../../oncall/plan.ts'
import type { AckEnd } from '../ack-end.ts'
import { isUnderWay } from '../attempt.ts'
import { stepDueAt } from '../due.ts'
import type { Change, Incident, IncidentEffect } from '../incident.ts'
import { acknowledge, callOff, chatsOf, stepAt } from '../life.ts'
import { isWanted, missingOf, takersWith } from '../needed.ts'
import type { Action, Missing } from '../notice.ts'
import { tell } from '../notices.ts'
import { endIfOver } from './outcome.ts'

/**
 * Takes an incident in somebody's name. Where its policy wants several to, it is theirs once the last of them has: until then whoever has
 * done so is left in peace, the chat hears who is missing, and the phones go on for those.
 */
export function take(incident: Incident, action: Action, now: Instant, by?: string, end?: AckEnd): Change {
  const { needs } = incident.escalation
  if (needs === undefined || action.by === undefined || incident.proof || incident.status !== 'open')
    return acknowledge(incident, action, now, by, end)
  const takers = takersWith(incident.takers ?? [], action)
  const missing = missingOf(needs, takers)
  return missing === undefined
    ? acknowledge({ ...incident, takers }, action, now, by, end)
    : takePartly({ ...incident, takers }, action, missing, now, by)
}

/** Whether somebody's word is in already, and others are still missing. */
export function hasTaken({ status, takers = [] }: Incident, by: Action['by']): boolean {
  return status === 'open' && by !== undefined && takers.some((one) => one.by?.contact === by.contact)
}

function takePartly(incident: Incident, action: Action, missing: Missing, now: Instant, by?: string): Change {
  const { escalation } = incident
  const next: Incident = { ...incident, step: incident.step + 1 }
  next.escalation = {
    ...escalation,
    attempts: escalation.attempts.map((attempt) =>
      isUnderWay(attempt.status) && !wanted(next, attempt) ? { ...attempt, status: 'cancelled' } : attempt,
    ),
  }
  const unwanted = { ...escalation, attempts: escalation.attempts.filter((attempt) => !wanted(next, attempt)) }
  const dueAt = stepDueAt(next)
  const effects: IncidentEffect[] = [
    ...callOff({ ...incident, escalation: unwanted }, by),
    ...(dueAt === undefined ? [] : [stepAt(next, dueAt)]),
    ...tell(next, 'partly', now, chatsOf(incident)),
    {
      type: 'timeline',
      entry: { at: now, generation: next.generation, kind: 'acknowledged', action, missing },
    },
  ]
  if (escalation.phase !== 'layer') return { incident: next, effects }
  const change = endIfOver(next, now)
  return { incident: change.incident, effects: [...effects, ...change.effects] }
}

function wanted({ escalation: { needs }, takers = [] }: Incident, { contact }: { contact: string }): boolean {
  return needs === undefined || isWanted(contact, needs, takers)
}

/**
 * A plan without those who have taken it, and without those who can't fill what is missing. Where nobody of it can, the others are asked
 * all the same: they find somebody.
 */
export function forTheMissing(plan: Plan, { escalation: { needs }, takers = [] }: Incident): Plan {
  if (needs === undefined || takers.length === 0) return plan
  const canHelp = ({ contact }: PlannedTarget) => isWanted(contact, needs, takers)
  const anybody = plan.layers.some(({ targets }) => targets.some(canHelp))
  const isTaker = ({ contact }: PlannedTarget) => takers.some((one) => one.by?.contact === contact)
  const isAsked = anybody ? canHelp : (target: PlannedTarget) => !isTaker(target)
  const layers = plan.layers.map((layer) => ({
    ...layer,
    targets: layer.targets.filter(isAsked),
    notes: [
      ...layer.notes,
      ...layer.targets
        .filter((target) => !isAsked(target))
        .map(({ name }) => ({ code: 'not-missing' as const, args: { contact: name } })),
    ],
  }))
  return { ...plan, layers }
}

/** Somebody who had taken it takes that back: they are asked again with the others. */
export function withdraw(incident: Incident, action: Action, now: Instant): Change {
  const takers = (incident.takers ?? []).filter((one) => one.by?.contact !== action.by?.contact)
  const givenBack = takersWith(incident.givenBack ?? [], action)
  const next: Incident = { ...incident, takers, givenBack, step: incident.step + 1 }
  const lapse = { why: 'given-back' as const, by: action, action }
  const dueAt = stepDueAt(next)
  return {
    incident: next,
    effects: [
      ...(dueAt === undefined ? [] : [stepAt(next, dueAt)]),
      { type: 'timeline', entry: { at: now, generation: next.generation, kind: 'reopened', lapse } },
    ],
  }
}
