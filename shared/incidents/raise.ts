import type { Instant, Severity } from '../contracts/words.ts'
import type { Plan } from '../oncall/plan.ts'
import type { Escalation, Incident } from './incident.ts'
import { escalatedAs } from './severity.ts'

/** When an incident that nobody takes gets the next worse severity, by its policy. */
export interface Raise {
  at: Instant
  /** It counts while the incident is escalated as this. */
  from: Severity
  afterMs: number
}

/** What has raised an incident: it is no less bad than `severity` until it is over. */
export interface Raised extends Omit<Raise, 'at'> {
  severity: Severity
}

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
