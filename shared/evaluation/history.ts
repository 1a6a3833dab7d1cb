import type { Observation } from '../contracts/report.ts'
import { type VerdictWord, verdicts } from '../contracts/verdicts.ts'
import type { Shape } from '../contracts/versions.ts'
import type { Instant } from '../contracts/words.ts'
import { checkKey } from './record.ts'
import { placeId } from './vantage.ts'

/** One run of one check, as history keeps it. */
export interface Point {
  key: number
  outcome: VerdictWord
  latencyMs: number
}

/** What one run of a probe function has seen, as history keeps it. */
export interface Run {
  at: Instant
  points: Point[]
}

/** An hour of one check at one vantage, for charts and for what is usual. Latencies are of runs that got an answer. */
export interface HourOfCheck {
  key: number
  runs: number
  up: number
  down: number
  /** For how long it was up, of how long something is known: each run counts until the next, so that many at once weigh little. */
  upMs: number
  knownMs: number
  /** Median and 95th percentile, ms; 0 without any answer. */
  medianMs: number
  p95Ms: number
}

const MAX_16 = 0xffff

/** What is summed up at once, ms. */
export const HOUR_MS = 3_600_000

/** 6 + 1 bytes of key, 1 of outcome, 2 of latency. */
const POINT_BYTES = 10

/** 6 + 1 bytes of key, and seven numbers of 2. */
const HOUR_BYTES = 21

/** An hour in these fits 2 bytes. */
const TENTH_MS = 100

/** The points of the history that a report makes: one for each of its observations, and for each place of these. */
export function pointsOf(observations: Observation[]): Point[] {
  const seen = observations.flatMap(({ check, places = [], ...own }) => [
    { id: check, ...own },
    ...places.map((place) => ({ id: placeId(check, place.vantage), ...place })),
  ])
  return seen.map(({ id, outcome, latencyMs = 0 }) => ({ key: checkKey(id), outcome, latencyMs }))
}

/** One report's points in one item: what it costs does not grow with the checks. */
export const pointsShape = { current: 1, packing: { pack: packPoints, unpack: unpackPoints } } satisfies Shape<Point[]>

/** The version, and form, in which an hour of a probe function is kept. */
export const hourShape = { current: 1, packing: { pack: packHour, unpack: unpackHour } } satisfies Shape<HourOfCheck[]>

function packPoints(points: Point[]): string {
  const bytes = Buffer.alloc(points.length * POINT_BYTES)
  points.forEach(({ key, outcome, latencyMs }, index) => {
    const offset = index * POINT_BYTES
    writeKey(bytes, key, offset)
    bytes.writeUInt8(verdicts.indexOf(outcome), offset + 7)
    bytes.writeUInt16BE(bounded(latencyMs), offset + 8)
  })
  return bytes.toString('base64')
}

function unpackPoints(packed: string): Point[] {
  const bytes = bytesOf(packed, POINT_BYTES)
  return Array.from({ length: bytes.length / POINT_BYTES }, (_, index) => {
    const offset = index * POINT_BYTES
    return {
      key: readKey(bytes, offset),
      outcome: verdicts[bytes.readUInt8(offset + 7)] ?? 'unknown',
      latencyMs: bytes.readUInt16BE(offset + 8),
    }
  })
}

/** Sums up the runs of an hour, or another time that ends at `until`, per check; they come oldest first. */
export function sumUp(runs: Run[], until: Instant): HourOfCheck[] {
  const points = runs.flatMap(({ at, points }) => points.map((point) => ({ at, ...point })))
  const byKey = Map.groupBy(points, ({ key }) => key)
  return [...byKey].map(([key, own]) => {
    const latencies = own
      .filter(({ outcome, latencyMs }) => (outcome === 'up' || outcome === 'degraded') && latencyMs > 0)
      .map(({ latencyMs }) => latencyMs)
      .sort((a, b) => a - b)
    const count = (outcome: VerdictWord) => own.filter((point) => point.outcome === outcome).length
    return {
      key,
      runs: own.length,
      up: count('up'),
      down: count('down'),
      ...availability(own, until),
      medianMs: quantile(latencies, 0.5),
      p95Ms: quantile(latencies, 0.95),
    }
  })
}

/** After the last run nothing is known for longer than twice what lay between two of them: a probe has fallen silent. */
function availability(own: { at: Instant; outcome: VerdictWord }[], until: Instant) {
  const between = own.slice(1).map(({ at }, index) => at - (own[index]?.at ?? at))
  const last = between.length === 0 ? Number.POSITIVE_INFINITY : 2 * Math.max(...between)
  const spans = own.map(({ at, outcome }, index) => ({
    outcome,
    ms: Math.max(1, between[index] ?? Math.min(until - at, last)),
  }))
  const sum = (of: typeof spans) => of.reduce((all, { ms }) => all + ms, 0)
  return { upMs: sum(spans.filter(({ outcome }) => outcome === 'up')), knownMs: sum(spans) }
}

function packHour(hours: HourOfCheck[]): string {
  const bytes = Buffer.alloc(hours.length * HOUR_BYTES)
  hours.forEach(({ key, runs, up, down, upMs, knownMs, medianMs, p95Ms }, index) => {
    const offset = index * HOUR_BYTES
    writeKey(bytes, key, offset)
    const numbers = [runs, up, down, upMs / TENTH_MS, knownMs / TENTH_MS, medianMs, p95Ms]
    for (const [place, value] of numbers.entries()) bytes.writeUInt16BE(bounded(value), offset + 7 + 2 * place)
  })
  return bytes.toString('base64')
}

function unpackHour(packed: string): HourOfCheck[] {
  const bytes = bytesOf(packed, HOUR_BYTES)
  return Array.from({ length: bytes.length / HOUR_BYTES }, (_, index) => {
    const offset = index * HOUR_BYTES
    const at = (place: number) => bytes.readUInt16BE(offset + 7 + 2 * place)
    const counts = { key: readKey(bytes, offset), runs: at(0), up: at(1), down: at(2) }
    return { ...counts, upMs: at(3) * TENTH_MS, knownMs: at(4) * TENTH_MS, medianMs: at(5), p95Ms: at(6) }
  })
}

/** The start of the hour that a time is in. */
export function hourOf(at: Instant): Instant {
  return Math.floor(at / HOUR_MS) * HOUR_MS
}

/** The value at a fraction of the sorted list (nearest rank); 0 for an empty one. */
function quantile(sorted: number[], fraction: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * fraction) - 1)] ?? 0
}

function bounded(value: number): number {
  return Math.max(0, Math.min(MAX_16, Math.round(value)))
}

function bytesOf(packed: string, each: number): Buffer {
  const bytes = Buffer.from(packed, 'base64')
  if (bytes.length % each !== 0 || packed.length !== Math.ceil(bytes.length / 3) * 4)
    throw new Error(`it is not base64 of entries of ${each} bytes`)
  return bytes
}

function writeKey(bytes: Buffer, key: number, offset: number): void {
  bytes.writeUIntBE(Math.floor(key / 256), offset, 6)
  bytes.writeUInt8(key % 256, offset + 6)
}

function readKey(bytes: Buffer, offset: number): number {
  return bytes.readUIntBE(offset, 6) * 256 + bytes.readUInt8(offset + 6)
}
