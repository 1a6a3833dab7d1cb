import * as z from 'zod/mini'
import { kafkaStatuses } from '../../../../shared/contracts/kafka-status.ts'
import { bilingual, next, time } from './parts.ts'

const status = z.enum(kafkaStatuses)

const seenGroup = z.object({
  project: z.string(),
  /** Its check: `pay/orders`. */
  check: z.string(),
  vantage: z.string(),
  group: z.string(),
  /** Of its worst partition; absent with the rest: nothing has been read of it yet. */
  status: z.optional(status),
  /** When it was sampled. */
  at: z.optional(time),
  /** It was sampled so long ago that it is not told as of now. */
  stale: z.boolean(),
  /** Messages, of all partitions. */
  lag: z.optional(z.number()),
  /** How old its oldest unread message is; absent: nothing is unread, or that is not known. */
  ageMs: z.optional(z.number()),
  count: z.object({ partitions: z.int(), inTrouble: z.int() }),
})

export const groupList = z.object({ groups: z.array(seenGroup), next })

export const group = z.extend(seenGroup, {
  /** The worst first. */
  partitions: z.array(
    z.object({
      topic: z.string(),
      partition: z.int(),
      status,
      why: bilingual,
      lag: z.number(),
      ageMs: z.optional(z.number()),
    }),
  ),
})
