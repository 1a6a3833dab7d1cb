import { rejectionOf } from '../contracts/rejection.ts'
import { escalationMessage } from '../contracts/step.ts'
import type { Incident, IncidentEvent } from '../incidents/incident.ts'
import { parseReference } from '../incidents/reference.ts'
import { escalatedAs } from '../incidents/severity.ts'
import { type Planning, planFor } from '../oncall/plans.ts'
import { dispatchToIncident, dispatchToPhoneLine, dispatchToRecipientQueue, tellPhoneLine } from './dispatch.ts'
import { type EngineIo, gatewayOf } from './io.ts'

/** Takes one message of the escalation queue. Throws a `Rejection` for what no schema accepts. */
export async function takeEscalation(body: unknown, planning: Planning, io: EngineIo): Promise<void> {
  const parsed = escalationMessage.safeParse(body)
  if (!parsed.success) throw rejectionOf('not-a-step', parsed.error.issues)
  const message = parsed.data
  if (message.kind === 'phone-line') {
    await dispatchToPhoneLine(message.phoneHash, { event: { type: 'deadline', seq: message.seq } }, io)
    return
  }
  if (message.kind === 'post') {
    await dispatchToRecipientQueue(message.recipient, { gather: gatewayOf(io).turn(message.seq) }, io)
    return
  }
  if (message.kind === 'key') {
    const { v: _, kind, phoneHash, ...pressed } = message
    await dispatchToPhoneLine(phoneHash, { event: { type: kind, ...pressed } }, io)
    return
  }
  if (message.kind === 'call') {
    const { phoneHash, incident, step, severity } = message
    await tellPhoneLine(phoneHash, 'requests', { incident, step, severity }, io)
    return
  }
  const { generation, ...of } = parseReference(message.incident)
  // The plan needs it in a moment; should it fail, it fails there.
  void planning.directory(of.project).catch(() => {})
  const gather = async (incident: Incident | undefined): Promise<IncidentEvent> => {
    const isCurrent = incident?.generation === generation && incident.step === message.step
    if (!isCurrent) return { type: 'stale' }
    const { once } = incident
    const { reached } = incident.escalation
    const plan = await planFor(of.project, escalatedAs(incident), io.now(), planning, { reached, once })
    return { type: 'step', step: message.step, plan }
  }
  await dispatchToIncident(of, { gather }, io)
}
