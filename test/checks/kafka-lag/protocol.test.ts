import { describe, expect, it, vi } from 'vitest'
import { readBrokers } from '../../../shared/checks/kafka-lag/protocol.ts'
import { fact } from '../../../shared/checks/run/fault.ts'
import { groupOffsets } from '../../../shared/evaluation/kafka-sample.ts'
import { someIo } from '../records.ts'
import { closesAfterEach, kafka, order, read, settings, start } from './shop.ts'

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

describe('a pattern of groups', () => {
  it('finds those that have committed on the topics, whichever broker knows them', async () => {
    await start()
    for (const name of ['click-a', 'click-b', 'click-c', 'click-d', 'other'])
      kafka.groups[name] = { state: 'Empty', commits: { audit: { 0: 5 } } }
    kafka.groups['click-none'] = { commits: { paid: { 0: 1 } } }
    kafka.groups['click-connect'] = { commits: { audit: { 0: 1 } }, protocolType: 'connect' }
    const groups = await read('click-*', ['aud*'])
    expect(groups.map(({ group }) => group)).toEqual(['click-a', 'click-b', 'click-c', 'click-d'])
    expect(groups[0]).toMatchObject({
      state: 'Empty',
      members: 0,
      topics: [{ topic: 'audit', partitions: [[0, 5, 7, false]] }],
    })
  })

  it('are read with as few requests as can be: no coordinator is looked up, and a log that all read has its start and end read once', async () => {
    await start({ brokers: 1 })
    for (let index = 0; index < 40; index++) kafka.groups[`click-${index}`] = { commits: { audit: { 0: 5, 1: 7 } } }
    expect(await read('click-*')).toHaveLength(40)
    const counts = Object.entries(Object.groupBy(order(), (api) => api ?? '')).map(([api, all]) => [api, all?.length])
    expect(Object.fromEntries(counts)).toEqual({
      ApiVersions: 1,
      Metadata: 2,
      ListGroups: 1,
      OffsetFetch: 40,
      ListOffsets: 2,
      DescribeGroups: 1,
    })
  })

  it('has the ends read after every hundred groups: their commits are not old by then', async () => {
    await start({ brokers: 1 })
    for (let index = 0; index < 250; index++) kafka.groups[`click-${index}`] = { commits: { audit: { 0: 5 } } }
    expect(await read('click-*')).toHaveLength(250)
    const turns = order()
      .join(' ')
      .replaceAll(/OffsetFetch( OffsetFetch)*/g, 'OffsetFetches')
    const turn = 'OffsetFetches Metadata ListOffsets ListOffsets DescribeGroups'
    expect(turns).toBe(`ApiVersions Metadata ListGroups ${turn} ${turn} ${turn}`)
  })

  it('with one that we may not read: it has the code, and hides no other', async () => {
    await start()
    for (const name of ['click-a', 'click-b', 'click-c']) kafka.groups[name] = { commits: { audit: { 0: 5 } } }
    kafka.groups['click-b'] = { commits: {}, error: 30 }
    const groups = await read('click-*')
    expect(groups.map(({ group, error, topics }) => [group, error, topics.length])).toEqual([
      ['click-a', undefined, 1],
      ['click-b', 'GROUP_AUTHORIZATION_FAILED', 0],
      ['click-c', undefined, 1],
    ])
    expect(groups.map((group) => groupOffsets.parse(group))).toEqual(groups)
  })

  it('with one whose members are not told: what it commits would be misread', async () => {
    await start()
    for (const name of ['click-a', 'click-b']) kafka.groups[name] = { commits: { audit: { 0: 5 } } }
    kafka.groups['click-a'] = { commits: { audit: { 0: 5 } }, memberError: 15 }
    const groups = await read('click-*')
    expect(groups.map(({ error }) => error)).toEqual(['GROUP_COORDINATOR_NOT_AVAILABLE', undefined])
  })

  it('none of which can be read is unknown', async () => {
    await start()
    for (const name of ['click-a', 'click-b']) kafka.groups[name] = { commits: {}, error: 14 }
    await expect(read('click-*')).rejects.toMatchObject({
      outcome: 'unknown',
      fault: fact('kafka-refused', { source: 'kafka', error: 'GROUP_LOAD_IN_PROGRESS', said: 'click-a' }),
    })
  })

  it('that finds none is told', async () => {
    await start()
    await expect(read('click-*')).rejects.toMatchObject({
      outcome: 'unknown',
      fault: fact('kafka-no-group', { source: 'kafka', pattern: 'click-*' }),
    })
  })
})

it('checks of one run share their connections', async () => {
  await start({ brokers: 1 })
  await Promise.all(Array.from({ length: 20 }, () => read()))
  expect(order().filter((name) => name === 'ApiVersions')).toHaveLength(1)
})

describe('what goes wrong is unknown, with its code', () => {
  it('a group that we may not read', async () => {
    await start()
    kafka.groups.orders = { commits: {}, error: 30 }
    await expect(read()).rejects.toMatchObject({
      outcome: 'unknown',
      fault: fact('kafka-refused', {
        source: 'kafka',
        error: 'GROUP_AUTHORIZATION_FAILED',
        said: 'Not authorized to access group: Group authorization failed',
      }),
    })
  })

  it('a named topic that is not there', async () => {
    await start()
    await expect(read('orders', ['gone'])).rejects.toMatchObject({
      outcome: 'unknown',
      fault: { code: 'kafka-refused', args: { error: 'UNKNOWN_TOPIC_OR_PARTITION' } },
    })
  })

  it('no broker that can be reached', async () => {
    await start()
    const brokers = ['127.0.0.1:1', '127.0.0.1:2']
    await expect(read('orders', [], { brokers })).rejects.toMatchObject({
      outcome: 'unknown',
      fault: fact('kafka-unreached', { source: 'kafka', fault: fact('connection-refused') }),
    })
  })

  it('but one that is down hides no other', async () => {
    await start()
    expect(await read('orders', [], { brokers: ['127.0.0.1:1', ...kafka.addresses] })).toHaveLength(1)
  })

  it('a connection that is reset', async () => {
    await start()
    kafka.fail({ api: 'OffsetFetch', kind: 'reset' })
    await expect(read()).rejects.toMatchObject({
      outcome: 'unknown',
      fault: fact('kafka-unreached', { source: 'kafka', fault: fact('connection-reset') }),
    })
  })

  it('an answer that is not Kafka', async () => {
    await start()
    kafka.fail({ api: 'OffsetFetch', kind: 'garbage' })
    const cut = new AbortController()
    const reading = readBrokers(settings(), { group: 'orders', topics: [] }, someIo(), cut.signal)
    setTimeout(() => cut.abort(), 200)
    await expect(reading).rejects.toMatchObject({ outcome: 'unknown' })
  })

  it('no answer at all, until the time is over', async () => {
    await start()
    kafka.fail({ api: 'ListOffsets', kind: 'silence' })
    const cut = new AbortController()
    const reading = readBrokers(settings(), { group: 'orders', topics: [] }, someIo(), cut.signal)
    setTimeout(() => cut.abort(), 100)
    await expect(reading).rejects.toMatchObject({
      outcome: 'unknown',
      fault: fact('kafka-unreached', { source: 'kafka', fault: fact('cut-short') }),
    })
  })
})
