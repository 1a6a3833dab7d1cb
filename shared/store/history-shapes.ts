import { verdicts } from '../contracts/verdicts.ts'
import type { Shape } from '../contracts/versions.ts'
import { columnsOf, deflated, inflated, rowOf } from '../evaluation/columns.ts'
import { type DayOfCheck, type HourOfCheck, type Latency, type Point, phaseNames } from '../evaluation/history.ts'

/** Which checks are wanted, by their keys. */
export type Wanted = (of: { key: number }) => boolean

/** A shape of what is kept of many checks, of which some can be unpacked without the others. */
interface OfChecks<T> extends Shape<T[]> {
  packing: { pack(all: T[]): string; unpack(text: string, wanted?: Wanted): T[] }
}

/** The same shape, by which only those checks are read that are wanted: of thousands a page shows some. */
export function onlyOf<T>(shape: OfChecks<T>, wanted: Wanted | undefined): Shape<T[]> {
  const { pack, unpack } = shape.packing
  return { ...shape, packing: { pack, unpack: (text) => unpack(text, wanted) } }
}

/** One report's points in one item: what it costs does not grow with the checks. */
export const pointsShape = { current: 2, packing: { pack: packPoints, unpack: unpackPoints } } satisfies OfChecks<Point>

/** The version, and form, in which an hour of a probe function is kept. Many are read at once: they are compressed. */
export const hourShape = {
  current: 2,
  // Checks stood one after the other.
  upgrade: ({ state, ...rest }) => ({ ...rest, state: packHour(hourInRows(String(state))) }),
  packing: { pack: packHour, unpack: unpackHour },
} satisfies OfChecks<HourOfCheck>

/** The version, and form, in which a day of a probe function is kept. Ninety are read at once, and most checks were up all day. */
export const dayShape = {
  current: 2,
  // Entries stood one after the other.
  upgrade: ({ state, ...rest }) => ({ ...rest, state: deflated(columnsOf(bytesOf(String(state)), DAY_BYTES)) }),
  packing: { pack: packDay, unpack: unpackDay },
} satisfies OfChecks<DayOfCheck>

/** 6 + 1 bytes of key, 1 of outcome, 2 of latency; behind all of these 2 for each phase of a check that has them. */
const POINT_BYTES = 10
const PHASES_BYTES = 2 * phaseNames.length

/** How many points there are, before them. */
const COUNT_BYTES = 4

/** 6 + 1 bytes of key, 1 that says whether it has phases, and seven numbers of 2; behind all of these 4 for each phase. */
const HOUR_BYTES = 22

/** 6 + 1 bytes of key, and two numbers of 4. */
const DAY_BYTES = 15

/** Added to an outcome: its phases follow. */
const HAS_PHASES = 0x80

/**
 * Added to an outcome: it was under maintenance. A release that does not know it takes the outcome for unknown, which counts for nothing.
 */
const IS_MAINTAINED = 0x40

/** What of the byte is the outcome. */
const OUTCOME = 0x3f

const MAX_16 = 0xffff

/** An hour in these fits 2 bytes. */
const TENTH_MS = 100

function packPoints(points: Point[]): string {
  const own = packed(points, ({ key, outcome, latencyMs, phases = [], maintained }) => {
    const bytes = Buffer.alloc(POINT_BYTES)
    writeKey(bytes, key, 0)
    const marks = (phases.length > 0 ? HAS_PHASES : 0) + (maintained ? IS_MAINTAINED : 0)
    bytes.writeUInt8(verdicts.indexOf(outcome) + marks, 7)
    bytes.writeUInt16BE(bounded(latencyMs), 8)
    return bytes
  })
  const all = packed(points, ({ phases = [] }) => {
    const bytes = Buffer.alloc(2 * phases.length)
    for (const [index, ms] of phases.entries()) bytes.writeUInt16BE(bounded(ms), 2 * index)
    return bytes
  })
  return inColumns(points.length, [own, POINT_BYTES], [all, PHASES_BYTES])
}

function unpackPoints(text: string, wanted?: Wanted): Point[] {
  const { own, all } = fromColumns(text, POINT_BYTES, PHASES_BYTES)
  return wantedRows(own, POINT_BYTES, HAS_PHASES, wanted).map(({ key, row, phases }) => {
    const word = row[7] ?? 0
    return {
      key,
      outcome: verdicts[word & OUTCOME] ?? 'unknown',
      latencyMs: row.readUInt16BE(8),
      ...(phases !== undefined && { phases: numbersIn(rowOf(all, PHASES_BYTES, phases)) }),
      ...((word & IS_MAINTAINED) > 0 && { maintained: true as const }),
    }
  })
}

function packHour(hours: HourOfCheck[]): string {
  const own = packed(hours, ({ key, runs, up, down, upMs, knownMs, medianMs, p95Ms, phases = [] }) => {
    const bytes = Buffer.alloc(HOUR_BYTES)
    writeKey(bytes, key, 0)
    bytes.writeUInt8(phases.length > 0 ? 1 : 0, 7)
    const numbers = [runs, up, down, upMs / TENTH_MS, knownMs / TENTH_MS, medianMs, p95Ms]
    for (const [index, value] of numbers.entries()) bytes.writeUInt16BE(bounded(value), 8 + 2 * index)
    return bytes
  })
  const all = packed(hours, ({ phases = [] }) => {
    const bytes = Buffer.alloc(4 * phases.length)
    const numbers = phases.flatMap((phase) => [phase.medianMs, phase.p95Ms])
    for (const [index, value] of numbers.entries()) bytes.writeUInt16BE(bounded(value), 2 * index)
    return bytes
  })
  return inColumns(hours.length, [own, HOUR_BYTES], [all, 2 * PHASES_BYTES])
}

function unpackHour(text: string, wanted?: Wanted): HourOfCheck[] {
  const { own, all } = fromColumns(text, HOUR_BYTES, 2 * PHASES_BYTES)
  return wantedRows(own, HOUR_BYTES, 1, wanted).map(({ key, row, phases }) => {
    const ofPhases = phases === undefined ? [] : numbersIn(rowOf(all, 2 * PHASES_BYTES, phases))
    return hourOfCheck(key, [...numbersIn(row.subarray(8)), ...ofPhases])
  })
}

/** As hours stood one check after the other. */
function hourInRows(text: string): HourOfCheck[] {
  const bytes = inflated(text)
  const hours: HourOfCheck[] = []
  for (let offset = 0; offset < bytes.length; ) {
    const hasPhases = bytes.readUInt8(offset + 7) === 1
    const numbers = numbersIn(bytes, offset + 8, 7 + (hasPhases ? 2 * phaseNames.length : 0))
    hours.push(hourOfCheck(bytes.readUIntBE(offset, 6) * 256 + bytes.readUInt8(offset + 6), numbers))
    offset += 8 + 2 * numbers.length
  }
  return hours
}

function hourOfCheck(key: number, numbers: number[]): HourOfCheck {
  const at = (place: number) => numbers[place] ?? 0
  const latencyAt = (place: number): Latency => ({ medianMs: at(place), p95Ms: at(place + 1) })
  return {
    key,
    ...{ runs: at(0), up: at(1), down: at(2), upMs: at(3) * TENTH_MS, knownMs: at(4) * TENTH_MS },
    ...latencyAt(5),
    ...(numbers.length > 7 && { phases: phaseNames.map((_, index) => latencyAt(7 + 2 * index)) }),
  }
}

function packDay(days: DayOfCheck[]): string {
  const rows = packed(days, ({ key, upMs, knownMs }) => {
    const bytes = Buffer.alloc(DAY_BYTES)
    writeKey(bytes, key, 0)
    bytes.writeUInt32BE(Math.round(upMs), 7)
    bytes.writeUInt32BE(Math.round(knownMs), 11)
    return bytes
  })
  return deflated(columnsOf(rows, DAY_BYTES))
}

function unpackDay(text: string, wanted?: Wanted): DayOfCheck[] {
  return wantedRows(inflated(text), DAY_BYTES, 0, wanted).map(({ key, row }) => ({
    key,
    upMs: row.readUInt32BE(7),
    knownMs: row.readUInt32BE(11),
  }))
}

/** Rows of two widths, of which there are fewer of the second, with how many there are of the first before them. */
function inColumns(count: number, ...[own, all]: [Rows, Rows]): string {
  const bytes = Buffer.alloc(COUNT_BYTES)
  bytes.writeUInt32BE(count)
  return deflated(Buffer.concat([bytes, columnsOf(...own), columnsOf(...all)]))
}

type Rows = [bytes: Buffer, width: number]

function fromColumns(text: string, ownWidth: number, width: number): { own: Buffer; all: Buffer } {
  const bytes = inflated(text)
  const end = COUNT_BYTES + bytes.readUInt32BE(0) * ownWidth
  const [own, all] = [bytes.subarray(COUNT_BYTES, end), bytes.subarray(end)]
  if (bytes.length < end || all.length % width !== 0) throw new RangeError('it is cut off')
  return { own, all }
}

/**
 * Those of the checks in columns that are wanted; `phases`: where the phases of one stand among the others' that have them, by a mark in its
 * eighth byte.
 */
function wantedRows(own: Buffer, width: number, mark: number, wanted: Wanted = () => true) {
  const count = own.length / width
  if (!Number.isInteger(count)) throw new RangeError(`it has no rows of ${width} bytes`)
  const rows: { key: number; row: Buffer; phases: number | undefined }[] = []
  let withPhases = 0
  for (let index = 0; index < count; index++) {
    const phases = ((own[7 * count + index] ?? 0) & mark) === 0 ? undefined : withPhases++
    let key = 0
    for (let column = 0; column < 7; column++) key = key * 256 + (own[column * count + index] ?? 0)
    if (wanted({ key })) rows.push({ key, row: rowOf(own, width, index), phases })
  }
  return rows
}

function packed<T>(all: T[], pack: (one: T) => Buffer): Buffer {
  return Buffer.concat(all.map(pack))
}

function numbersIn(bytes: Buffer, offset = 0, count = bytes.length / 2): number[] {
  return Array.from({ length: count }, (_, index) => bytes.readUInt16BE(offset + 2 * index))
}

function bounded(value: number): number {
  return Math.max(0, Math.min(MAX_16, Math.round(value)))
}

/** Buffers skip what is no base64: it is told by the length. */
function bytesOf(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64')
  if (text.length !== Math.ceil(bytes.length / 3) * 4) throw new Error('it is not base64')
  return bytes
}

function writeKey(bytes: Buffer, key: number, offset: number): void {
  bytes.writeUIntBE(Math.floor(key / 256), offset, 6)
  bytes.writeUInt8(key % 256, offset + 6)
}
