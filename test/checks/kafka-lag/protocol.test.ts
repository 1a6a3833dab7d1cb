import { describe, expect, it, vi } from 'vitest'
import { groupOffsets } from '../../../shared/evaluation/kafka-sample.ts'
import { closesAfterEach, kafka, order, read, start } from './shop.ts'

closesAfterEach()

describe('one group', () => {
  it('is read with its members, from whatever brokers know of it', async () => {
    await start()
    const before = Date.now()
    const [orders, ...others] = await read()
    expect(others).toEqual([])
    expect(orders).toEqual({
      group: 'orders',
      at: expect.any(Number),
      state: 'Stable',
      members: 2,
      topics: [
        {
          topic: 'paid',
          partitions: [
            [0, 90, 100, true],
            [1, 200, 200, true],
            [2, 250, 300, true],
          ],
        },
        { topic: 'refund', partitions: [[0, 10, 10, true]] },
      ],
    })
    expect(groupOffsets.parse(orders)).toEqual(orders)
    expect(orders?.at).toBeGreaterThanOrEqual(before)
  })

  it('has its commits read before the ends of the logs, in one turn', async () => {
    await start({ brokers: 1 })
    await read()
    const once = [
      'ApiVersions',
      'FindCoordinator',
      'OffsetFetch',
      'Metadata',
      'ListOffsets',
      'ListOffsets',
      'DescribeGroups',
    ]
    expect(order()).toEqual(once)
  })

  it('has the start of a log told where what was committed is deleted', async () => {
    await start({ brokers: 1 })
    kafka.topics.paid = { ends: [100, 200, 300], starts: { 0: 95, 1: 150, 2: 100 } }
    const [orders] = await read('orders', ['paid'])
    expect(orders?.topics[0]?.partitions).toEqual([
      [0, 90, 100, true, 95],
      [1, 200, 200, true],
      [2, 250, 300, true],
    ])
    expect(groupOffsets.parse(orders)).toEqual(orders)
  })

  it('that commits while it is read is never ahead of the end: what was written meanwhile counts', async () => {
    await start({
      brokers: 1,
      onRequest(api) {
        // Both go on between the two reads.
        if (api !== 'Metadata') return
        const { topics, groups } = kafka
        topics.paid = { ends: [150, 250, 350] }
        const orders = groups.orders
        if (orders) orders.commits = { paid: { 0: 150, 1: 250, 2: 350 } }
      },
    })
    const [orders] = await read('orders', ['pai*'])
    expect(orders?.topics[0]?.partitions).toEqual([
      [0, 90, 150, true],
      [1, 200, 250, true],
      [2, 250, 350, true],
    ])
  })

  it('has the ends asked for anew each time: none is remembered', async () => {
    await start()
    await read('orders', ['refund'])
    kafka.topics.refund = { ends: [500] }
    const [orders] = await read('orders', ['refund'])
    expect(orders?.topics).toEqual([{ topic: 'refund', partitions: [[0, 10, 500, true]] }])
  })

  it('that never committed on a named topic has no offset there', async () => {
    await start()
    const [orders] = await read('orders', ['audit', 'refund'])
    expect(orders?.topics).toEqual([
      {
        topic: 'audit',
        partitions: [
          [0, null, 7, false],
          [1, null, 7, false],
        ],
      },
      { topic: 'refund', partitions: [[0, 10, 10, true]] },
    ])
  })

  it('that nobody knows has nothing', async () => {
    await start()
    expect(await read('nobody')).toEqual([
      { group: 'nobody', at: expect.any(Number), state: 'Dead', members: 0, topics: [] },
    ])
  })

  it('holds nothing while it rebalances', async () => {
    await start()
    const group = kafka.groups.orders
    if (group) group.state = 'PreparingRebalance'
    const [orders] = await read('orders', ['refund'])
    expect(orders).toMatchObject({ state: 'PreparingRebalance', topics: [{ partitions: [[0, 10, 10, false]] }] })
  })

  it('has no state where the brokers do not tell it', async () => {
    await start({ without: ['DescribeGroups'] })
    const [orders] = await read('orders', ['refund'])
    expect(orders).toEqual({
      group: 'orders',
      at: expect.any(Number),
      topics: [{ topic: 'refund', partitions: [[0, 10, 10, false]] }],
    })
  })

  it('forgets the topics that were deleted', async () => {
    await start()
    delete kafka.topics.refund
    const [orders] = await read()
    expect(orders?.topics.map(({ topic }) => topic)).toEqual(['paid'])
  })

  it('is read in sequence without a retry: a cold client loses no time', async () => {
    await start()
    const timers = vi.spyOn(globalThis, 'setTimeout')
    await read()
    const asked = timers.mock.calls.map(([, ms = 0]) => ms)
    timers.mockRestore()
    // kafkajs waits 240 to 360 ms before it tries again; 3 s is its time for a connection.
    expect(asked).toContain(3_000)
    expect(asked.filter((ms) => ms > 0 && ms < 3_000)).toEqual([])
  })
})

describe('a partition', () => {
  it('without a leader hides no other', async () => {
    await start()
    kafka.topics.paid = { ends: [100, 200, 300], leaders: [1, -1, 2] }
    const [orders] = await read()
    expect(orders?.topics).toEqual([
      {
        topic: 'paid',
        partitions: [
          [0, 90, 100, true],
          [1, 'LEADER_NOT_AVAILABLE', null, true],
          [2, 250, 300, true],
        ],
      },
      { topic: 'refund', partitions: [[0, 10, 10, true]] },
    ])
  })

  it('whose leader has just changed has the code, also on a topic that is wanted by its name', async () => {
    await start()
    kafka.topics.refund = { ends: [10], endErrors: { 0: 6 } }
    const [orders] = await read('orders', ['refund'])
    expect(orders?.topics).toEqual([{ topic: 'refund', partitions: [[0, 'NOT_LEADER_FOR_PARTITION', null, true]] }])
  })

  it('of a topic that we may not see has the code', async () => {
    await start()
    kafka.topics.refund = { ends: [10], error: 29 }
    const [orders] = await read('orders', ['ref*'])
    expect(orders?.topics).toEqual([{ topic: 'refund', partitions: [[0, 'TOPIC_AUTHORIZATION_FAILED', null, true]] }])
  })

  it('whose commit is not to be read has the code, and its end', async () => {
    await start()
    const group = kafka.groups.orders
    if (group) group.commitErrors = { refund: { 0: 88 } }
    const [orders] = await read('orders', ['ref*'])
    expect(orders?.topics).toEqual([{ topic: 'refund', partitions: [[0, 'UNSTABLE_OFFSET_COMMIT', 10, true]] }])
  })

  it('has the number of a code that nobody knows', async () => {
    await start()
    kafka.topics.refund = { ends: [10], endErrors: { 0: 999 } }
    const [orders] = await read('orders', ['refund'])
    expect(orders?.topics).toEqual([{ topic: 'refund', partitions: [[0, 'error 999', null, true]] }])
  })
})
