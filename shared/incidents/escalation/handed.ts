import type { EscalationAsked } from '../escalation-asked.ts'
import type { Incident } from '../incident.ts'

type Handed = Pick<Incident, 'handedTo' | 'handedToPolicy'>

/** Whom, and to which policy, an incident was handed over. */
export function handedOver({ handedTo, handedToPolicy }: Handed): Handed {
  return { ...(handedTo && { handedTo }), ...(handedToPolicy !== undefined && { handedToPolicy }) }
}

/** An incident that is handed over as asked. People come before the policy that it has; another policy is without those who came before the last one. */
export function handOver(incident: Incident, { to, policy }: EscalationAsked): Incident {
  const { handedTo: _, handedToPolicy: __, ...rest } = incident
  if (policy === undefined) return to === undefined ? incident : { ...incident, handedTo: to }
  return { ...rest, handedToPolicy: policy, ...(to && { handedTo: to }) }
}
