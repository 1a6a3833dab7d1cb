import * as z from 'zod/mini'
import { bilingual, next, time } from './parts.ts'

export const senderList = z.object({
  senders: z.array(
    z.object({
      project: z.string(),
      format: z.string(),
      title: bilingual,
      /** Where it sends to; `{key}` is a key of the project. */
      url: z.string(),
      /** When it was last heard of, and how many alerts it brought then; absent: never, within 90 days. */
      heard: z.optional(z.object({ at: time, alerts: z.int() })),
    }),
  ),
  next,
})

export const trial = z.object({
  result: z.enum(['taken', 'refused', 'lost']),
  /** As the way in answered, as HTTP has it; absent: it did not. */
  status: z.optional(z.int()),
  /** Its first words, or why there was no answer. */
  answer: z.string(),
  /** Something may be open by it: its begin was taken, or may have been, and its end was not. */
  open: z.boolean(),
})
