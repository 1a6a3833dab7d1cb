import { isRecord } from '../../shared/ingest/plain.ts'

/**
 * What invokes the function without a request: records of SNS, an event of EventBridge, or an alarm that calls it directly. A list of
 * what they carry; undefined for anything else.
 */
export function cloudEventsIn(event: unknown): unknown[] | undefined {
  if (!isRecord(event)) return undefined
  if ('detail-type' in event || 'alarmData' in event) return [event]
  const { Records } = event
  const messages = Array.isArray(Records) ? Records.flatMap((record) => (isRecord(record) ? [record.Sns] : [])) : []
  const told = messages.filter((message) => isRecord(message))
  return told.length > 0 ? told : undefined
}

/** What a message of the queue carries: JSON, or a text as it is. */
export function carriedBy(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
