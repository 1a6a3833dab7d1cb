import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY_MS, HOUR_MS } from '../../shared/contracts/milliseconds.ts'
import type { Observation } from '../../shared/contracts/report.ts'
import { verdicts } from '../../shared/contracts/verdicts.ts'
import { addUp, dayOf, hourOf, type Point, pointsOf, sumUp, withMaintenance } from '../../shared/evaluation/history.ts'
import { checkKey } from '../../shared/evaluation/record.ts'
import { dayShape, hourShape, onlyOf, pointsShape } from '../../shared/store/history-shapes.ts'
import { stateIn } from '../../shared/store/shape.ts'

const observation = (check: string, changes: Partial<Observation> = {}): Observation => ({
  check,
  project: 'pay',
  at: 1,
  outcome: 'up',
  latencyMs: 20,
  ...changes,
})

const MINUTE = 60_000

describe('the points of a report', () => {
  const { pack, unpack } = pointsShape.packing

  it('come back as they were put in', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            check: fc.string({ minLength: 3, maxLength: 60 }),
            outcome: fc.constantFrom(...verdicts),
            latencyMs: fc.nat(65_535),
            phases: fc.option(
              fc.record({ dns: fc.nat(999), connect: fc.nat(999), firstByte: fc.nat(9_999) }, { requiredKeys: [] }),
              { nil: undefined },
            ),
          }),
        ),
        (seen) => {
          const expected = seen.map(({ check, phases, ...rest }) => ({
            key: checkKey(check),
            ...rest,
            ...(phases && { phases: [phases.dns ?? 0, phases.connect ?? 0, 0, phases.firstByte ?? 0, 0] }),
          }))
          const points = pointsOf(
            seen.map(({ check, phases, ...rest }) => observation(check, { ...rest, ...(phases && { phases }) })),
          )
          expect(unpack(pack(points))).toEqual(expected)
        },
      ),
    )
  })

  it('are those of its places, too', () => {
    const places = [{ vantage: 'speedtest/江苏宿迁/电信', outcome: 'down' as const }]
    expect(unpack(pack(pointsOf([observation('pay/web', { places })])))).toEqual([
      { key: checkKey('pay/web'), outcome: 'up', latencyMs: 20 },
      { key: checkKey('pay/web@speedtest/江苏宿迁/电信'), outcome: 'down', latencyMs: 0 },
    ])
  })

  it.each([
    [undefined, 0],
    [12.6, 13],
    [65_535, 65_535],
    [70_000, 65_535],
  ])('keep a time of %s ms as %d', (latencyMs, kept) => {
    const { latencyMs: _, ...timeless } = observation('pay/web')
    const seen = latencyMs === undefined ? timeless : { ...timeless, latencyMs }
    expect(unpack(pack(pointsOf([seen])))[0]?.latencyMs).toBe(kept)
  })

  it('take fourteen characters each', () => {
    const many = Array.from({ length: 900 }, (_, index) => observation(`pay/check-${index}`))
    expect(pack(pointsOf(many)).length).toBeLessThanOrEqual(900 * 14)
  })
})

describe('an hour', () => {
  const point = (outcome: Point['outcome'], latencyMs: number, key = 1): Point => ({ key, outcome, latencyMs })
  const minutely = (points: Point[]) => points.map((one, minute) => ({ at: minute * MINUTE, points: [one] }))

  it('counts its runs, and measures those that got an answer', () => {
    const points = [
      ...Array.from({ length: 19 }, (_, index) => point('up', 100 + index)),
      point('degraded', 900),
      point('down', 5_000),
      point('unknown', 0),
    ]
    expect(sumUp(minutely(points), 22 * MINUTE)).toEqual([
      { key: 1, runs: 22, up: 19, down: 1, upMs: 20 * MINUTE, knownMs: 21 * MINUTE, medianMs: 109, p95Ms: 118 },
    ])
  })

  it('without any answer has no times', () => {
    expect(sumUp(minutely([point('down', 30), point('unknown', 0)]), 2 * MINUTE)).toEqual([
      { key: 1, runs: 2, up: 0, down: 1, upMs: 0, knownMs: MINUTE, medianMs: 0, p95Ms: 0 },
    ])
  })

  it('is up by time, not by looks: whoever mends it looks again and again', () => {
    const down = minutely(Array.from({ length: 30 }, () => point('down', 30)))
    const looks = Array.from({ length: 60 }, (_, second) => ({
      at: 30 * MINUTE + second * 1_000,
      points: [point('up', 30)],
    }))
    const [hour] = sumUp([...down, ...looks], 32 * MINUTE)
    expect(hour).toMatchObject({ up: 60, down: 30, upMs: 2 * MINUTE, knownMs: 32 * MINUTE })
  })

  it('is not known after its probe has fallen silent', () => {
    const looks = minutely(Array.from({ length: 10 }, () => point('up', 30)))
    expect(sumUp(looks, HOUR_MS)).toMatchObject([{ upMs: 11 * MINUTE, knownMs: 11 * MINUTE }])
    expect(sumUp(looks.slice(0, 1), HOUR_MS)).toMatchObject([{ upMs: HOUR_MS, knownMs: HOUR_MS }])
  })

  it('has the times of each phase of those that got an answer', () => {
    const times = [10, 20, 30].map((ms): Point => ({ ...point('up', 4 * ms), phases: [ms, ms, 0, 2 * ms, 0] }))
    const [hour] = sumUp(minutely([...times, { ...point('down', 900), phases: [900, 0, 0, 0, 0] }]), HOUR_MS)
    const of = (medianMs: number, p95Ms: number) => ({ medianMs, p95Ms })
    expect(hour?.phases).toEqual([of(20, 30), of(20, 30), of(0, 0), of(40, 60), of(0, 0)])
  })

  it('has apart what was seen under maintenance, and when that was', () => {
    const planned = (outcome: Point['outcome']): Point => ({ ...point(outcome, 0), maintained: true })
    const runs = minutely([point('up', 20), planned('down'), planned('up'), point('up', 20), planned('unknown')])
    const [hour] = sumUp(runs, 5 * MINUTE)

    expect(hour).toMatchObject({ runs: 5, down: 1, upMs: 2 * MINUTE, knownMs: 2 * MINUTE })
    const spells = [
      [MINUTE, 3 * MINUTE],
      [4 * MINUTE, 5 * MINUTE],
    ]
    expect(hour?.maintained).toEqual({ upMs: MINUTE, knownMs: 2 * MINUTE, spells })
    expect(hour && withMaintenance(hour)).toMatchObject({ upMs: 3 * MINUTE, knownMs: 4 * MINUTE })
    expect(sumUp(minutely([point('up', 20)]), MINUTE)[0]).not.toHaveProperty('maintained')
  })

  it('is summed per check, and nothing is lost or counted twice', () => {
    const points = fc.array(
      fc.record({ key: fc.nat(5), outcome: fc.constantFrom(...verdicts), latencyMs: fc.nat(999) }),
    )
    fc.assert(
      fc.property(points, (all) => {
        const hours = sumUp(minutely(all), HOUR_MS)
        expect(hours.map(({ key }) => key).sort()).toEqual([...new Set(all.map(({ key }) => key))].sort())
        for (const { key, runs, up, down, upMs, knownMs, medianMs, p95Ms } of hours) {
          const own = all.filter((one) => one.key === key)
          expect(runs).toBe(own.length)
          expect(up).toBe(own.filter(({ outcome }) => outcome === 'up').length)
          expect(down).toBe(own.filter(({ outcome }) => outcome === 'down').length)
          expect(p95Ms).toBeGreaterThanOrEqual(medianMs)
          expect(knownMs).toBeGreaterThanOrEqual(upMs)
        }
      }),
    )
  })

  it('comes back as it was packed', () => {
    const hours = [
      {
        key: checkKey('pay/web'),
        runs: 60,
        up: 58,
        down: 1,
        upMs: 3_480_000,
        knownMs: HOUR_MS,
        medianMs: 182,
        p95Ms: 900,
        phases: Array.from({ length: 5 }, (_, index) => ({ medianMs: index, p95Ms: 20 * index })),
      },
      { key: checkKey('pay/db'), runs: 360, up: 0, down: 360, upMs: 0, knownMs: HOUR_MS, medianMs: 0, p95Ms: 0 },
    ]
    const { pack, unpack } = hourShape.packing
    expect(unpack(pack(hours))).toEqual(hours)
    expect(unpack(pack([]))).toEqual([])
  })

  it('of a hundred checks with phases takes a seventh of what a page of seven days and three vantages may read', () => {
    const noise = (index: number, about: number) => Math.round(about * (1 + Math.abs(Math.sin(index * 12.9898)) / 2))
    const hours = Array.from({ length: 100 }, (_, index) => ({
      key: checkKey(`pay/check-${index}`),
      runs: 60,
      up: 60 - (index % 3),
      down: index % 3,
      upMs: HOUR_MS - (index % 3) * MINUTE,
      knownMs: HOUR_MS,
      medianMs: noise(index, 180),
      p95Ms: noise(index + 1, 400),
      phases: [4, 20, 40, 110, 9].map((ms, place) => ({
        medianMs: noise(index * 5 + place, ms),
        p95Ms: noise(index * 7 + place, 2 * ms),
      })),
    }))
    expect(7 * 24 * 3 * hourShape.packing.pack(hours).length).toBeLessThan(2_000_000)
  })

  it.each(['not base64', 'AAA='])('that is damaged is told: %s', (text) => {
    expect(() => hourShape.packing.unpack(text)).toThrow()
    expect(() => pointsShape.packing.unpack(text)).toThrow()
    expect(() => dayShape.packing.unpack(text)).toThrow()
  })

  it('is read as the release before wrote it, check by check', () => {
    // Two checks: one with phases of 1 … 10 ms, one without.
    const row = (numbers: number[], hasPhases: number) => {
      const bytes = Buffer.alloc(8 + 2 * numbers.length)
      bytes.writeUInt8(numbers[0] ?? 0, 6)
      bytes.writeUInt8(hasPhases, 7)
      for (const [index, value] of numbers.entries()) bytes.writeUInt16BE(value, 8 + 2 * index)
      return bytes
    }
    const phases = Array.from({ length: 10 }, (_, index) => index + 1)
    const rows = Buffer.concat([row([60, 60, 0, 36_000, 36_000, 20, 30, ...phases], 1), row([6, 6, 0, 9, 9, 7, 8], 0)])
    const before = { key: { pk: 'p', sk: 's' }, text: deflateRawSync(rows).toString('base64') }
    const read = stateIn({ ...before.key, v: 1, state: before.text }, hourShape, { name: 'checks' })

    expect(read?.[0]).toMatchObject({ key: 60, runs: 60, knownMs: HOUR_MS, medianMs: 20, p95Ms: 30 })
    expect(read?.[0]?.phases?.[4]).toEqual({ medianMs: 9, p95Ms: 10 })
    expect(read?.[1]).toEqual({ key: 6, runs: 6, up: 6, down: 0, upMs: 900, knownMs: 900, medianMs: 7, p95Ms: 8 })
  })

  it('begins on the hour', () => {
    const start = Date.UTC(2026, 10, 21, 18)
    for (const at of [start, start + 1, start + HOUR_MS - 1]) expect(hourOf(at)).toBe(start)
    expect(hourOf(start + HOUR_MS)).toBe(start + HOUR_MS)
  })
})

describe('a day', () => {
  it('is what its hours come to, and comes back as it was packed', () => {
    const hour = (key: number, upMs: number, knownMs: number) => ({ key, upMs, knownMs })
    const day = addUp([
      [hour(checkKey('pay/web'), HOUR_MS, HOUR_MS), hour(checkKey('pay/db'), 0, HOUR_MS)],
      [hour(checkKey('pay/web'), 1_000, 60_000)],
    ])
    expect(day).toEqual([
      hour(checkKey('pay/web'), HOUR_MS + 1_000, HOUR_MS + 60_000),
      hour(checkKey('pay/db'), 0, HOUR_MS),
    ])
    const { pack, unpack } = dayShape.packing
    expect(unpack(pack(day))).toEqual(day)
    expect(unpack(pack([hour(1, DAY_MS, DAY_MS)]))).toEqual([hour(1, DAY_MS, DAY_MS)])
  })

  it('adds up what was under maintenance apart', () => {
    const hour = (maintained?: { upMs: number; knownMs: number }) => ({
      ...{ key: 1, upMs: 10, knownMs: 20 },
      ...(maintained && { maintained }),
    })
    const planned = { upMs: 1, knownMs: 3 }
    expect(addUp([[hour()], [hour(planned)], [hour()], [hour(planned)]])).toEqual([
      { key: 1, upMs: 40, knownMs: 80, maintained: { upMs: 2, knownMs: 6 } },
    ])
    expect(planned).toEqual({ upMs: 1, knownMs: 3 })
  })

  it('is read as the release before wrote it', () => {
    const bytes = Buffer.alloc(15)
    bytes.writeUInt8(7, 6)
    bytes.writeUInt32BE(1_000, 7)
    bytes.writeUInt32BE(2_000, 11)
    const row = { pk: 'p', sk: 's', v: 1, state: bytes.toString('base64') }
    expect(stateIn(row, dayShape, { name: 'checks' })).toEqual([{ key: 7, upMs: 1_000, knownMs: 2_000 }])
  })

  it('begins at midnight, by UTC', () => {
    const start = Date.UTC(2026, 10, 21)
    for (const at of [start, start + 1, start + DAY_MS - 1]) expect(dayOf(at)).toBe(start)
  })
})

it('of many checks those alone are unpacked that are wanted, each with its own phases', () => {
  const observations = ['web', 'db', 'api'].map((name, index) => ({
    ...{ check: `pay/${name}`, project: 'pay', at: 0, outcome: 'up' as const, latencyMs: 10 + index },
    ...(name === 'db' ? {} : { phases: { dns: 1 + index } }),
  }))
  const points = pointsOf(observations)
  const last = checkKey('pay/api')
  const only = onlyOf(pointsShape, ({ key }) => key === last).packing?.unpack(pointsShape.packing.pack(points))

  expect(only).toEqual(points.filter(({ key }) => key === last))
  expect(only?.[0]?.phases?.[0]).toBe(3)
})
