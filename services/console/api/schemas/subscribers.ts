import * as z from 'zod/mini'
import { next, time } from './parts.ts'

const subscriber = z.object({
  /** The status page. */
  page: z.string(),
  id: z.string(),
  way: z.enum(['mail', 'webhook']),
  /** Masked: `a***@example.com`, `https://hooks.example.com/***`; absent: it was sealed by another secret. */
  address: z.optional(z.string()),
  /** Whether the address has said yes. */
  confirmed: z.boolean(),
  /** When it did, or was asked. */
  since: time,
  /** When it was last sent something. */
  sentAt: z.optional(time),
  /** How often in a row that has failed since. */
  failures: z.int(),
})

export const subscriberList = z.object({ subscribers: z.array(subscriber), next })

export const removedSubscriber = z.object({ page: z.string(), id: z.string() })
