import * as z from 'zod/mini'

/** A message as Lambda's SQS event source hands it over (Lambda developer guide, "Using Lambda with Amazon SQS"). */
export const sqsEvent = z.looseObject({
  Records: z.array(
    z.looseObject({
      messageId: z.string(),
      receiptHandle: z.string(),
      body: z.string(),
      attributes: z.looseObject({
        ApproximateReceiveCount: z.string(),
        SentTimestamp: z.string(),
        SenderId: z.optional(z.string()),
      }),
      eventSourceARN: z.optional(z.string()),
      messageAttributes: z.optional(z.record(z.string(), z.looseObject({ stringValue: z.optional(z.string()) }))),
    }),
  ),
})
export type SqsRecord = z.infer<typeof sqsEvent>['Records'][number]

/** Whether a batch comes from this queue: a mapping brings messages of one queue only. */
export function isFrom(event: unknown, queueUrl: string): boolean {
  const [record] = sqsEvent.parse(event).Records
  return record?.eventSourceARN?.split(':').at(-1) === queueUrl.split('/').at(-1)
}

/** What Lambda expects back: the messages that are to come again (ReportBatchItemFailures). */
export interface PartialFailure {
  batchItemFailures: { itemIdentifier: string }[]
}

/** The wait before a message comes again after trouble of ours: 5 s, doubled each time, up to 5 min. */
const FIRST_BACKOFF_S = 5
const MAX_BACKOFF_S = 300

/** How long a message that failed is to wait before it comes again: the longer the more often it failed. */
export function backOffSeconds({ attributes }: Pick<SqsRecord, 'attributes'>): number {
  const tries = Number(attributes.ApproximateReceiveCount)
  return Math.min(FIRST_BACKOFF_S * 2 ** Math.min(tries - 1, 10), MAX_BACKOFF_S)
}
