import * as z from 'zod'
import { type AskedKey, askedKeys, type DecidingKey, decidingKeys, keyEventOf } from '../contracts/key-events.ts'
import type { Language } from '../contracts/words.ts'
import type { Incident } from '../incidents/incident.ts'
import { noticeOf } from '../incidents/notices.ts'
import { parseReference } from '../incidents/reference.ts'
import { sayAcknowledged, sayFailed, sayList, sayNoKey, sayPage, sayPassed, sayTaken } from '../messages/voice.ts'
import type { PhoneLine, PhoneLineEvent } from '../phoneline/phone-line.ts'
import { readIncident } from '../store/incidents.ts'
import { dispatchToPhoneLine } from './dispatch.ts'
import type { EngineIo } from './io.ts'

/** What a contact flow sends to a Lambda function (Amazon Connect Administrator Guide, "Invoke Lambda functions"). */
export const contactFlowEvent = z.looseObject({
  Name: z.literal('ContactFlowEvent'),
  Details: z.looseObject({
    ContactData: z.looseObject({
      ContactId: z.string().min(1),
      Attributes: z.looseObject({
        phoneHash: z.string().min(1),
        seq: z.string().regex(/^\d+$/),
        language: z.enum(['zh', 'en']),
      }),
    }),
    Parameters: z.discriminatedUnion('action', [
      z.looseObject({ action: z.literal('answered') }),
      z.looseObject({ action: z.literal('key'), key: z.enum(askedKeys) }),
      z.looseObject({ action: z.literal('no-key') }),
    ]),
  }),
})
export type ContactFlowEvent = z.infer<typeof contactFlowEvent>

/** What the flow reads: strings only. */
export interface FlowAnswer {
  result: 'ok' | 'taken' | 'several' | 'failed'
  say: string
}

/**
 * Answers the contact flow. It never throws: the person on the phone always hears what became of the key, and is asked to press it
 * again if it could not be written down before `patience` ended. That key is kept on the escalation queue, so that it counts once the
 * tables answer, though nobody presses it again.
 */
export async function answerFlow(
  event: ContactFlowEvent,
  io: EngineIo,
  patience: AbortSignal,
): Promise<FlowAnswer & Record<string, string>> {
  const language = event.Details.ContactData.Attributes.language
  try {
    return { ...(await Promise.race([answer(event, language, io), endOf(patience)])) }
  } catch (error) {
    io.log({ level: 'error', event: 'flow', error: String(error) })
    await keepKey(event, io)
    return { result: 'failed', say: sayFailed(language) }
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
async function keepKey({ Details }: ContactFlowEvent, io: EngineIo): Promise<void> {
  const { ContactData, Parameters } = Details
  if (Parameters.action !== 'key' || !decides(Parameters.key)) return
  const { phoneHash, seq } = ContactData.Attributes
  const message = {
    v: 1,
    kind: 'key',
    phoneHash,
    seq: Number(seq),
    contactId: ContactData.ContactId,
    key: Parameters.key,
  } as const
  await io.escalate(message, 0).catch((error: unknown) => {
    io.log({ level: 'error', event: 'key lost', phoneHash, error: String(error) })
  })
}

async function answer(flow: ContactFlowEvent, language: Language, io: EngineIo): Promise<FlowAnswer> {
  const { ContactData, Parameters } = flow.Details
  const { phoneHash } = ContactData.Attributes
  const call = { seq: Number(ContactData.Attributes.seq), contactId: ContactData.ContactId }
  const event = eventOf(Parameters, call)
  const { state: line } = await dispatchToPhoneLine(phoneHash, event === undefined ? 'deliver' : { event }, io)
  if (Parameters.action === 'no-key') return { result: 'ok', say: sayNoKey(language) }

  const incidents = await incidentsOf(line, call, io)
  const now = io.now()
  const open = incidents.filter(({ status }) => status === 'open')
  const mine = incidents.filter((incident) => isBy(incident, phoneHash))

  const pressed = Parameters.action === 'key' ? keyEventOf(Parameters.key) : undefined
  if (pressed === 'pass') {
    if (open.length === 0) return { ...taken(incidents, language), result: 'ok' }
    const next = open[0]?.escalation.next[0]?.name
    return { result: 'ok', say: sayPassed(next, language) }
  }
  if (pressed === 'acknowledge') {
    if (mine.length > 0) return { result: 'ok', say: sayAcknowledged(notices(mine, now), language) }
    if (open.length > 0) throw new Error('The key press acknowledged nothing')
    return taken(incidents, language)
  }
  // An answered call may itself have acknowledged: whoever did it hears what it is.
  const heard = open.length > 0 ? open : mine
  if (heard.length === 0) return taken(incidents, language)
  if (pressed === 'list') return { result: 'ok', say: sayList(notices(heard, now), language, now) }
  return { result: heard.length > 1 ? 'several' : 'ok', say: sayPage(notices(heard, now), language, now) }
}

/** What the incidents of a call have become. */
async function incidentsOf(line: PhoneLine | undefined, call: { seq: number }, io: EngineIo): Promise<Incident[]> {
  const current = line?.call?.seq === call.seq ? line.call.about.map(({ incident }) => incident) : undefined
  const references = current ?? line?.past.find(({ seq }) => seq === call.seq)?.incidents
  if (references === undefined) throw new Error(`Nobody knows of call ${call.seq}`)
  const incidents = await Promise.all(
    references.map(async (reference) => {
      const { generation, ...of } = parseReference(reference)
      const incident = await readIncident(of, io.incidents)
      return incident?.generation === generation ? [incident] : []
    }),
  )
  return incidents.flat()
}

function eventOf(
  parameters: ContactFlowEvent['Details']['Parameters'],
  call: { seq: number; contactId: string },
): PhoneLineEvent | undefined {
  if (parameters.action === 'answered') return { type: 'answered', ...call }
  if (parameters.action === 'no-key') return { type: 'key', key: 'none', ...call }
  return decides(parameters.key) ? { type: 'key', key: parameters.key, ...call } : undefined
}

function decides(key: AskedKey): key is DecidingKey {
  return (decidingKeys as AskedKey[]).includes(key)
}

function isBy(incident: Incident, phoneHash: string): boolean {
  const by = incident.acknowledged?.by?.contact
  return incident.status === 'acknowledged' && by !== undefined && by === incident.escalation.people[phoneHash]?.contact
}

function taken(incidents: Incident[], language: Language): FlowAnswer {
  const name = incidents.find(({ status }) => status === 'acknowledged')?.acknowledged?.by?.name
  return { result: 'taken', say: sayTaken(name, language) }
}

function notices(incidents: Incident[], now: number) {
  return incidents.map((incident) => noticeOf(incident, 'page', now))
}
