import type { Alert } from '../contracts/alert.ts'
import { queueText } from '../contracts/queue-text.ts'

/** So many alerts of one message are worked off well within one invocation, be each of them an incident of its own. */
export const MESSAGE_ALERTS = 100

/** A message of SQS takes 1 MiB (SQS quotas), and so do ten of them that are sent together; in bytes. */
const MESSAGE_BYTES = 240_000
const FRAME_BYTES = 100

/** Packs alerts into messages of the events queue. Those of one key stay together, in their order. */
export function packed(alerts: readonly Alert[]): string[] {
  return inMessages(alerts, ({ project, dedupKey }) => JSON.stringify([project, dedupKey])).map((some) =>
    queueText({ v: 1, kind: 'alerts', alerts: some }),
  )
}

/**
 * Parts what is to be sent into messages of at most 100 alerts and 240 kB. What has the same key stays together as far as it fits into
 * one message, in its order: how two messages are taken is anybody's guess. The same alerts are always parted alike.
 */
export function inMessages<T>(alerts: readonly T[], keyOf: (alert: T) => string): T[][] {
  const messages: T[][] = []
  let room = { alerts: 0, bytes: 0 }
  const begin = () => {
    if (messages.at(-1)?.length !== 0) messages.push([])
    room = { alerts: MESSAGE_ALERTS, bytes: MESSAGE_BYTES - FRAME_BYTES }
  }
  for (const group of Map.groupBy(alerts, keyOf).values()) {
    const sizes = group.map((alert) => Buffer.byteLength(queueText(alert)) + 1)
    const bytes = sizes.reduce((sum, size) => sum + size, 0)
    if (group.length > room.alerts || bytes > room.bytes) begin()
    for (const [index, alert] of group.entries()) {
      const size = sizes[index] ?? 0
      if (room.alerts === 0 || size > room.bytes) begin()
      messages.at(-1)?.push(alert)
      room = { alerts: room.alerts - 1, bytes: room.bytes - size }
    }
  }
  return messages
}
