import type { CallAnswer, CallInput } from '../../contracts/call-input.ts'
import type { PhoneKey } from '../../contracts/phone-keys.ts'
import type { Language } from '../../contracts/words.ts'
import type { Incident } from '../../incidents/incident.ts'
import { noticeOf } from '../../incidents/notices.ts'
import { parseReference } from '../../incidents/reference.ts'
import {
  sayAcknowledged,
  sayFailed,
  sayList,
  sayNoKey,
  sayPage,
  sayPassed,
  sayPutOff,
  sayTaken,
} from '../../messages/voice.ts'
import type { PhoneLine, PhoneLineEvent } from '../../phoneline/phone-line.ts'
import { readIncident } from '../../store/incidents.ts'
import { dispatchToPhoneLine } from '../dispatch.ts'
import type { EngineIo } from '../io.ts'

/** What is kept of an invocation's time for saying that a key was not taken, and for keeping it, ms. */
const FAILING_MS = 3_500

/** How long the tables may take in an invocation that has so much time left, ms. */
export function callPatienceMs(remainingMs: number): number {
  return Math.max(0, remainingMs - FAILING_MS)
}

/**
 * Answers a call that asks what to say. It never throws: the person on the phone always hears what became of the key, and is asked to
 * press it again if it could not be written down before `patience` ended. That key is kept on the escalation queue, so that it counts
 * once the tables answer, though nobody presses it again.
 */
export async function answerCall(input: CallInput, io: EngineIo, patience: AbortSignal): Promise<CallAnswer> {
  try {
    return await Promise.race([answer(input, io), endOf(patience)])
  } catch (error) {
    io.log({ level: 'error', event: 'flow', error: String(error) })
    await keepKey(input, io)
    return { result: 'failed', say: sayFailed(input.language) }
  }
}

function endOf(patience: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const end = () => reject(new Error('The tables did not answer in time'))
    if (patience.aborted) end()
    else patience.addEventListener('abort', end, { once: true })
  })
}

/** A key that is repeated changes nothing, be it pressed again or kept though it was written after all. */
async function keepKey({ phoneHash, seq, contactId, did }: CallInput, io: EngineIo): Promise<void> {
  const pressed = did.type === 'key' ? decisionBy(did.key) : undefined
  if (pressed === undefined) return
  const message = { v: 1, kind: 'key', phoneHash, seq, contactId, ...pressed } as const
  await io.escalate(message, 0).catch((error: unknown) => {
    io.log({ level: 'error', event: 'key lost', phoneHash, error: String(error) })
  })
}

async function answer(input: CallInput, io: EngineIo): Promise<CallAnswer> {
  const { phoneHash, seq, language, keys, did } = input
  const event = eventOf(input)
  const { state: line } = await dispatchToPhoneLine(phoneHash, event === undefined ? 'deliver' : { event }, io)
  if (did.type === 'no-key') return { result: 'ok', say: sayNoKey(language) }

  const incidents = await incidentsOf(line, seq, io)
  const now = io.now()
  const open = incidents.filter(({ status }) => status === 'open')
  const mine = incidents.filter((incident) => isBy(incident, phoneHash))

  const pressed = did.type === 'key' ? did.key.event : undefined
  if (pressed === 'pass') {
    if (open.length === 0) return { ...taken(incidents, language), result: 'ok' }
    const next = open[0]?.escalation.next[0]?.name
    return { result: 'ok', say: sayPassed(next, language) }
  }
  if (pressed === 'acknowledge' || pressed === 'snooze') {
    const said = pressed === 'snooze' ? sayPutOff : sayAcknowledged
    if (mine.length > 0) return { result: 'ok', say: said(notices(mine, now), language) }
    if (open.length > 0) throw new Error('The key press acknowledged nothing')
    return taken(incidents, language)
  }
  // An answered call may itself have acknowledged: whoever did it hears what it is.
  const heard = open.length > 0 ? open : mine
  if (heard.length === 0) return taken(incidents, language)
  if (pressed === 'list') return { result: 'ok', say: sayList(notices(heard, now), language, now, keys) }
  return { result: heard.length > 1 ? 'several' : 'ok', say: sayPage(notices(heard, now), language, now, keys) }
}

/** What the incidents of a call have become. */
async function incidentsOf(line: PhoneLine | undefined, callSeq: number, io: EngineIo): Promise<Incident[]> {
  const current = line?.call?.seq === callSeq ? line.call.about.map(({ incident }) => incident) : undefined
  const references = current ?? line?.past.find(({ seq }) => seq === callSeq)?.incidents
  if (references === undefined) throw new Error(`Nobody knows of call ${callSeq}`)
  const incidents = await Promise.all(
    references.map(async (reference) => {
      const { generation, ...of } = parseReference(reference)
      const incident = await readIncident(of, io.incidents)
      return incident?.generation === generation ? [incident] : []
    }),
  )
  return incidents.flat()
}

/** Undefined: the key decides nothing. */
function eventOf({ seq, contactId, did }: CallInput): PhoneLineEvent | undefined {
  if (did.type === 'answered') return { type: 'answered', seq, contactId }
  if (did.type === 'no-key') return { type: 'key', decision: 'none', seq, contactId }
  const pressed = decisionBy(did.key)
  return pressed && { type: 'key', seq, contactId, ...pressed }
}

function decisionBy({ key, outcome }: PhoneKey) {
  return outcome === 'undecided' ? undefined : { key, decision: outcome }
}

function isBy(incident: Incident, phoneHash: string): boolean {
  const by = incident.acknowledged?.by?.contact
  return incident.status === 'acknowledged' && by !== undefined && by === incident.escalation.people[phoneHash]?.contact
}

function taken(incidents: Incident[], language: Language): CallAnswer {
  const name = incidents.find(({ status }) => status === 'acknowledged')?.acknowledged?.by?.name
  return { result: 'taken', say: sayTaken(name, language) }
}

function notices(incidents: Incident[], now: number) {
  return incidents.map((incident) => noticeOf(incident, 'page', now))
}
