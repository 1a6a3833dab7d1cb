import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { fact } from '../../../shared/checks/run/fault.ts'
import type { CkafkaSimulator } from '../../simulators/ckafka.ts'
import { startVendorServer, type VendorServer } from '../../simulators/server.ts'
import { ckafka } from './vendors/ckafka.ts'
import { ORDERS, shop } from './vendors/vendor.ts'

describe('the requests', () => {
  let vendor: CkafkaSimulator
  const start = async (cluster = shop()) => {
    vendor = await ckafka.start(cluster)
  }
  const times = (action: string) => vendor.actions.filter((one) => one === action).length
  afterEach(() => vendor.close())

  it('of a group are one for its offsets and one for its members', async () => {
    await start()
    await ckafka.read(vendor)
    expect(vendor.actions).toEqual(['DescribeGroupOffsets', 'DescribeGroupInfo'])
  })

  it('of a wide group have 50 topics each', async () => {
    const names = Array.from({ length: 51 }, (_, index) => `t${String(index).padStart(3, '0')}`)
    await start({
      topics: Object.fromEntries(names.map((name) => [name, { ends: [5] }])),
      groups: { wide: { state: 'Empty', commits: Object.fromEntries(names.map((name) => [name, { 0: 4 }])) } },
    })
    const [wide] = await ckafka.read(vendor, { group: 'wide' })
    expect(wide?.topics.map(({ topic }) => topic)).toEqual(names)
    expect(times('DescribeGroupOffsets')).toBe(2)
  })

  it('name topics that are named, and leave patterns to us', async () => {
    await start()
    await ckafka.read(vendor, { topics: ['refund'] })
    await ckafka.read(vendor, { topics: ['pai*'] })
    const bodies = vendor.requests.map(({ body }) => JSON.parse(body.toString()).Topics)
    expect(bodies).toEqual([['refund'], undefined, undefined, undefined])
  })

  it('describe ten groups each', async () => {
    const groups = Array.from({ length: 11 }, (_, index) => [`click-${index}`, { commits: { refund: { 0: 1 } } }])
    await start({ ...shop(), groups: Object.fromEntries(groups) })
    expect(await ckafka.read(vendor, { group: 'click-*' })).toHaveLength(11)
    expect(times('DescribeGroupInfo')).toBe(2)
  })
})

describe('a partition', () => {
  it('that could not be read has its code, and one that was never committed on no offset', async () => {
    const { topics, groups } = shop()
    const orders = { ...groups[ORDERS], commits: { paid: { 0: 90, 1: 200 } } }
    const vendor = await ckafka.start({ topics, groups: { [ORDERS]: orders } })
    vendor.errors.paid = { 1: 3 }
    const [read] = await ckafka.read(vendor, { topics: ['paid'] })
    await vendor.close()
    expect(read?.topics[0]?.partitions).toEqual([
      [0, 90, 100, true],
      [1, 'error 3', null, true],
      [2, null, 300, false],
    ])
  })
})

describe('an answer', () => {
  const sample = (name: string) =>
    JSON.parse(readFileSync(new URL(`../../samples/${name}.json`, import.meta.url), 'utf8'))
  let server: VendorServer | undefined
  afterEach(() => server?.close())

  /** Answers by action, whatever is asked. */
  async function answering(byAction: Record<string, unknown>) {
    server = await startVendorServer({
      answer: ({ headers }) => ({ status: 200, body: byAction[String(headers['x-tc-action'])] }),
      refuse: () => ({ status: 500, body: {} }),
    })
    return ckafka.read(server, { group: 'test-group' })
  }

  it('as the documentation shows it is understood', async () => {
    const groups = await answering({
      DescribeGroupOffsets: sample('tencent-ckafka-describe-group-offsets-response'),
      DescribeGroupInfo: sample('tencent-ckafka-describe-group-info-response'),
    })
    expect(groups).toEqual([
      {
        group: 'test-group',
        at: expect.any(Number),
        state: 'Stable',
        members: 1,
        topics: [
          {
            topic: 'test-topic',
            partitions: [
              [0, 22_689_638, 207_927_929, true],
              [1, null, 10, true],
            ],
          },
        ],
      },
    ])
  })

  const malformed: [what: string, result: unknown, part: string][] = [
    ['topics that are no list', { TotalCount: 1, TopicList: 'none' }, 'TopicList'],
    ['a topic without a name', { TotalCount: 1, TopicList: [{ Partitions: [] }] }, 'Topic'],
    [
      'an offset as text',
      { TotalCount: 1, TopicList: [{ Topic: 't', Partitions: [{ Partition: 0, Offset: '5', LogEndOffset: 9 }] }] },
      'Offset',
    ],
    ['no total', { TopicList: [{ Topic: 't', Partitions: [] }] }, 'TotalCount'],
  ]
  it.each(malformed)('with %s is unknown', async (_what, Result, part) => {
    await expect(
      answering({
        DescribeGroupOffsets: { Response: { Result, RequestId: '1' } },
        DescribeGroupInfo: { Response: { Result: [], RequestId: '1' } },
      }),
    ).rejects.toMatchObject({
      outcome: 'unknown',
      fault: fact('kafka-malformed', { source: 'ckafka', part }),
    })
  })
})
