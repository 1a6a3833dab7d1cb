import fc from 'fast-check'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { DAY_MS, HOUR_MS } from '../../shared/contracts/milliseconds.ts'
import { takeReport } from '../../shared/engine/verdicts/take-report.ts'
import { type HourOfCheck, hourOf } from '../../shared/evaluation/history.ts'
import { checkKey } from '../../shared/evaluation/record.ts'
import { readHours, rememberReport, sumUpHour, usualOnceAnHour } from '../../shared/store/history.ts'
import { someCheck } from '../checks/records.ts'
import { MINUTE, Probes } from '../engine/probes.ts'
import { at } from '../messages/notices.ts'
import { logNothing } from './log-nothing.ts'
import { MemoryTable } from './memory-table.ts'

const sg = 'aws/ap-southeast-1'

/** `count` checks that are up, all from one vantage. */
function many(count: number): Probes {
  return new Probes({ checks: Array.from({ length: count }, (_, index) => someCheck({ name: `check-${index}` })) })
}

/** A report of one observation at a time. */
function remembered(world: Probes, startedAt: number, latencyMs = 20, sentAt = startedAt): Promise<void> {
  const now = world.now
  world.now = startedAt
  const report = world.body(sg, [{ check: 'pay/web', outcome: 'up', latencyMs }])
  world.now = now
  return rememberReport({ ...report, v: 1, kind: 'report' }, sentAt, world.io())
}

describe.each([10, 1_000])('a report of %d checks that were steady', (count) => {
  const world = many(count)
  beforeAll(async () => {
    for (let minute = 0; minute < 21; minute++) {
      world.now += MINUTE
      await world.sees(sg, 'u')
    }
  })
  beforeEach(() => {
    world.checks.writes.length = 0
  })

  it('is one write of state and one of history', async () => {
    world.now += MINUTE
    await world.sees(sg, 'u')

    expect(world.checks.writes.toSorted()).toEqual([
      `history#${sg}#probe put`,
      expect.stringMatching(`^vantage#${sg} v`),
    ])
    expect(world.queue).toEqual([])
  })

  it('of which one is not steady any more is one write more', async () => {
    world.now += MINUTE
    await world.sees(sg, `${'u'.repeat(count - 1)}d`)

    const state = expect.stringMatching(`^vantage#${sg} v`)
    expect(world.checks.writes.toSorted()).toEqual([`history#${sg}#probe put`, state, state])
    expect(world.queue).toEqual([])
  })
})

describe('a report', () => {
  it('that comes again is remembered once; each part and sub-run of its own', async () => {
    const world = many(1)
    const body = world.body(sg, [{ check: 'pay/check-0', outcome: 'up', latencyMs: 5 }])
    const rows = () => [...world.checks.rows.values()].filter(({ pk }) => pk.startsWith('history#'))
    await world.evaluate(body)
    await world.evaluate(body)
    expect(rows()).toHaveLength(1)

    const id = '11111111-2222-3333-4444-555555555555'
    for (const run of [id, `${id}.2`, `${id}.10`, `${id}+10s`, `${id}+10s.2`])
      await world.evaluate({ ...body, runner: { ...body.runner, run } })
    expect(rows()).toHaveLength(6)
  })

  it('is forgotten after a week and a day', async () => {
    const world = many(1)
    await world.sees(sg, 'u')
    const [row] = await world.checks.query(`history#${sg}#probe`, 'm#')

    expect(row?.expiresAt).toBe((world.now + 8 * DAY_MS) / 1000)
  })

  it('without observations leaves nothing', async () => {
    const world = many(1)
    await world.reports(sg, [])

    expect(await world.checks.query(`history#${sg}#probe`, '')).toEqual([])
  })

  it('of a clock that is ahead is remembered when the queue took it', async () => {
    const world = many(1)
    const sentAt = at('02:10')
    await remembered(world, sentAt + DAY_MS, 20, sentAt)
    const [row] = await world.checks.query(`history#${sg}#probe`, 'm#')

    expect(Number(row?.sk.split('#')[1])).toBe(sentAt)
  })
})

describe('an hour', () => {
  const hours = (world: Probes) => readHours(sg, 'probe', at('02:00'), world.now, world.io())

  it('is summed up once, by watch, when its last reports have come', async () => {
    const world = many(3)
    await world.minutes(60, { [sg]: 'uud' })
    expect(await hours(world)).toEqual([])
    await world.minutes(1, { [sg]: 'uud' })
    expect(await hours(world)).toEqual([])
    world.checks.writes.length = 0
    await world.minutes(3, { [sg]: 'uud' })
    const sums = world.checks.writes.filter((write) => write.startsWith('history#'))

    // Three reports, one sum of the hour, and one of the day so far.
    expect(sums).toHaveLength(5)
    // The first look was a second into the hour's second minute.
    const knownMs = 3_539_000
    const runs = { runs: 59, knownMs, medianMs: 20, p95Ms: 20 }
    expect(await hours(world)).toEqual([
      {
        hour: at('02:00'),
        checks: [
          { key: checkKey('pay/check-0'), ...runs, up: 59, down: 0, upMs: knownMs },
          { key: checkKey('pay/check-1'), ...runs, up: 59, down: 0, upMs: knownMs },
          { key: checkKey('pay/check-2'), ...runs, up: 0, down: 59, upMs: 0, medianMs: 0, p95Ms: 0 },
        ],
      },
    ])
    const sum = (await world.checks.query(`history#${sg}#probe`, 'h#')).at(-1)
    expect(sum?.expiresAt).toBe((at('02:00') + 400 * DAY_MS) / 1000)
  })

  it('is not summed up anew, whatever comes after', async () => {
    const world = many(1)
    await world.minutes(65, { [sg]: 'u' })
    const [before] = await hours(world)
    await remembered(world, at('02:30'))
    world.now += MINUTE
    await sumUpHour(sg, 'probe', world.io())

    expect(await hours(world)).toEqual([before])
  })

  it('has exactly the reports that began in it, whenever it is', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2100, 0) }),
        fc.array(fc.integer({ min: -2 * HOUR_MS, max: 3 * HOUR_MS }), { maxLength: 30 }),
        async (moment, offsets) => {
          const world = many(1)
          const hour = hourOf(moment)
          const edges = [-1, 0, HOUR_MS - 1, HOUR_MS]
          for (const offset of [...edges, ...offsets]) await remembered(world, hour + offset)
          world.now = hour + HOUR_MS + 120_000
          await sumUpHour(sg, 'probe', world.io())
          const [sum, ...others] = await readHours(sg, 'probe', hour, hour + 1, world.io())
          const within = [...edges, ...offsets].filter((offset) => offset >= 0 && offset < HOUR_MS).length
          expect(others).toEqual([])
          expect(sum).toMatchObject({ hour, checks: [{ runs: within, up: within }] })
        },
      ),
      { numRuns: 60 },
    )
  })
})

it('hours are read from the first (included) to the last (not), in order, however far apart', async () => {
  const hour = fc.integer({ min: 0, max: 3_000 }).map((count) => Date.UTC(2026, 0) + count * HOUR_MS)
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(hour, { maxLength: 40 }), hour, hour, async (all, one, other) => {
      const checks = new MemoryTable()
      for (const each of all) {
        const world = { ...many(1).io(), checks, now: () => each + HOUR_MS + 120_000 }
        await sumUpHour(sg, 'probe', world)
      }
      const [from, until] = [Math.min(one, other), Math.max(one, other)]
      const read = await readHours(sg, 'probe', from, until, { checks, log: logNothing })
      expect(read.map((each) => each.hour)).toEqual(
        all.filter((each) => each >= from && each < until).sort((a, b) => a - b),
      )
    }),
    { numRuns: 60 },
  )
})

describe('what is usual', () => {
  const slow = () => new Probes({ checks: [someCheck({ slower: 3 })] })
  /** Minutes of answers that take this long, as `evaluate` takes them. */
  async function answers(
    world: Probes,
    count: number,
    latencyMs: (minute: number) => number,
    usualAt = usualOnceAnHour(),
  ) {
    for (let minute = 0; minute < count; minute++) {
      world.now += MINUTE
      const report = world.body(sg, [{ check: 'pay/web', outcome: 'up', latencyMs: latencyMs(minute) }])
      await takeReport({ ...report, v: 1, kind: 'report' }, world.now, world.config, world.io(), usualAt)
      await world.look()
    }
    return world.told()
  }

  it('is known after an hour; three times slower is then degraded, and says so', async () => {
    const world = slow()
    const usualAt = usualOnceAnHour()
    expect(await answers(world, 50, () => 100, usualAt)).toEqual([])
    expect(await answers(world, 2, () => 900, usualAt)).toEqual([])
    expect(await answers(world, 16, () => 100, usualAt)).toEqual([])
    expect(await answers(world, 2, () => 310, usualAt)).toEqual(['opened pay/web:degraded'])
    expect(world.incident('pay', 'pay/web:degraded')).toMatchObject({
      severity: 'warning',
      sightings: [
        {
          vantage: sg,
          verdict: 'degraded',
          fault: { code: 'slower-than-usual', args: { tookMs: 310, times: 3.1, usualMs: 100 } },
          latencyMs: 310,
        },
      ],
    })
    expect(await answers(world, 2, () => 110, usualAt)).toEqual(['resolved pay/web:degraded'])
  })

  it('of fewer than twelve runs is nothing', async () => {
    const world = slow()
    world.now = at('02:30')
    await answers(world, 11, () => 100)
    world.now = at('03:06')

    expect(await answers(world, 5, () => 5_000)).toEqual([])
  })

  it('of a target that is always restless leaves it alone', async () => {
    const world = slow()
    await answers(world, 64, (minute) => (minute % 10 === 0 ? 2_000 : 100))

    expect(await answers(world, 5, () => 1_500)).toEqual([])
  })

  it('is read once an hour, and not for checks that do not ask for it', async () => {
    const reads: string[] = []
    const counting = (world: Probes) => {
      const { query } = world.checks
      world.checks.query = (pk, prefix) => {
        if (prefix.startsWith('h#')) reads.push(prefix)
        return query.call(world.checks, pk, prefix)
      }
      return world
    }
    await answers(counting(many(1)), 30, () => 100)
    expect(reads).toHaveLength(1) // the day's
    const world = counting(slow())
    const usualAt = usualOnceAnHour()
    await answers(world, 58, () => 100, usualAt)
    expect(reads.length).toBeLessThanOrEqual(6)
    await answers(world, 60, () => 100, usualAt)
    expect(reads.length).toBeLessThanOrEqual(9)
  })

  it.each([
    [30, 2, 'the last six hours are enough'],
    [120, 7, 'the last day is needed'],
  ])('of a check that runs every %i minutes is known, too: %s hours were otherwise: %s', async (minutes, otherwise) => {
    const world = slow()
    for (let run = 0; run < (30 * 60) / minutes; run++) {
      const runAt = at('02:00') + run * minutes * MINUTE
      await remembered(world, runAt, runAt < at('02:00') + otherwise * HOUR_MS ? 900 : 100)
    }
    for (let hour = 1; hour <= 30; hour++) {
      world.now = at('02:00') + hour * HOUR_MS + 120_000
      await sumUpHour(sg, 'probe', world.io())
    }
    world.now += 120_000

    const usual = await usualOnceAnHour()(sg, 'probe', world.io())
    expect(usual.get(checkKey('pay/web'))).toEqual({ medianMs: 100, spreadMs: 0 })
  })

  it('is what the last six whole hours say, not what was before', async () => {
    const world = new Probes({ checks: [someCheck({ slower: 3 })] })
    for (let hour = 0; hour < 8; hour++) {
      world.now = at('02:00') + hour * HOUR_MS
      for (let minute = 0; minute < 60; minute++)
        await remembered(world, world.now + minute * MINUTE, hour < 2 ? 5_000 : 100 + hour)
      world.now += HOUR_MS + 120_000
      await sumUpHour(sg, 'probe', world.io())
    }
    world.now = at('10:05')
    const usual = await usualOnceAnHour()(sg, 'probe', world.io())

    expect(usual.get(checkKey('pay/web'))).toEqual({ medianMs: 105, spreadMs: 0 })
    const hours: HourOfCheck[][] = (await readHours(sg, 'probe', at('02:00'), world.now, world.io())).map(
      ({ checks }) => checks,
    )
    expect(hours).toHaveLength(8)
  })
})
