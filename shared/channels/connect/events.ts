import * as z from 'zod/mini'
import type { PlainFailureClass } from '../../contracts/failure.ts'
import type { CallReader } from '../voice/call-reader.ts'

/** A Connect contact event as EventBridge delivers it (Amazon Connect Administrator Guide, "Contact events"). Fields may be added. */
const contactEvent = z.looseObject({
  source: z.literal('aws.connect'),
  'detail-type': z.literal('Amazon Connect Contact Event'),
  detail: z.looseObject({
    eventType: z.string(),
    contactId: z.string().check(z.minLength(1)),
    connectedToSystemTimestamp: z.optional(z.string()),
    disconnectTimestamp: z.optional(z.string()),
    disconnectReason: z.nullish(z.string()),
  }),
})

/** Source: API Reference, Contact, DisconnectReason, for voice. The set is open: what it lacks is trouble of the line. */
const disconnectReasons: Record<string, PlainFailureClass> = {
  TELECOM_BUSY: 'line-busy',
  TELECOM_UNANSWERED: 'no-answer',
  TELECOM_TIMEOUT: 'no-answer',
  TELECOM_ORIGINATOR_CANCEL: 'no-answer',
  CUSTOMER_NEVER_ARRIVED: 'no-answer',
  TELECOM_NUMBER_INVALID: 'bad-number',
  TELECOM_POTENTIAL_BLOCKING: 'line-blocked',
}

const classOf = (reason: string): PlainFailureClass => disconnectReasons[reason] ?? 'line-trouble'

/** What an event of Connect's means for a call. */
export const readConnectEvent: NonNullable<CallReader['events']> = (event) => {
  const parsed = contactEvent.safeParse(event)
  if (!parsed.success) return undefined
  const {
    eventType,
    contactId,
    disconnectReason,
    connectedToSystemTimestamp,
    disconnectTimestamp = '',
  } = parsed.data.detail
  if (eventType === 'CONNECTED_TO_SYSTEM') return { type: 'connected', contactId }
  // With no agent COMPLETED follows DISCONNECTED with the same data; whichever comes first counts.
  if (eventType !== 'DISCONNECTED' && eventType !== 'COMPLETED') return 'ignored'
  const endedAt = Date.parse(disconnectTimestamp)
  return {
    type: 'disconnected',
    contactId,
    answered: connectedToSystemTimestamp !== undefined,
    ...(Number.isFinite(endedAt) && { endedAt }),
    ...(disconnectReason
      ? { failure: { class: classOf(disconnectReason), vendor: 'connect', code: disconnectReason } }
      : {}),
  }
}
