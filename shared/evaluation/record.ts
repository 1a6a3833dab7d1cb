import { HOUR_MS } from '../contracts/milliseconds.ts'
import { type VerdictWord, verdicts } from '../contracts/verdicts.ts'
import type { Instant } from '../contracts/words.ts'
import { columnsOf, deflated, inflated, rowsOf } from './columns.ts'

/** What one vantage remembers of one check: its last outcomes, oldest first, and when the newest was seen. */
export interface CheckRecord {
  outcomes: VerdictWord[]
  at: Instant
  latencyMs: number
  /** When the first of the runs since it was last up saw trouble, to the second; absent: none did. */
  troubledSince?: Instant
  /** When the first of the certificates that it was shown ends, to the hour before; absent: it was shown none. */
  certificateEnds?: Instant
}

/** Records as text. */
export interface PackedRecords {
  records: string
  /**
   * When the certificate of each ends, in the order of the records; absent: none has one. It stands beside them so that a release that does
   * not know of it reads the rest as ever, and only leaves this out.
   */
  certificates?: string
}

/** Twice the largest `n` of `confirm`, since a single remaining vantage needs twice the evidence. */
export const REMEMBERED_OUTCOMES = 20

/** 7 bytes of key, 1 of count, 5 of outcomes at 2 bits, 6 of time, 2 of latency, 4 of seconds: at most 36 characters a check. */
const RECORD_BYTES = 25
const MAX_LATENCY_MS = 0xffff
const MS_PER_SECOND = 1000

/** Whole hours: enough to count days by, and alike from run to run. */
const END_BYTES = 3
const MAX_END = 0xffffff

/** Records of many checks by the hash of their id. */
export type Records = Map<number, CheckRecord>
export type ReadonlyRecords = ReadonlyMap<number, Readonly<CheckRecord>>

/**
 * A check's key inside packed state: 53 bits of its id (cyrb53, public domain, by bryc). Two of 10,000 checks collide with a
 * chance of 1 in 10^8.
 */
export function checkKey(id: string): number {
  let a = 0xdeadbeef
  let b = 0x41c6ce57
  for (let index = 0; index < id.length; index++) {
    const code = id.charCodeAt(index)
    a = Math.imul(a ^ code, 2654435761)
    b = Math.imul(b ^ code, 1597334677)
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return 4294967296 * (2097151 & b) + (a >>> 0)
}

/**
 * Packs records into text: the writes that a report causes do not grow with its checks, and what a write costs by the kilobyte hardly does:
 * checks that are steadily up differ in their keys, latencies and the last bytes of their times.
 */
export function pack(records: Records): PackedRecords {
  const bytes = Buffer.alloc(records.size * RECORD_BYTES)
  let offset = 0
  for (const [key, record] of records) {
    bytes.writeUIntBE(Math.floor(key / 256), offset, 6)
    bytes.writeUInt8(key % 256, offset + 6)
    bytes.writeUInt8(record.outcomes.length, offset + 7)
    record.outcomes.forEach((outcome, index) => {
      const at = offset + 8 + (index >> 2)
      bytes.writeUInt8(bytes.readUInt8(at) | (verdicts.indexOf(outcome) << ((index & 3) * 2)), at)
    })
    bytes.writeUIntBE(record.at, offset + 13, 6)
    bytes.writeUInt16BE(Math.min(MAX_LATENCY_MS, Math.round(record.latencyMs)), offset + 19)
    // Rounded up: a trouble is not told to have begun before it was seen.
    bytes.writeUInt32BE(Math.ceil((record.troubledSince ?? 0) / MS_PER_SECOND), offset + 21)
    offset += RECORD_BYTES
  }
  return { records: deflated(columnsOf(bytes, RECORD_BYTES)), ...packedEnds(records) }
}

function packedEnds(records: Records): Pick<PackedRecords, 'certificates'> {
  const ends = [...records.values()].map(({ certificateEnds = 0 }) => Math.floor(certificateEnds / HOUR_MS))
  if (ends.every((hours) => hours <= 0)) return {}
  const bytes = Buffer.alloc(ends.length * END_BYTES)
  for (const [index, hours] of ends.entries())
    bytes.writeUIntBE(Math.min(MAX_END, Math.max(0, hours)), index * END_BYTES, END_BYTES)
  return { certificates: deflated(columnsOf(bytes, END_BYTES)) }
}

/** What one row after the other in base64 was before it was packed so. */
export function repacked(rows: string): string {
  return deflated(columnsOf(Buffer.from(rows, 'base64'), RECORD_BYTES))
}

/** By the state that holds them. */
const unpacked = new WeakMap<PackedRecords, ReadonlyRecords>()

/** The records of a state, read once, however many ask: to check it, to judge, to add what is new. Throws as `unpack` does. */
export function recordsOf(state: PackedRecords): ReadonlyRecords {
  const known = unpacked.get(state)
  if (known !== undefined) return known
  const records = unpack(state)
  unpacked.set(state, records)
  return records
}

/** Reads what `pack` wrote. Throws for anything else. */
export function unpack({ records: packed, certificates = '' }: PackedRecords): Records {
  const bytes = rowsOf(inflated(packed), RECORD_BYTES)
  const ends = rowsOf(inflated(certificates), END_BYTES)
  if (ends.length > 0 && ends.length / END_BYTES !== bytes.length / RECORD_BYTES)
    throw new RangeError('there are not as many certificates as records')
  const records: Records = new Map()
  for (let offset = 0; offset + RECORD_BYTES <= bytes.length; offset += RECORD_BYTES) {
    const key = bytes.readUIntBE(offset, 6) * 256 + bytes.readUInt8(offset + 6)
    const outcomes = Array.from({ length: bytes.readUInt8(offset + 7) }, (_, index) => {
      const bits = (bytes.readUInt8(offset + 8 + (index >> 2)) >> ((index & 3) * 2)) & 3
      return verdicts[bits] ?? 'unknown'
    })
    const troubledSince = bytes.readUInt32BE(offset + 21) * MS_PER_SECOND
    const certificateEnds =
      ends.length === 0 ? 0 : ends.readUIntBE((offset / RECORD_BYTES) * END_BYTES, END_BYTES) * HOUR_MS
    records.set(key, {
      outcomes,
      at: bytes.readUIntBE(offset + 13, 6),
      latencyMs: bytes.readUInt16BE(offset + 19),
      ...(troubledSince === 0 ? {} : { troubledSince }),
      ...(certificateEnds === 0 ? {} : { certificateEnds }),
    })
  }
  return records
}
