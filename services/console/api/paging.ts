import { type Refusal, refusal } from './refusal.ts'

/** Which part of a list is asked for. */
export interface Page {
  limit: number
  cursor?: string | undefined
}

/** Some of a list, and what leads to those after them. */
interface Paged<T> {
  shown: T[]
  next: { next?: string }
}

/**
 * A page of a list by what names each of its things: what comes and goes meanwhile moves nothing. A cursor is the name of the last one
 * that was shown.
 */
export function pageOf<T>(all: T[], nameOf: (one: T) => string, { limit, cursor }: Page): Paged<T> {
  const after = cursor === undefined ? undefined : nameIn(cursor)
  const ordered = all
    .map((one) => ({ one, name: nameOf(one) }))
    .filter(({ name }) => after === undefined || name > after)
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const shown = ordered.slice(0, limit)
  const last = shown.at(-1)
  const isLast = last === undefined || ordered.length <= limit
  return { shown: shown.map(({ one }) => one), next: isLast ? {} : { next: cursorOf(last.name) } }
}

function cursorOf(name: string): string {
  return Buffer.from(name).toString('base64url')
}

function nameIn(cursor: string): string {
  const name = Buffer.from(cursor, 'base64url').toString()
  if (name !== '' && cursorOf(name) === cursor) return name
  throw badCursor()
}

/** Refuses what no page before has given. */
export function badCursor(): Refusal {
  return refusal(400, 'bad-cursor', (say) => say.cursor)
}
