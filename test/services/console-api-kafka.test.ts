import { expect, it } from 'vitest'
import type { Access } from '../../services/console/access/admission.ts'
import { takeReport } from '../../shared/engine/verdicts/take-report.ts'
import { clicks, group, orders, report, seen, start, vantage } from '../engine/kafka-samples.ts'
import { Probes } from '../engine/probes.ts'
import { Visitor } from './console-visitor.ts'

const MINUTE = 60_000
const STUCK = 'click-a/b <stuck>'

/** Twelve minutes of samples of two groups that a pattern finds, and of one that is named. */
async function watched(access: Access = 'open') {
  const world = new Probes({ checks: [clicks, orders].map((check) => ({ ...check, from: [vantage] })) })
  for (let minute = 0; minute < 12; minute++) {
    world.now = start + minute * MINUTE
    const observations = [
      seen(
        [
          group('click-fine', world.now, [[0, minute, minute, true]]),
          group(STUCK, world.now, [
            [0, 5, 5 + 1_000 * minute, true],
            [1, minute, minute, true],
          ]),
        ],
        true,
      ),
      seen([group('order-consumer', world.now, [[0, 10 * minute, 50 + 20 * minute, true]])]),
    ]
    await takeReport(report(world.now, observations), world.now, world.config, world.io())
  }
  return { world, program: new Visitor(world, { access }) }
}

const stuck = new URLSearchParams({ check: clicks.id, vantage, group: STUCK })

const bodyOf = ({ text }: { text: string }) => JSON.parse(text)

it('consumer groups are listed page by page, each with how it stands', async () => {
  const { world, program } = await watched()
  const first = bodyOf(await program.get('/api/v1/kafka?limit=2'))
  const second = bodyOf(await program.get(`/api/v1/kafka?limit=2&cursor=${first.next}`))
  const all = [...first.groups, ...second.groups]

  expect(second.next).toBeUndefined()
  expect(all.map((one) => one.group).toSorted()).toEqual([STUCK, 'click-fine', 'order-consumer'])
  expect(all.find((one) => one.group === STUCK)).toMatchObject({
    project: clicks.project,
    check: clicks.id,
    vantage,
    status: 'STALL',
    stale: false,
    lag: 11_000,
    count: { partitions: 2, inTrouble: 1 },
  })
  world.now += 60 * MINUTE
  expect(bodyOf(await program.get('/api/v1/kafka')).groups[0]).toMatchObject({ stale: true })
})

it('one of them has its partitions, the worst first, each with why', async () => {
  const { program } = await watched()
  const { partitions } = bodyOf(await program.get(`/api/v1/kafka/group?${stuck}`))

  expect(partitions).toEqual([
    expect.objectContaining({
      topic: 'paid',
      partition: 0,
      status: 'STALL',
      lag: 11_000,
      why: { zh: expect.any(String), en: expect.stringContaining('its offset does not move') },
    }),
    expect.objectContaining({ partition: 1, status: 'OK', lag: 0 }),
  ])
  expect((await program.get(`/api/v1/kafka/group?${stuck}-none`)).status).toBe(404)
  expect((await program.get('/api/v1/kafka/group?check=pay/none&vantage=aws/x&group=x')).status).toBe(404)
})

it('those of other projects are told to nobody', async () => {
  const { program } = await watched({
    access: [{ role: 'viewer', tokens: ['a-token-of-shop-alone'], projects: ['shop'] }],
  })
  const bearing = { authorization: 'Bearer a-token-of-shop-alone' }

  expect(bodyOf(await program.get('/api/v1/kafka', bearing)).groups).toEqual([])
  expect((await program.get(`/api/v1/kafka/group?${stuck}`, bearing)).status).toBe(404)
})
