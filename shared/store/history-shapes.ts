import { verdicts } from '../contracts/verdicts.ts'
import type { Shape } from '../contracts/versions.ts'
import { columnsOf, deflated, inflated, rowsOf } from '../evaluation/columns.ts'
import { type DayOfCheck, type HourOfCheck, type Latency, type Point, phaseNames } from '../evaluation/history.ts'

/** One report's points in one item: what it costs does not grow with the checks. */
export const pointsShape = { current: 2, packing: { pack: packPoints, unpack: unpackPoints } } satisfies Shape<Point[]>

/** The version, and form, in which an hour of a probe function is kept. Many are read at once: they are compressed. */
export const hourShape = { current: 1, packing: { pack: packHour, unpack: unpackHour } } satisfies Shape<HourOfCheck[]>

/** The version, and form, in which a day of a probe function is kept. */
export const dayShape = { current: 1, packing: { pack: packDay, unpack: unpackDay } } satisfies Shape<DayOfCheck[]>

/** 6 + 1 bytes of key, 1 of outcome, 2 of latency; behind all of these 2 for each phase of a check that has them. */
const POINT_BYTES = 10
const PHASES_BYTES = 2 * phaseNames.length

/** How many points there are, before them. */
const COUNT_BYTES = 4

/** 6 + 1 bytes of key, 1 that says whether it has phases, and seven numbers of 2; then 4 for each phase. */
const HOUR_BYTES = 22

/** 6 + 1 bytes of key, and two numbers of 4. */
const DAY_BYTES = 15

/** Added to an outcome: its phases follow. */
const HAS_PHASES = 0x80

const MAX_16 = 0xffff

/** An hour in these fits 2 bytes. */
const TENTH_MS = 100

function packPoints(points: Point[]): string {
  const own = packed(points, ({ key, outcome, latencyMs, phases = [] }) => {
    const bytes = Buffer.alloc(POINT_BYTES)
    writeKey(bytes, key, 0)
    bytes.writeUInt8(verdicts.indexOf(outcome) + (phases.length > 0 ? HAS_PHASES : 0), 7)
    bytes.writeUInt16BE(bounded(latencyMs), 8)
    return bytes
  })
  const all = packed(points, ({ phases = [] }) => {
    const bytes = Buffer.alloc(2 * phases.length)
    for (const [index, ms] of phases.entries()) bytes.writeUInt16BE(bounded(ms), 2 * index)
    return bytes
  })
  const count = Buffer.alloc(COUNT_BYTES)
  count.writeUInt32BE(points.length)
  return deflated(Buffer.concat([count, columnsOf(own, POINT_BYTES), columnsOf(all, PHASES_BYTES)]))
}

function unpackPoints(text: string): Point[] {
  const bytes = inflated(text)
  const count = bytes.readUInt32BE(0)
  const end = COUNT_BYTES + count * POINT_BYTES
  const own = rowsOf(bytes.subarray(COUNT_BYTES, end), POINT_BYTES)
  const all = rowsOf(bytes.subarray(end), PHASES_BYTES)
  let withPhases = 0
  return Array.from({ length: count }, (_, index) => {
    const offset = index * POINT_BYTES
    const word = own.readUInt8(offset + 7)
    const hasPhases = (word & HAS_PHASES) !== 0
    return {
      key: readKey(own, offset),
      outcome: verdicts[word & ~HAS_PHASES] ?? 'unknown',
      latencyMs: own.readUInt16BE(offset + 8),
      ...(hasPhases && { phases: numbersAt(all, PHASES_BYTES * withPhases++, phaseNames.length) }),
    }
  })
}

function packHour(hours: HourOfCheck[]): string {
  const whole = packed(hours, ({ key, runs, up, down, upMs, knownMs, medianMs, p95Ms, phases = [] }) => {
    const bytes = Buffer.alloc(HOUR_BYTES + 4 * phases.length)
    writeKey(bytes, key, 0)
    bytes.writeUInt8(phases.length > 0 ? 1 : 0, 7)
    const ofPhases = phases.flatMap((phase) => [phase.medianMs, phase.p95Ms])
    const numbers = [runs, up, down, upMs / TENTH_MS, knownMs / TENTH_MS, medianMs, p95Ms, ...ofPhases]
    for (const [index, value] of numbers.entries()) bytes.writeUInt16BE(bounded(value), 8 + 2 * index)
    return bytes
  })
  return deflated(whole)
}

function unpackHour(text: string): HourOfCheck[] {
  const bytes = inflated(text)
  const hours: HourOfCheck[] = []
  for (let offset = 0; offset < bytes.length; ) {
    const hasPhases = bytes.readUInt8(offset + 7) === 1
    const numbers = numbersAt(bytes, offset + 8, 7 + (hasPhases ? 2 * phaseNames.length : 0))
    const at = (place: number) => numbers[place] ?? 0
    const latencyAt = (place: number): Latency => ({ medianMs: at(place), p95Ms: at(place + 1) })
    hours.push({
      key: readKey(bytes, offset),
      runs: at(0),
      up: at(1),
      down: at(2),
      upMs: at(3) * TENTH_MS,
      knownMs: at(4) * TENTH_MS,
      ...latencyAt(5),
      ...(hasPhases && { phases: phaseNames.map((_, index) => latencyAt(7 + 2 * index)) }),
    })
    offset += 8 + 2 * numbers.length
  }
  return hours
}

function packDay(days: DayOfCheck[]): string {
  return packed(days, ({ key, upMs, knownMs }) => {
    const bytes = Buffer.alloc(DAY_BYTES)
    writeKey(bytes, key, 0)
    bytes.writeUInt32BE(Math.round(upMs), 7)
    bytes.writeUInt32BE(Math.round(knownMs), 11)
    return bytes
  }).toString('base64')
}

function unpackDay(text: string): DayOfCheck[] {
  const bytes = bytesOf(text)
  if (bytes.length % DAY_BYTES !== 0) throw new Error(`it is not base64 of entries of ${DAY_BYTES} bytes`)
  return Array.from({ length: bytes.length / DAY_BYTES }, (_, index) => {
    const offset = index * DAY_BYTES
    return {
      key: readKey(bytes, offset),
      upMs: bytes.readUInt32BE(offset + 7),
      knownMs: bytes.readUInt32BE(offset + 11),
    }
  })
}

function packed<T>(all: T[], pack: (one: T) => Buffer): Buffer {
  return Buffer.concat(all.map(pack))
}

function numbersAt(bytes: Buffer, offset: number, count: number): number[] {
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

function readKey(bytes: Buffer, offset: number): number {
  return bytes.readUIntBE(offset, 6) * 256 + bytes.readUInt8(offset + 6)
}
