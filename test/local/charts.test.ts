import { describe, expect, it } from 'vitest'
import { charts } from '../../local/charts.ts'
import type { LocalConfig } from '../../local/config.ts'
import { checksFrom, Probes } from '../engine/probes.ts'
import { directory } from '../engine/world.ts'

const sg = 'aws/ap-southeast-1'
const MINUTE = 60_000
const QUARTER = 15 * MINUTE
const HOUR = 60 * MINUTE

const chartsOf = (world: Probes, span: 'day' | 'week') => {
  const local: LocalConfig = {
    config: world.config,
    people: directory,
    vantages: { aws: sg },
    region: 'ap-southeast-1',
  }
  return charts(span, local, world.io(), world.now)
}

/** Two checks, looked at each minute from 02:01 on. */
async function hours(count: number): Promise<Probes> {
  const world = new Probes({ checks: checksFrom(['web', 'db'], [sg]) })
  for (let minute = 0; minute < count * 60; minute++) await world.minute({ [sg]: minute < 30 ? 'ud' : 'uu' })
  return world
}

describe('charts', () => {
  it('of a day are quarters of an hour, from each run', async () => {
    const world = await hours(1)
    const { series, bucketMs, from, until } = await chartsOf(world, 'day')
    expect({ bucketMs, from, until }).toEqual({ bucketMs: QUARTER, from: world.now - 24 * HOUR, until: world.now })
    expect(series.map(({ check, vantage }) => [check, vantage])).toEqual([
      ['pay/web', sg],
      ['pay/db', sg],
    ])
    expect(series[1]?.buckets.map(({ runs, up, down }) => [runs, up, down])).toEqual([
      [14, 0, 14],
      [15, 0, 15],
      [15, 14, 1],
      [15, 15, 0],
      [1, 1, 0],
    ])
    expect(series[0]?.buckets[0]).toEqual({
      at: Math.floor((world.now - HOUR) / QUARTER) * QUARTER,
      runs: 14,
      up: 14,
      down: 0,
      upMs: 14 * MINUTE - 1_000,
      knownMs: 14 * MINUTE - 1_000,
      medianMs: 20,
      p95Ms: 20,
    })
  })

  it('say for how long it was up, not how many looks found it so', async () => {
    const world = new Probes({ checks: checksFrom(['web'], [sg]) })
    await world.minute({ [sg]: 'd' })
    await world.minute({ [sg]: 'd' })
    // Whoever mends it looks again and again.
    for (let look = 0; look < 20; look++) {
      world.now += 1_000
      await world.reports(sg, [{ check: 'pay/web', outcome: 'up', latencyMs: 20 }])
    }
    const { series } = await chartsOf(world, 'day')
    const [bucket] = series[0]?.buckets ?? []
    expect(bucket?.up).toBeGreaterThan(15)
    expect((bucket?.upMs ?? 1) / (bucket?.knownMs ?? 1)).toBeLessThan(0.3)
  })

  it('of a week are hours: those summed up, and those that are not yet', async () => {
    const world = await hours(4)
    const { series, bucketMs } = await chartsOf(world, 'week')
    expect(bucketMs).toBe(HOUR)
    const web = series.find(({ check }) => check === 'pay/web')?.buckets ?? []
    expect(web.map(({ at }) => at)).toEqual(
      [0, 1, 2, 3, 4].map((hour) => Math.floor(world.now / HOUR - 4 + hour) * HOUR),
    )
    expect(web.map(({ runs }) => runs)).toEqual([59, 60, 60, 60, 1])
  })

  it('of a check whose places are vantages are one for each of them', async () => {
    const world = new Probes({ checks: checksFrom(['web'], [sg]) })
    const places = ['speedtest/广州/电信', 'speedtest/北京/联通'].map((vantage) => ({
      vantage,
      outcome: 'up' as const,
    }))
    await world.reports(sg, [{ check: 'pay/web', outcome: 'up', latencyMs: 30, places }])
    world.now += 1_000
    const { series } = await chartsOf(world, 'day')
    expect(series.map(({ vantage, buckets }) => [vantage, buckets.length])).toEqual([
      ['speedtest/广州/电信', 1],
      ['speedtest/北京/联通', 1],
    ])
  })

  it('of what nobody has looked at are none', async () => {
    const world = new Probes({ checks: checksFrom(['web'], [sg]) })
    expect((await chartsOf(world, 'day')).series).toEqual([])
    expect((await chartsOf(world, 'week')).series).toEqual([])
  })
})
