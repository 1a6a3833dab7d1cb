import type { Alert } from '../contracts/alert.ts'
import { queueText } from '../contracts/queue-text.ts'

/** So many alerts of one message are worked off well within one invocation, be each of them an incident of its own. */
export const MESSAGE_ALERTS = 100

/** A message of SQS takes 1 MiB (SQS quotas), and so do ten of them that are sent together; in bytes. */
const MESSAGE_BYTES = 240_000
const FRAME_BYTES = 100

/** An alert as it stands in a message. Those of one `key` are about the same thing. */
export interface Packable {
  key: string
  /** Its JSON, as a queue takes it. */
  text: string
}

/**
 * Packs alerts into messages of the events queue. Those of one key stay together, in their order; where there are several messages, each
 * says at which positions its alerts stood, for many of one key may be in two.
 */
export function packed(alerts: readonly Alert[]): string[] {
  if (alerts.length === 0) return []
  if (alerts.length <= MESSAGE_ALERTS) {
    // As most are: nothing has to be parted.
    const message = queueText({ v: 1, kind: 'alerts', alerts })
    if (Buffer.byteLength(message) <= MESSAGE_BYTES) return [message]
  }
  const all = alerts.map((alert, position) => {
    return { key: `${alert.project}\u0000${alert.dedupKey}`, text: queueText(alert), position }
  })
  const messages = inMessages(all)
  return messages.map((some) => messageOf(some, messages.length > 1 ? positionsOf(some) : undefined))
}

/** The positions of alerts in what they came in. */
export function positionsOf(alerts: readonly { position: number }[]): number[] {
  return alerts.map(({ position }) => position)
}

/** A message of these alerts; `positions` are those they had in their sender's message, where that was another. */
export function messageOf(alerts: readonly Packable[], positions?: number[]): string {
  const head = JSON.stringify({ v: 1, kind: 'alerts', positions })
  return `${head.slice(0, -1)},"alerts":[${alerts.map(({ text }) => text).join()}]}`
}

/**
 * Parts what is to be sent into messages of at most 100 alerts and 240 kB. What has the same key stays together as far as it fits into
 * one message, in its order: how two messages are taken is anybody's guess. The same alerts are always parted alike.
 */
export function inMessages<T extends Packable>(alerts: readonly T[]): T[][] {
  const messages: T[][] = []
  let message: T[] = []
  let room = 0
  const begin = () => {
    if (messages.length > 0 && message.length === 0) return
    message = []
    messages.push(message)
    room = MESSAGE_BYTES - FRAME_BYTES
  }
  for (const group of Map.groupBy(alerts, ({ key }) => key).values()) {
    const sizes = group.map(bytesOf)
    const bytes = sizes.reduce((sum, size) => sum + size, 0)
    if (message.length + group.length > MESSAGE_ALERTS || bytes > room) begin()
    for (const [index, alert] of group.entries()) {
      const size = sizes[index] ?? 0
      if (message.length === MESSAGE_ALERTS || size > room) begin()
      message.push(alert)
      room -= size
    }
  }
  return messages
}

/** With the comma behind it. */
function bytesOf({ text }: Packable): number {
  return Buffer.byteLength(text) + ','.length
}
