import * as z from 'zod/mini'
import { instant, text } from './bounded.ts'

/** From when until when, as its schedule's clock shows. */
const span = text(1, 60)

/** Of which swap it tells, when that was said, and its own name: it is on its way before the swap is written, and goes out only if that says the same. */
const swap = z.optional(z.object({ id: text(1, 64), at: instant, letter: text(1, 64) }))

/** What a letter tells, by a code with what belongs to it; its sentences are made where it is sent. */
export const letterContent = z.discriminatedUnion('code', [
  /** Somebody asks to have `mine` taken, and takes `yours` for it. */
  z.object({
    code: z.literal('swap-asked'),
    by: text(1, 200),
    /** With its zone. */
    schedule: text(1, 140),
    mine: span,
    yours: z.optional(span),
    note: z.optional(text(1, 200)),
    swap,
  }),
  /** What became of it. */
  z.object({
    code: z.literal('swap-answered'),
    by: text(1, 200),
    schedule: text(1, 140),
    mine: span,
    accepted: z.boolean(),
    swap,
  }),
  /** A link by which they sign in: its token is made of this where it is sent. */
  z.object({ code: z.literal('sign-in'), id: text(16, 64) }),
])
export type LetterContent = z.infer<typeof letterContent>
