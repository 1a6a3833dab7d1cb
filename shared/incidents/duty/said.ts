import type { Instant } from '../../contracts/words.ts'
import type { Place } from './duty.ts'

/** What somebody has said of duty by hand: that a region has it whatever the order says, or that it goes by the order again. */
export interface Said {
  /** Later than whatever was known to be said before, so that the newest wins wherever it is heard of. */
  at: Instant
  by: string
  /** Who takes it; absent: it goes by the order again. */
  region?: string
  /** Absent: until it is released. */
  until?: Instant
}

/** Whether one was said after another. Of two that were said in the same moment every region takes the same one. */
export function isSaidAfter(one: Said, other: Said | undefined): boolean {
  if (other === undefined || one.at !== other.at) return one.at > (other?.at ?? Number.NEGATIVE_INFINITY)
  return textOf(one) > textOf(other)
}

function textOf({ region = '', by, until = 0 }: Said): string {
  return [region, by, until].join('\n')
}

/** The region that has duty by hand now; undefined: it goes by the order. */
export function takenBy(said: Said | undefined, order: string[], now: Instant): string | undefined {
  if (said?.region === undefined || !order.includes(said.region)) return undefined
  return said.until === undefined || now < said.until ? said.region : undefined
}

/** Where a region stands by what was said: whoever has taken duty stands before all others. */
export function placeBy<P extends Omit<Place, 'guardMs'>>(
  place: P,
  said: Said | undefined,
  now: Instant,
): P & Pick<Place, 'first' | 'changedAt'> {
  if (said === undefined) return place
  const first = takenBy(said, place.order, now)
  const changedAt = said.until !== undefined && said.until <= now ? said.until : said.at
  return { ...place, ...(first !== undefined && { first }), changedAt }
}
