import type { Alert, Alerts } from '../contracts/alert.ts'

/** A message of SQS takes 1 MiB (SQS quotas); this much is worked off well within one invocation. In bytes. */
const MESSAGE_BYTES = 240_000
const FRAME_BYTES = 100

/** Packs alerts into as few messages of the events queue as their size allows, in their order. */
export function packed(alerts: readonly Alert[]): string[] {
  const messages: Alert[][] = []
  let room = 0
  for (const alert of alerts) {
    const bytes = Buffer.byteLength(JSON.stringify(alert)) + 1
    if (bytes > room || messages.length === 0) {
      messages.push([])
      room = MESSAGE_BYTES - FRAME_BYTES
    }
    messages.at(-1)?.push(alert)
    room -= bytes
  }
  return messages.map((some) => JSON.stringify({ v: 1, kind: 'alerts', alerts: some } satisfies Alerts))
}
