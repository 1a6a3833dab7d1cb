import type { Instant } from '../contracts/words.ts'

/** 10^11 ms were in 1973, and 10^11 s will be in the year 5138: what is smaller counts seconds. */
const MOST_SECONDS = 1e11

/**
 * A point in time as senders write it: ISO 8601 with any number of decimals and any offset (`+0800`, too), `2026-11-28 10:14:00` in
 * the zone whose offset is `offset` (`Z`, `+08:00`), seconds or milliseconds as a number or as text. Undefined for anything else,
 * and for the years before 1990: `0001-01-01T00:00:00Z` means that it has not been.
 */
export function timeOf(value: unknown, offset = 'Z'): Instant | undefined {
  const at = typeof value === 'string' && !/^\d+(?:\.\d+)?$/.test(value) ? dateOf(value, offset) : numberOf(value)
  return at !== undefined && at > EARLIEST && at < LATEST ? at : undefined
}

const EARLIEST = Date.UTC(1990)
const LATEST = Date.UTC(2100)

function numberOf(value: unknown): Instant | undefined {
  const number = typeof value === 'number' ? value : typeof value === 'string' ? Number(value) : Number.NaN
  if (!Number.isFinite(number)) return undefined
  return Math.round(number < MOST_SECONDS ? number * 1000 : number)
}

const written =
  /^(\d{4})[-./](\d{2})[-./](\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i

/** As nearly everybody writes it, with which `Date.parse` needs no help. */
const plainIso = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z$/

function dateOf(text: string, offset: string): Instant | undefined {
  const plain = plainIso.test(text) ? Date.parse(text) : Number.NaN
  if (!Number.isNaN(plain)) return plain
  const [, year, month, day, hour, minute, second = '00', decimals = '', zone = offset] =
    written.exec(text.trim()) ?? []
  if (year === undefined) return undefined
  const colon = /^[+-]\d{4}$/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase()
  const at = Date.parse(
    `${year}-${month}-${day}T${hour}:${minute}:${second}.${decimals.padEnd(3, '0').slice(0, 3)}${colon}`,
  )
  return Number.isNaN(at) ? undefined : at
}
