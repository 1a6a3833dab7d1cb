import { invalid } from './fault.ts'

const LIMIT = 100
const DEFAULT_LIMIT = 20

export interface Page<T> {
  items: T[]
  /** Absent on the last page. */
  nextToken?: string
}

/**
 * One page of `all`: `limit` from 1 to 100, `nextToken` as the page before gave it. The token only fits the list it
 * came from.
 *
 * @throws {Fault} InvalidArgument
 */
export function page<T>(all: T[], keyOf: (item: T) => string, params: URLSearchParams, names: PageNames = {}): Page<T> {
  const limitText = params.get(names.limit ?? 'limit')
  const limit = limitText === null ? DEFAULT_LIMIT : Number(limitText)
  if (!Number.isInteger(limit) || limit < 1 || limit > LIMIT) throw invalid(`limit: must be from 1 to ${LIMIT}`)
  const token = params.get(names.nextToken ?? 'nextToken')
  const from = token ? all.findIndex((item) => keyOf(item) === decoded(token)) : 0
  if (from < 0) throw invalid('nextToken: is not of this list')
  const following = all[from + limit]
  const items = all.slice(from, from + limit)
  return following === undefined ? { items } : { items, nextToken: Buffer.from(keyOf(following)).toString('base64url') }
}

/** What the two parameters are called where they are not called `limit` and `nextToken`. */
export interface PageNames {
  limit?: string
  nextToken?: string
}

function decoded(token: string): string {
  return Buffer.from(token, 'base64url').toString()
}
