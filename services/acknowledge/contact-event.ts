import * as z from 'zod'
import type { ContactEvent } from '../../shared/store/contact-links.ts'

/** A Connect contact event as EventBridge delivers it (Amazon Connect Administrator Guide, "Contact events"). Fields may be added. */
export const contactEvent = z.looseObject({
  source: z.literal('aws.connect'),
  'detail-type': z.literal('Amazon Connect Contact Event'),
  detail: z.looseObject({
    eventType: z.string(),
    contactId: z.string().min(1),
    connectedToSystemTimestamp: z.string().optional(),
    disconnectReason: z.string().nullish(),
  }),
})

/** What an event means for a call; undefined for those that mean nothing to us. */
export function readContactEvent({ detail }: z.infer<typeof contactEvent>): ContactEvent | undefined {
  const { contactId, disconnectReason } = detail
  if (detail.eventType === 'CONNECTED_TO_SYSTEM') return { type: 'connected', contactId }
  // With no agent COMPLETED follows DISCONNECTED with the same data; whichever comes first counts.
  if (detail.eventType !== 'DISCONNECTED' && detail.eventType !== 'COMPLETED') return undefined
  return {
    type: 'disconnected',
    contactId,
    answered: detail.connectedToSystemTimestamp !== undefined,
    ...(disconnectReason ? { reason: disconnectReason } : {}),
  }
}
