import { DAY_MS } from '../contracts/milliseconds.ts'

/** A generation is readable by its number for so long after its end, ms. */
export const KEPT_AFTER_RESOLVE_MS = 180 * DAY_MS

/** A line of a history is kept so long, ms: whoever took half a year is still read from its beginning for half a year more. */
export const LINE_KEPT_MS = 2 * KEPT_AFTER_RESOLVE_MS

/**
 * The item is kept for so long after its last line, ms: it knows which generations there were, and none is given a second time while a
 * line of the first is still there. DynamoDB deletes what has expired "within a few days" (Developer Guide, "Time to live").
 */
export const ITEM_KEPT_MS = LINE_KEPT_MS + 7 * DAY_MS
