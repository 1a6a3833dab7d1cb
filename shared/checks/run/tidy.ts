import { cut } from './cut.ts'

/** A sighting in an alert holds no more characters of a detail. */
const DETAIL_LIMIT = 200

/** One line without control characters and noncharacters: a queue refuses those. */
export function tidy(detail: string): string {
  return cut(detail.replace(/[\p{Cc}\p{Cs}\ufffe\uffff]+/gu, ' ').trim(), DETAIL_LIMIT)
}
