import { isRecord } from '../plain.ts'
import { isEvent } from './event.ts'

/**
 * What invokes a function that AWS reports to: records of SNS, an event of EventBridge, or an alarm that calls it directly. A list of
 * what they carry; undefined for anything else.
 */
export function cloudEventsIn(event: unknown): unknown[] | undefined {
  if (isEvent(event)) return [event]
  if (!isRecord(event)) return undefined
  const { Records } = event
  const messages = Array.isArray(Records) ? Records.flatMap((record) => (isRecord(record) ? [record.Sns] : [])) : []
  const told = messages.filter((message) => isRecord(message))
  return told.length > 0 ? told : undefined
}
