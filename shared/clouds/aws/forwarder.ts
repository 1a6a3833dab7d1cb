import type { LogEntry } from '../../contracts/log-entry.ts'
import { queueText } from '../../contracts/queue-text.ts'
import type { Instant } from '../../contracts/words.ts'
import { sqsBatchSender } from './sqs-batch.ts'
import { regionOf, type SqsQueue } from './sqs-call.ts'

/** What is taken here is done with no later than this after another region has been asked to take it, too. */
const FORWARD_MS = 1_000

/** A region that has not taken something in that time is passed over for so long: a storm is not held up by it. */
const SILENT_MS = 30_000

/**
 * Puts what has come to one region's events queue alone on those of the others, with when the first one took it: by that they know it, and
 * that it is not to be sent on again. It never rejects: what a region that is lost has not got is told to it with its incidents, as
 * everything is.
 */
export function forwarder(
  queues: SqsQueue[],
  { now, log }: { now(): Instant; log(entry: LogEntry): void },
): (body: unknown, takenAt: Instant) => Promise<void> {
  const others = queues.map((queue) => ({ region: regionOf(queue), send: sqsBatchSender(queue) }))
  const silentUntil = new Map<string, Instant>()
  return async (body, takenAt) => {
    const asked = others.filter(({ region }) => now() >= (silentUntil.get(region) ?? 0))
    const text = queueText(body)
    await Promise.all(
      asked.map(({ region, send }) =>
        send([text], now() + FORWARD_MS, takenAt).catch((error: unknown) => {
          silentUntil.set(region, now() + SILENT_MS)
          log({ level: 'warn', event: 'not forwarded', region, error: String(error) })
        }),
      ),
    )
  }
}
