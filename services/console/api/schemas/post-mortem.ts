import * as z from 'zod/mini'
import { verdictWord } from '../../../../shared/contracts/words.ts'
import { bilingual, time } from './parts.ts'

/** Run by run, the oldest first, from each vantage. */
const runs = z.array(
  z.object({
    vantage: z.string(),
    points: z.array(z.object({ at: time, verdict: verdictWord, latencyMs: z.number() })),
  }),
)

export const strips = z.object({
  /** Absent: it is no check's, or nothing is kept of it any more. */
  until: z.optional(time),
  vantages: runs,
})

export const postMortem = z.object({
  /** How long it took from its opening, ms; absent: it never came to that. */
  milestones: z.object({
    paged: z.optional(z.number()),
    reached: z.optional(z.number()),
    acknowledged: z.optional(z.number()),
    resolved: z.optional(z.number()),
  }),
  /** Who was told what, and what became of it. */
  told: z.array(z.object({ at: time, text: bilingual })),
  /** What each vantage saw around it; empty of what is no check's. */
  vantages: runs,
  /** What people begin to write on. */
  markdown: bilingual,
})
