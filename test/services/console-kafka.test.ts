import { expect, it } from 'vitest'
import { compileFor } from '../../shared/config/compile-for.ts'
import { takeReport } from '../../shared/engine/verdicts/take-report.ts'
import type { GroupOffsets, PartitionOffsets } from '../../shared/evaluation/kafka-sample.ts'
import { clicks, group, orders, report, seen, start, vantage } from '../engine/kafka-samples.ts'
import { Probes } from '../engine/probes.ts'
import { Visitor } from './console-visitor.ts'

const MINUTE = 60_000

/** Twelve minutes of samples of the groups that a pattern finds, and of one that is named. */
async function watched(...sampled: Parameters<typeof watchedWorld>): Promise<Visitor> {
  return (await watchedWorld(...sampled)).visitor
}

async function watchedWorld(
  groupsAt: (minute: number) => GroupOffsets[],
  named: (minute: number) => PartitionOffsets[],
  elsewhere: string[] = [],
) {
  const world = new Probes({ checks: [clicks, orders].map((check) => ({ ...check, from: [vantage] })) })
  for (let minute = 0; minute < 12; minute++) {
    world.now = start + minute * MINUTE
    const observations = [
      seen(groupsAt(minute), true, undefined, elsewhere),
      seen([group('order-consumer', world.now, named(minute))]),
    ]
    await takeReport(report(world.now, observations), world.now, world.config, world.io())
  }
  return { world, visitor: new Visitor(world) }
}

it('groups stand the worst first, with their lag in messages and time, and each partition with why', async () => {
  const visitor = await watched(
    (minute) => [
      group('click-fine', start + minute * MINUTE, [[0, minute, minute, true]]),
      group('click-<b>stuck', start + minute * MINUTE, [
        [0, 5, 5 + 1_000 * minute, true],
        [1, minute, minute, true],
      ]),
    ],
    (minute) => [[0, 10 * minute, 50 + 20 * minute, true]],
  )
  const { status, text } = await visitor.get('/checks/kafka')

  expect(status).toBe(200)
  expect(text).toContain('3 groups, 2 in trouble')
  const [stuck, behind, fine] = text.split('<article').slice(1)
  expect(stuck).toMatch(/click-&lt;b&gt;stuck.*lag 11,000.*oldest unread message \d+ min old/s)
  expect(stuck).toMatch(/2 partitions, 1 in trouble.*paid 0.*stalled.*11,000.*its offset does not move/s)
  expect(behind).toMatch(/order-consumer.*falling behind.*further behind each time/s)
  expect(fine).toMatch(/click-fine.*>OK<.*lag 0/s)
})

it('a group of which nothing has been read yet says so, and where there are none it says what to write', async () => {
  const unseen = new Visitor(new Probes({ checks: [{ ...orders, from: [vantage] }] }))
  expect((await unseen.get('/checks/kafka')).text).toMatch(/order-consumer.*nothing read yet/s)
  expect((await unseen.get('/checks')).text).toContain('href="/checks/kafka"')
  const none = new Visitor(new Probes({ checks: [] }))
  expect((await none.get('/checks/kafka')).text).toContain('write kafka-lag in a check')
  expect((await none.get('/checks')).text).not.toContain('/checks/kafka')
})

it('the deployed console knows the limits that groups are judged by, and nothing of how they are reached', async () => {
  const limits = { lag: [], allowed: [['paid', 100_000]] as [string, number][] }
  const spec = { cluster: { type: 'kafka', brokers: ['secret.example.com:9092'] }, group: 'order-consumer', limits }
  const world = new Probes({ checks: [{ ...orders, from: [vantage], spec }] })
  for (let minute = 0; minute < 12; minute++) {
    world.now = start + minute * MINUTE
    const sample = group('order-consumer', world.now, [[0, 5, 5 + 1_000 * minute, true]])
    await takeReport(report(world.now, [seen([sample], false, limits)]), world.now, world.config, world.io())
  }
  const compiled = compileFor('console', { ...world.config, vantages: {}, channels: {} })
  expect(JSON.stringify(compiled)).not.toContain('secret.example.com')
  Object.assign(world.config, compiled)
  const { text } = await new Visitor(world).get('/checks/kafka')

  expect(text).toMatch(/1 group, all is well.*lag 11,000/s)
  Object.assign(world.config, { checks: world.config.checks.map((check) => ({ ...check, spec: null })) })
  expect((await new Visitor(world).get('/checks/kafka')).status).toBe(200)
})

it('what was sampled long ago is told with its age, and not as well', async () => {
  const { world, visitor } = await watchedWorld(
    () => [],
    (minute) => [[0, minute, minute, true]],
  )
  expect((await visitor.get('/checks/kafka')).text).toContain('1 group, all is well')
  world.now += 60 * MINUTE
  const { text } = await visitor.get('/checks/kafka')

  expect(text).toContain('1 group, 1 without news')
  expect(text).toMatch(/class="card check unknown".*no sample for 1 h/s)
})

it('partitions that are not listed are told by how they stand', async () => {
  const stuck = (partition: number, minute: number): PartitionOffsets => [partition, 5, 5 + 1_000 * minute, true]
  const visitor = await watched(
    () => [],
    (minute) => [
      ...Array.from({ length: 203 }, (_, partition) => stuck(partition, minute)),
      ...Array.from({ length: 9 }, (_, more): PartitionOffsets => [300 + more, minute, minute, true]),
    ],
  )
  const { text } = await visitor.get('/checks/kafka')

  expect(text).toContain('3 more partitions are in trouble')
  expect(text).toContain('1 more partition is OK')
})

it('of more groups than are read for a page the worst are there, whatever they are called', async () => {
  const many = Array.from({ length: 1_010 }, (_, one) => `click-${one}`)
  const { visitor } = await watchedWorld(
    () => [],
    (minute) => [[0, 5, 5 + 1_000 * minute, true]],
    many,
  )
  const { text } = await visitor.get('/checks/kafka')

  expect(text.split('<article')[1]).toMatch(/order-consumer.*stalled/s)
})

it('groups are shown as they were while the table does not answer, with the time of that', async () => {
  const { world, visitor } = await watchedWorld(
    (minute) => [group('click-fine', start + minute * MINUTE, [[0, minute, minute, true]])],
    (minute) => [[0, minute, minute, true]],
  )
  await visitor.get('/checks/kafka')
  const failing = () => Promise.reject(new Error('throttled'))
  Object.assign(world.checks, { query: failing, get: failing, getMany: failing, newest: failing })
  world.now += MINUTE
  const { status, text } = await visitor.get('/checks/kafka')

  expect([status, text.includes('click-fine'), text.includes('The tables do not answer: this is as of')]).toEqual([
    200,
    true,
    true,
  ])
})
