import type { Instant } from '../../contracts/words.ts'

/** The message attribute of a message that was sent once more: when it was sent first, UTC ms. */
export const FIRST_SENT = 'firstSent'

/** That attribute, as SQS takes it (Amazon SQS API Reference, MessageAttributeValue). */
export function firstSentAttribute(at: Instant | string): {
  [FIRST_SENT]: { DataType: 'Number'; StringValue: string }
} {
  return { [FIRST_SENT]: { DataType: 'Number', StringValue: String(at) } }
}

/** What an SQS record tells of its sending, as Lambda hands it over. */
interface SentRecord {
  attributes: { SentTimestamp: string }
  messageAttributes?: Record<string, { stringValue?: string | undefined }> | undefined
}

/** What has no time of its own happened when it was first sent, however late it is read. Only earlier can be claimed, never later. */
export function sentAt({ attributes, messageAttributes }: SentRecord): Instant {
  const now = Number(attributes.SentTimestamp)
  const first = Number(messageAttributes?.[FIRST_SENT]?.stringValue ?? now)
  return first > 0 && first < now ? first : now
}
