import type { Instant } from '../../contracts/words.ts'

/** The message attributes of a message that was sent once more: when it was sent first, UTC ms, and by whom. */
export const FIRST_SENT = 'firstSent'
export const FIRST_SENDER = 'firstSender'

/** Those attributes, as SQS takes them (Amazon SQS API Reference, MessageAttributeValue). */
export function firstSentAttributes(
  at: Instant | string,
  by?: string,
): Record<string, { DataType: 'Number' | 'String'; StringValue: string }> {
  return {
    [FIRST_SENT]: { DataType: 'Number', StringValue: String(at) },
    ...(by === undefined ? {} : { [FIRST_SENDER]: { DataType: 'String', StringValue: by } }),
  }
}

/** What an SQS record tells of its sending, as Lambda hands it over. */
interface SentRecord {
  attributes: { SentTimestamp: string; SenderId?: string | undefined }
  messageAttributes?: Record<string, { stringValue?: string | undefined }> | undefined
}

/** What has no time of its own happened when it was first sent, however late it is read. Only earlier can be claimed, never later. */
export function sentAt({ attributes, messageAttributes }: SentRecord): Instant {
  const now = Number(attributes.SentTimestamp)
  const first = Number(messageAttributes?.[FIRST_SENT]?.stringValue ?? now)
  return first > 0 && first < now ? first : now
}

/**
 * Who sent a message: by SQS's word, and, before that, by the word of who sent it on. Unique ids of IAM users and roles; of a role's
 * `id:session` the id, since anybody may choose a session's name (Amazon SQS API Reference, ReceiveMessage, SenderId).
 */
export function sendersOf({ attributes, messageAttributes }: SentRecord): string[] {
  const ids = [attributes.SenderId, messageAttributes?.[FIRST_SENDER]?.stringValue]
  return ids.flatMap((id) => (id ? [uniqueId(id)] : []))
}

/** `AROA…:session` → `AROA…`. */
export function uniqueId(senderId: string): string {
  return senderId.split(':')[0] ?? senderId
}
