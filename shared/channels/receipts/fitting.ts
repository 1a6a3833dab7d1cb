import type { z } from 'zod/mini'

/** More than a vendor posts at once is none of its posts. */
const MOST_AT_ONCE = 1_000

/**
 * What of a list of receipts fits, each judged alone: one that is odd costs none of the others, which the vendor would not post again.
 * Undefined: it is no list, or nothing in it fits.
 */
export function fitting<One extends z.ZodMiniType>(one: One, posted: unknown): z.output<One>[] | undefined {
  if (!Array.isArray(posted) || posted.length > MOST_AT_ONCE) return undefined
  const found = posted.flatMap((item) => {
    const { data } = one.safeParse(item)
    return data === undefined ? [] : [data]
  })
  return found.length === 0 && posted.length > 0 ? undefined : found
}
