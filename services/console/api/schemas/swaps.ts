import * as z from 'zod/mini'
import { next, time } from './parts.ts'

/** By the clock of its schedule: `2026-12-05 18:00`. */
const turn = z.object({ from: z.string(), to: z.string() })

export const swap = z.object({
  id: z.string(),
  schedule: z.string(),
  /** The contact who has asked, and the one who was asked. */
  by: z.string(),
  to: z.string(),
  /** What `to` is to take. */
  mine: turn,
  /** What `by` takes for it; absent: nothing. */
  yours: z.optional(turn),
  note: z.optional(z.string()),
  at: time,
  /** It can be accepted until then. */
  until: time,
  state: z.enum(['asked', 'accepted', 'declined', 'withdrawn']),
  answered: z.optional(z.object({ at: time, by: z.string() })),
})

export const swapList = z.object({ swaps: z.array(swap), next })

/** `missed`: regions that have not taken what was accepted. */
export const answeredSwap = z.object({ swap, missed: z.array(z.string()) })
