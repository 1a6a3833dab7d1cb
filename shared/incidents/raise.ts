import type { Instant } from '../contracts/words.ts'
import type { Plan } from '../oncall/plan.ts'
import type { Escalation, Incident } from './incident.ts'
import { escalatedAs } from './severity.ts'

/** When the severity of an incident rises by itself, UTC ms; undefined: somebody has it, it is quiet, or its policy raises nothing. */
export function raiseDueAt(
  incident: Pick<Incident, 'severity' | 'worst'> & { escalation: Pick<Escalation, 'phase' | 'raise'> },
): Instant | undefined {
  const { phase, raise } = incident.escalation
  const isWaiting = phase === 'layer' || phase === 'notified' || phase === 'exhausted'
  return isWaiting && raise?.from === escalatedAs(incident) ? raise.at : undefined
}

/** The rise of an escalation that a plan begins or goes on with: its time counts from the first layer, not from the latest. */
export function raiseBy(incident: Incident, { raiseAfterMs: afterMs }: Plan, now: Instant): Pick<Escalation, 'raise'> {
  const from = escalatedAs(incident)
  const { raise } = incident.escalation
  if (raise?.from === from) return { raise }
  return afterMs === undefined ? {} : { raise: { at: now + afterMs, from, afterMs } }
}
