import type { LogEntry } from '../../contracts/log-entry.ts'
import { OutOfTime } from '../../contracts/out-of-time.ts'
import type { PartialFailure, SqsRecord } from './sqs-event.ts'

/** What is left of an invocation by a queue for putting back what was not taken, ms. */
export const PUT_BACK_MS = 2_000

export interface Taker {
  /** Rejects for a message that is to come again. */
  take(record: SqsRecord): Promise<void>
  /** Makes a message that was not taken, for `error`, wait before it comes again. Never rejects. */
  putBack(record: SqsRecord, error: unknown): Promise<void>
  log(entry: LogEntry): void
}

/** Takes each message of a batch by itself: one that fails does not hold the others, and is put back. */
export async function takeEach(records: SqsRecord[], { take, putBack, log }: Taker): Promise<PartialFailure> {
  const kept = await Promise.all(
    records.map(async (record) => {
      try {
        await take(record)
        return []
      } catch (error) {
        const level = error instanceof OutOfTime ? 'warn' : 'error'
        log({ level, event: 'message kept', messageId: record.messageId, error: String(error) })
        await putBack(record, error)
        return [record.messageId]
      }
    }),
  )
  return { batchItemFailures: kept.flat().map((itemIdentifier) => ({ itemIdentifier })) }
}
