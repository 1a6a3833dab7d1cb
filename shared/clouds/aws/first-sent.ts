import type { Instant } from '../../contracts/words.ts'
import type { ReceivedMessage } from './sqs-actions.ts'

/** The message attributes of a message that was sent once more: when it was sent first, UTC ms, and by whom, the last before us first. */
export const FIRST_SENT = 'firstSent'
export const FIRST_SENDER = 'firstSender'
const BETWEEN = ','

/** Those attributes, as SQS takes them (Amazon SQS API Reference, MessageAttributeValue). */
export function firstSentAttributes(
  at: Instant,
  by: readonly string[] = [],
): Record<string, { DataType: 'Number' | 'String'; StringValue: string }> {
  return {
    [FIRST_SENT]: { DataType: 'Number', StringValue: String(at) },
    ...(by.length === 0 ? {} : { [FIRST_SENDER]: { DataType: 'String', StringValue: by.join(BETWEEN) } }),
  }
}

/** What an SQS record tells of its sending, as Lambda hands it over. */
interface SentRecord {
  attributes: { SentTimestamp: string; SenderId?: string | undefined }
  messageAttributes?: Record<string, { stringValue?: string | undefined }> | undefined
}

/** What has no time of its own happened when it was first sent, however late it is read. */
export function sentAt({ attributes, messageAttributes }: SentRecord): Instant {
  return firstTime(attributes.SentTimestamp, messageAttributes?.[FIRST_SENT]?.stringValue)
}

/** Whether a message bears the time of an earlier sending: whoever sends to all regions, or sends something on, writes that. */
export function isSentOn({ messageAttributes }: SentRecord): boolean {
  return messageAttributes?.[FIRST_SENT] !== undefined
}

/**
 * Who sent a message: by SQS's word, and, before that, by the word of each who sent it on. Unique ids of IAM users and roles; of a role's
 * `id:session` the id, since anybody may choose a session's name (Amazon SQS API Reference, ReceiveMessage, SenderId).
 */
export function sendersOf({ attributes, messageAttributes }: SentRecord): string[] {
  return chain(attributes.SenderId, messageAttributes?.[FIRST_SENDER]?.stringValue)
}

/** The attributes of a message that is sent on from its dead-letter queue. Its own sender stands before whomever that one names. */
export function sentOnAttributes({ Attributes = {}, MessageAttributes = {} }: ReceivedMessage) {
  const { SentTimestamp = '0', SenderId } = Attributes
  // SQS keeps the time of a message that it moves by itself (developer guide, "Using dead-letter queues").
  const at = firstTime(SentTimestamp, MessageAttributes[FIRST_SENT]?.StringValue)
  return firstSentAttributes(at, chain(SenderId, MessageAttributes[FIRST_SENDER]?.StringValue))
}

/** Only earlier can be claimed, never later. */
function firstTime(sent: string, claimed: string | undefined): Instant {
  const [now, first] = [Number(sent), Number(claimed ?? sent)]
  return first > 0 && first < now ? first : now
}

/** More than these have never had one message: whoever names more makes them up. */
const MOST_SENDERS = 8

function chain(sender: string | undefined, before = ''): string[] {
  const ids = [sender ?? '', ...before.split(BETWEEN)].map((id) => id.split(':')[0] ?? id)
  return [...new Set(ids.filter(Boolean))].slice(0, MOST_SENDERS)
}
