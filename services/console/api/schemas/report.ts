import * as z from 'zod/mini'
import { severity } from '../../../../shared/contracts/words.ts'
import { time } from './parts.ts'

/** Durations in ms, from the opening; without mean and median there was nothing. */
const times = z.object({ count: z.int(), meanMs: z.optional(z.number()), medianMs: z.optional(z.number()) })

export const report = z.object({
  from: time,
  to: time,
  /** Incidents that began then, by severity. */
  opened: z.partialRecord(severity, z.int()),
  /** Not over at its end. */
  open: z.int(),
  /** Layers that reached people, calls that rang, and incidents that nobody answered. */
  pages: z.int(),
  calls: z.int(),
  exhausted: z.int(),
  acknowledged: times,
  resolved: times,
  /** What each had of it; `nights`: of the pages, those between 22:00 and 08:00 by their own clock. */
  people: z.array(z.object({ name: z.string(), pages: z.int(), nights: z.int(), calls: z.int(), taken: z.int() })),
  /** The worst first. */
  noisiest: z.array(
    z.object({
      project: z.string(),
      title: z.string(),
      /** What it said last, by its code. */
      code: z.optional(z.string()),
      incidents: z.int(),
      pages: z.int(),
      nights: z.int(),
    }),
  ),
  /** Jain’s index of the night pages: 1 when all had as many, 1/n when always the same of n; absent: nobody was woken. */
  evenness: z.optional(z.number()),
  /** Whether all incidents of that time were looked through. */
  whole: z.boolean(),
})
