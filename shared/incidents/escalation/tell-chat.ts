import type { Instant } from '../../contracts/words.ts'
import type { Plan } from '../../oncall/plan.ts'
import { policyDefaults } from '../../oncall/policy.ts'
import type { Change, Incident, IncidentEffect } from '../incident.ts'
import { resolve, stepAt } from '../life.ts'
import { tell } from '../notices.ts'
import { raiseBy } from '../raise.ts'
import { newsFor } from './robots.ts'
import { ruleOf } from './rules.ts'

/**
 * This severity wakes nobody: the robots are told, those of later layers as their time comes, and all are reminded for as long as it goes
 * on. `begun` counts the later layers that have begun.
 */
export function tellChat(incident: Incident, plan: Plan, begun: number, now: Instant): Change {
  const { later = [] } = plan
  const robots = [...plan.chat, ...later.slice(0, begun).flatMap(({ chat }) => chat)]
  const waits = later[begun]
  const isDue = robots.length > 0 || waits !== undefined
  const next: Incident = { ...incident, step: incident.step + 1 }
  const deadlineAt = now + (waits?.afterMs ?? plan.remindEveryMs ?? policyDefaults.remindEveryMs)
  const { isSilent: _, needs: __, ...before } = incident.escalation
  next.escalation = {
    ...before,
    phase: 'notified',
    layer: begun,
    pending: robots,
    deadlineAt,
    ...(plan.ackExpiresMs === undefined ? {} : { ackExpiresMs: plan.ackExpiresMs }),
    ...(plan.needs && { needs: plan.needs }),
    ...raiseBy(incident, plan, now),
  }
  if (!isDue) next.escalation.isSilent = true
  const { news, known } = newsFor(robots, incident)
  const wasNotified = incident.escalation.phase === 'notified'
  const comes = wasNotified && begun > incident.escalation.layer
  return {
    incident: next,
    effects: [
      ...(isDue ? [stepAt(next, deadlineAt)] : []),
      ...tell(next, 'opened', now, news),
      ...(comes ? layerLine(next, plan, now) : tell(next, wasNotified ? 'reminder' : 'escalated', now, known)),
    ],
  }
}

function layerLine({ generation, escalation }: Incident, plan: Plan, at: Instant): IncidentEffect[] {
  const begun = plan.later?.[escalation.layer - 1]
  if (begun === undefined) return []
  const { layer, chat } = begun
  const entry = { at, generation, kind: 'layer' as const, round: 0, layer, names: [], chat, notes: [] }
  return [{ type: 'timeline', entry: { ...entry, ...ruleOf(plan, layer) } }]
}

/**
 * What has happened and does not go on is over as soon as the robots, or those whom it names, are told: nobody is reminded, and nobody is
 * told of its end.
 */
export function tellOnce(incident: Incident, plan: Plan, now: Instant): Change {
  const { incident: over, effects } = resolve(incident, { at: now, via: 'once' }, now)
  const recipients = incident.tells ?? newsFor(plan.chat, incident).news
  return { incident: over, effects: [...tell(over, 'once', now, recipients), ...effects] }
}
