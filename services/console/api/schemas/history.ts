import * as z from 'zod/mini'
import { verdictWord } from '../../../../shared/contracts/words.ts'
import { phaseNames } from '../../../../shared/engine/console/view-check.ts'
import { next, time } from './parts.ts'

/** Middle and 95th percentile, ms. */
const latency = z.object({ medianMs: z.number(), p95Ms: z.number() })

/** By what a request goes through; absent: its kind has none. */
const phases = z.optional(z.record(z.enum(phaseNames), latency))

const bar = z.object({
  at: time,
  runs: z.int(),
  up: z.int(),
  down: z.int(),
  /** Which share of what is known of it something answered; absent: nothing is known. */
  share: z.optional(z.number()),
  ...latency.def.shape,
  phases,
})

export const checkHistory = z.object({
  id: z.string(),
  verdict: verdictWord,
  from: time,
  until: time,
  /** How long a bar is, ms. */
  barMs: z.number(),
  /**
   * Which share of the last days it answered, over all vantages, maintenance left out unless its project counts it; since when, and on how
   * many days, or in how many of the last 24 hours, it was judged. Without `share` nothing is known.
   */
  uptime: z.array(
    z.object({
      days: z.int(),
      share: z.optional(z.number()),
      since: z.optional(time),
      judgedDays: z.optional(z.int()),
      judgedHours: z.optional(z.int()),
    }),
  ),
  vantages: z.array(
    z.object({
      vantage: z.string(),
      /** Over all bars. */
      share: z.optional(z.number()),
      usual: z.optional(latency),
      phases,
      /** What counts as usual: the median of the hours, and how far it strays. */
      band: z.optional(z.object({ medianMs: z.number(), spreadMs: z.number() })),
      /** The oldest first; there is none of a time of which nothing is known. */
      bars: z.array(bar),
    }),
  ),
  /** Those of this check that were going on then, by their short numbers, the newest first. */
  incidents: z.array(z.int()),
  /** When maintenance lay over it, whatever is configured since. */
  maintenance: z.array(z.object({ from: time, until: time })),
  next,
})
