import * as z from 'zod/mini'

/** A text in each language that people read. */
export const bilingual = z.object({ zh: z.string(), en: z.string() })
/** A reason: a code for programs, and the sentence. */
export const reason = z.object({ code: z.string(), text: bilingual })
/** UTC, ISO 8601. */
export const time = z.iso.datetime()
/** The contact in whose name something is done. */
export const as = z.string()
/** As people write a time, by the clock of a schedule: `Sat 18:00`, `now`, `2026-12-05 18:00`. */
export const moment = z.string().check(z.trim(), z.minLength(1), z.maxLength(40))
/** Of a contact or a schedule. */
export const name = z.string().check(z.trim(), z.minLength(1), z.maxLength(64))
/** Of a list: gives the next page as `cursor`; absent: this is the last. */
export const next = z.optional(z.string())

/** Parts of a path. */
export const number = {
  number: { schema: z.coerce.number().check(z.int(), z.positive()), says: 'The short number' },
}
export const checkInPath = {
  project: { schema: z.string(), says: 'Its project' },
  name: { schema: z.string(), says: 'Its name there' },
}

/** The most that a page of a list has, and how many without being asked. */
const MOST = 100
const USUAL = 50

/** How a list is gone through: what comes meanwhile moves nothing. */
export const paging = {
  limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(MOST)), USUAL),
  cursor: z.optional(z.string()),
}
