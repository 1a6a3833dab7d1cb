import { rejectionOrLater } from '../contracts/rejection.ts'
import { type EscalationMessage, escalationMessage } from '../contracts/step.ts'
import { followedPolicy } from '../incidents/escalation/rules.ts'
import type { Incident, IncidentEvent } from '../incidents/incident.ts'
import { mayStep } from '../incidents/machine.ts'
import { parseReference } from '../incidents/reference.ts'
import { escalatedAs } from '../incidents/severity.ts'
import { isStormOfNotices } from '../incidents/unrenewed.ts'
import { directoryOf } from '../oncall/owner.ts'
import { type Planning, planFor } from '../oncall/plans.ts'
import { keepCanary } from '../store/canary.ts'
import { askForReceipt } from './answers/ask-for-receipt.ts'
import { dispatchToIncident, dispatchToPhoneLine, dispatchToRecipientQueue, tellPhoneLine } from './dispatch.ts'
import { type EngineIo, gatewayOf } from './io.ts'
import { keepersOf } from './keepers.ts'
import { readPauses } from './pauses/pause-for.ts'
import { askPeers } from './regions/ask-peers.ts'
import { dispatchToDuty, takeDutyWord } from './regions/duty.ts'
import { takeQueuedWord } from './regions/take-word.ts'
import { takeLetter } from './take-letter.ts'

type Kind = EscalationMessage['kind']
type OfKind<K extends Kind> = Extract<EscalationMessage, { kind: K }>

/** What each kind of message leads to. */
const takes: { [K in Kind]: (message: OfKind<K>, planning: Planning, io: EngineIo) => Promise<unknown> } = {
  step: takeStep,
  call: ({ phoneHash, incident, step, severity }, _, io) =>
    tellPhoneLine(phoneHash, 'requests', { incident, step, severity }, io),
  'phone-line': ({ phoneHash, seq }, _, io) => dispatchToPhoneLine(phoneHash, { event: { type: 'deadline', seq } }, io),
  key: ({ v: _v, kind, phoneHash, ...pressed }, _, io) =>
    dispatchToPhoneLine(phoneHash, { event: { type: kind, ...pressed } }, io),
  post: ({ recipient, seq }, _, io) => dispatchToRecipientQueue(recipient, { gather: gatewayOf(io).turn(seq) }, io),
  text: ({ vendor, id }, _, io) => askForReceipt({ vendor, id }, io),
  answer: (message, _, io) => gatewayOf(io).answer(message),
  press: (message, _, io) => gatewayOf(io).answerPress(message),
  subscriber: (message, _, io) => gatewayOf(io).subscriber(message),
  letter: (message, _, io) => takeLetter(message, io),
  peer: (message, _, io) => takeQueuedWord(message, io),
  canary: ({ at, of, aheadMs }, _, io) => keepCanary(at, io, of, { ...io.marks, ...(aheadMs && { aheadMs }) }),
  duty: (_, __, io) => dispatchToDuty('deliver', io),
  'peer-duty': (message, _, io) => takeDutyWord(message, io),
  'peer-silence': async (message, _, io) => (await import('./regions/take-silence.ts')).takeSilenceWord(message, io),
}

/** Takes one message of the escalation queue. Throws a `Rejection` for what no schema accepts. */
export async function takeEscalation(body: unknown, planning: Planning, io: EngineIo): Promise<void> {
  const parsed = escalationMessage.safeParse(body)
  if (!parsed.success) throw rejectionOrLater('not-a-step', body, parsed.error.issues)
  await take(parsed.data, planning, io)
}

function take<K extends Kind>(message: OfKind<K> & { kind: K }, planning: Planning, io: EngineIo): Promise<unknown> {
  return takes[message.kind](message, planning, io)
}

/** An incident's step counts while the incident is at it: whom to reach, and whether to reach anybody, is judged as of now. */
async function takeStep(message: OfKind<'step'>, planning: Planning, io: EngineIo): Promise<void> {
  const { generation, ...of } = parseReference(message.incident)
  // The plan needs it in a moment; should it fail, it fails there.
  void planning.directory(of.project).catch(() => {})
  const gather = async (incident: Incident | undefined): Promise<IncidentEvent> => {
    // Any other only carries out what was left over, which is not to wait for a table of contacts.
    if (incident?.generation !== generation || !mayStep(incident)) return { type: 'stale' }
    if (message.step !== undefined && message.step !== incident.step) return { type: 'stale' }
    const once = incident.once || isStormOfNotices(incident)
    const { handedTo: first, handedToPolicy: handedTo, proof } = incident
    // Whoever has just made or ended one has those take a step that are paged or paused already: they find it in the table alone.
    const silences = incident.escalation.phase === 'starting' ? io.silences?.() : undefined
    const { reached } = incident.escalation
    const begunBy = followedPolicy(incident)
    const [plan, pauses, people, asked] = await Promise.all([
      planFor(of.project, escalatedAs(incident), io.now(), planning, {
        reached,
        once,
        first,
        handedTo,
        begunBy,
        proof,
      }),
      readPauses([incident], planning.config, io.now(), io, silences),
      directoryOf(of.project, planning.config, planning.directory),
      askPeers(incident, io),
    ])
    const pause = pauses.of(incident)
    const keepers = keepersOf(incident, people, planning.config, io.now())
    return { type: 'step', plan, ...(pause && { pause }), muted: pauses.mutedIn(of.project, people), keepers, ...asked }
  }
  await dispatchToIncident(of, { gather }, io)
}
