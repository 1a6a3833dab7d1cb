import type { Decision } from '../../contracts/machine.ts'
import type { IncidentReason } from '../decision-reason.ts'
import type { Incident, IncidentEffect, IncidentEvent } from '../incident.ts'
import { formatReference } from '../reference.ts'
import { isOurs, othersOf } from './duty.ts'

type Decided = Decision<Incident, IncidentEffect, IncidentReason>

/** What people do, wherever they do it. */
const byHand = ['acknowledge', 'resolve', 'snooze', 'give-back', 'escalate', 'merge'] as const
type ByHand = Extract<IncidentEvent, { type: (typeof byHand)[number] }>

export function isByHand(event: IncidentEvent): event is ByHand {
  return byHand.some((type) => type === event.type)
}

/**
 * A decision, with what the other regions are to hear of it: one word for each step of an incident that is paged here, for whatever
 * people do here, and for an end that an alert brings: it may have come to nobody else. What is paged elsewhere is told there, but for
 * what people do.
 */
export function tellPeers(before: Incident | undefined, event: IncidentEvent, decided: Decided): Decided {
  const { state: after } = decided
  if (after?.duty === undefined || event.type === 'news' || after === before) return decided
  const isHand = isByHand(event)
  const isHere = isOurs(after) || (before?.generation === after.generation && isOurs(before)) || isHand
  const outbox = isHere ? decided.outbox : decided.outbox.filter(({ type }) => type !== 'notice')
  const hasMoved = before === undefined || before.step !== after.step || before.status !== after.status
  const { phase } = after.escalation
  const isOver = before !== undefined && endsByAlert(before, event, after)
  // The step that follows at once is the one to hear of.
  const isPassing = !isHand && after.status === 'open' && (phase === 'starting' || phase === 'next')
  if (!(isHere || isOver) || !hasMoved || isPassing) return { ...decided, outbox }
  return { ...decided, outbox: [...outbox, ...wordsOf(after)] }
}

function endsByAlert(before: Incident, { type }: IncidentEvent, after: Incident): boolean {
  const { status, generation } = after
  return type === 'alert' && before.generation === generation && before.status !== status && status !== 'open'
}

/** A word to each other region of what an incident is now. */
export function wordsOf(incident: Incident): IncidentEffect[] {
  return incident.duty === undefined ? [] : othersOf(incident.duty).map((to) => wordTo(to, incident))
}

/** The same to one of them. */
export function wordTo(to: string, incident: Incident): IncidentEffect {
  return { type: 'peer', to, incident: formatReference(incident), step: incident.step }
}
