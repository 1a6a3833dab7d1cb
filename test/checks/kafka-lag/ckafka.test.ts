import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { readCkafka } from '../../../shared/checks/kafka-lag/ckafka.ts'
import type { CkafkaSettings } from '../../../shared/checks/kafka-lag/spec.ts'
import { fact } from '../../../shared/checks/run/fault.ts'
import { groupOffsets } from '../../../shared/contracts/kafka-sample.ts'
import { type CkafkaOptions, type CkafkaSimulator, startCkafkaSimulator } from '../../simulators/ckafka.ts'
import { startVendorServer, type VendorServer } from '../../simulators/server.ts'
import { someIo } from '../records.ts'

/** How long was waited before each further try, ms. */
const pauses: number[] = []
vi.mock('node:timers/promises', () => ({ setTimeout: async (ms: number) => pauses.push(ms) }))

const keys = { TENCENTCLOUD_SECRET_ID: 'AKIDtest', TENCENTCLOUD_SECRET_KEY: 'test-key' }
const settings: CkafkaSettings = { type: 'ckafka', instance: 'ckafka-8xk2p9vd', region: 'ap-guangzhou' }

let vendor: CkafkaSimulator
afterEach(async () => {
  pauses.length = 0
  await vendor.close()
  expect(vendor.failuresLeft).toBe(0)
})

async function start(options: Partial<CkafkaOptions> = {}) {
  vendor = await startCkafkaSimulator({
    secretId: keys.TENCENTCLOUD_SECRET_ID,
    secretKey: keys.TENCENTCLOUD_SECRET_KEY,
    instance: settings.instance,
    region: settings.region,
    topics: { paid: { ends: [100, 200, 300] }, refund: { ends: [10] } },
    groups: {
      orders: {
        state: 'Stable',
        members: { a: { paid: [0, 1] }, b: { refund: [0] } },
        commits: { paid: { 0: 90, 1: 200 }, refund: { 0: 10 } },
      },
    },
    ...options,
  })
}

const read = (
  group = 'orders',
  topics: string[] = [],
  changes: Partial<CkafkaSettings> = {},
  env: Record<string, string> = keys,
  url = vendor.url,
) =>
  readCkafka(
    { ...settings, ...changes },
    { group, topics },
    someIo({ ...env, FENGHUO_TENCENT_URL: url }),
    new AbortController().signal,
  )

const unknown = (fault: object) => ({
  outcome: 'unknown',
  fault,
})

describe('a group', () => {
  it('is read with its members; where it never committed there is no offset', async () => {
    await start()
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
            [2, null, 300, false],
          ],
        },
        { topic: 'refund', partitions: [[0, 10, 10, true]] },
      ],
    })
    expect(groupOffsets.parse(orders)).toEqual(orders)
    expect(vendor.actions).toEqual(['DescribeGroupOffsets', 'DescribeGroupInfo'])
  })

  it('is read page by page: 50 topics each', async () => {
    await start()
    const names = Array.from({ length: 120 }, (_, index) => `t${String(index).padStart(3, '0')}`)
    for (const name of names) vendor.topics[name] = { ends: [5] }
    vendor.groups.wide = { state: 'Empty', commits: Object.fromEntries(names.map((name) => [name, { 0: 4 }])) }
    const [wide] = await read('wide')
    expect(wide?.topics.map(({ topic }) => topic)).toEqual(names)
    expect(vendor.actions.filter((action) => action === 'DescribeGroupOffsets')).toHaveLength(3)
  })

  it('asks for named topics alone, and picks those that fit a pattern', async () => {
    await start()
    expect((await read('orders', ['refund']))[0]?.topics.map(({ topic }) => topic)).toEqual(['refund'])
    expect((await read('orders', ['pai*']))[0]?.topics.map(({ topic }) => topic)).toEqual(['paid'])
    const bodies = vendor.requests.map(({ body }) => JSON.parse(body.toString()).Topics)
    expect(bodies).toEqual([['refund'], undefined, undefined, undefined])
  })

  it('holds nothing while it rebalances', async () => {
    await start()
    const { orders } = vendor.groups
    if (orders) orders.state = 'PreparingRebalance'
    const [group] = await read('orders', ['refund'])
    expect(group).toMatchObject({ state: 'PreparingRebalance', topics: [{ partitions: [[0, 10, 10, false]] }] })
  })

  it('has the code of a partition that could not be read, and the others', async () => {
    await start()
    vendor.errors.paid = { 1: 3 }
    const [orders] = await read('orders', ['paid'])
    expect(orders?.topics[0]?.partitions).toEqual([
      [0, 90, 100, true],
      [1, 'error 3', null, true],
      [2, null, 300, false],
    ])
  })

  it('that nobody knows has nothing', async () => {
    await start()
    expect(await read('nobody')).toMatchObject([{ group: 'nobody', state: 'Dead', members: 0, topics: [] }])
  })
})

describe('a pattern of groups', () => {
  it('finds them page by page, without those that have nothing on the topics', async () => {
    await start()
    for (let index = 0; index < 45; index++) {
      vendor.groups[`click-${String(index).padStart(2, '0')}`] = { state: 'Empty', commits: { refund: { 0: 1 } } }
    }
    vendor.groups['click-other'] = { state: 'Empty', commits: { paid: { 0: 1 } } }
    const groups = await read('click-*', ['refund'])
    expect(groups).toHaveLength(45)
    expect(groups.every(({ state }) => state === 'Empty')).toBe(true)
    expect(vendor.actions.filter((action) => action === 'DescribeGroup')).toHaveLength(3)
    expect(vendor.actions.filter((action) => action === 'DescribeGroupInfo')).toHaveLength(5)
  })

  it('one of which is refused has the others, and that one’s code', async () => {
    await start()
    for (const name of ['click-1', 'click-2']) vendor.groups[name] = { state: 'Empty', commits: { refund: { 0: 1 } } }
    vendor.fail({ kind: 'error', code: 'InvalidParameterValue.GroupNotExist', operation: 'DescribeGroupOffsets' })
    const groups = await read('click-*')
    expect(groups.map(({ error }) => error ?? 'read').sort()).toEqual(['InvalidParameterValue.GroupNotExist', 'read'])
    for (const group of groups) expect(groupOffsets.parse(group)).toEqual(group)
  })

  it('all of which are refused is unknown', async () => {
    await start()
    vendor.groups['click-1'] = { state: 'Empty', commits: { refund: { 0: 1 } } }
    vendor.fail({ kind: 'error', code: 'InvalidParameterValue.GroupNotExist', operation: 'DescribeGroupOffsets' })
    await expect(read('click-*')).rejects.toMatchObject(
      unknown(
        fact('kafka-refused', { source: 'ckafka', error: 'InvalidParameterValue.GroupNotExist', said: 'click-1' }),
      ),
    )
  })

  it('that finds none is told', async () => {
    await start()
    await expect(read('click-*')).rejects.toMatchObject(
      unknown(fact('kafka-no-group', { source: 'ckafka', pattern: 'click-*' })),
    )
  })
})

describe('who asks', () => {
  it("can be the function's role, with a token", async () => {
    await start({ token: 'token-1' })
    const role = {
      TENCENTCLOUD_SECRETID: keys.TENCENTCLOUD_SECRET_ID,
      TENCENTCLOUD_SECRETKEY: keys.TENCENTCLOUD_SECRET_KEY,
      TENCENTCLOUD_SESSIONTOKEN: 'token-1',
    }
    expect(await read('orders', [], {}, role)).toHaveLength(1)
  })

  it("can be the cluster's own key", async () => {
    await start({ secretId: 'AKIDown', secretKey: 'own-key' })
    expect(await read('orders', [], { secretId: 'AKIDown', secretKey: 'own-key' })).toHaveLength(1)
  })

  it('must be somebody', async () => {
    await start()
    await expect(read('orders', [], {}, {})).rejects.toMatchObject(unknown({ code: 'kafka-no-key' }))
  })

  it('with a wrong key is refused', async () => {
    await start()
    await expect(read('orders', [], {}, { ...keys, TENCENTCLOUD_SECRET_KEY: 'wrong' })).rejects.toMatchObject(
      unknown(
        fact('kafka-refused', {
          source: 'ckafka',
          error: 'AuthFailure.SignatureFailure',
          said: 'The provided credentials could not be validated',
        }),
      ),
    )
    expect(vendor.actions).toHaveLength(1)
  })
})

describe('what goes wrong is unknown, with its code', () => {
  it('an instance that is not there', async () => {
    await start()
    await expect(read('orders', [], { instance: 'ckafka-other' })).rejects.toMatchObject(
      unknown(
        fact('kafka-refused', {
          source: 'ckafka',
          error: 'InvalidParameterValue.InstanceNotExist',
          said: 'The instance does not exist',
        }),
      ),
    )
  })

  it('a region that is not there', async () => {
    await start()
    await expect(read('orders', [], { region: 'ap-beijing' })).rejects.toMatchObject(
      unknown({ code: 'kafka-refused', args: { error: 'UnsupportedRegion' } }),
    )
  })

  it('throttling that passes is none', async () => {
    await start()
    vendor.fail({ kind: 'rate-limit' }, { kind: 'error', code: 'InternalError' })
    expect(await read()).toHaveLength(1)
    expect(vendor.actions).toEqual(['DescribeGroupOffsets', 'DescribeGroupInfo'])
  })

  it('throttling that stays', async () => {
    await start()
    vendor.fail({ kind: 'rate-limit' }, { kind: 'rate-limit' }, { kind: 'rate-limit' })
    await expect(read()).rejects.toMatchObject(
      unknown({ code: 'kafka-refused', args: { error: 'RequestLimitExceeded' } }),
    )
    expect(pauses).toEqual([300, 900])
  })

  it('a failure of describing the group', async () => {
    await start()
    vendor.fail({ kind: 'error', code: 'UnauthorizedOperation', operation: 'DescribeGroupInfo' })
    await expect(read()).rejects.toMatchObject(
      unknown(fact('kafka-refused', { source: 'ckafka', error: 'UnauthorizedOperation', said: 'planned failure' })),
    )
  })

  it('an HTTP error that stays', async () => {
    await start()
    vendor.fail({ kind: 'http', status: 500 }, { kind: 'http', status: 502 }, { kind: 'http', status: 503 })
    await expect(read()).rejects.toMatchObject(unknown(fact('kafka-http', { source: 'ckafka', status: 503 })))
  })

  it('a reset', async () => {
    await start()
    vendor.fail({ kind: 'reset' })
    await expect(read()).rejects.toMatchObject(
      unknown(fact('kafka-unreached', { source: 'ckafka', fault: fact('connection-reset') })),
    )
  })

  it('an answer that is none', async () => {
    await start()
    vendor.fail({ kind: 'garbage' })
    await expect(read()).rejects.toMatchObject(unknown(fact('kafka-lost', { source: 'ckafka' })))
  })

  it('nobody there', async () => {
    await start()
    await expect(read('orders', [], {}, keys, 'http://127.0.0.1:1')).rejects.toMatchObject(
      unknown(fact('kafka-unreached', { source: 'ckafka', fault: fact('connection-refused') })),
    )
  })
})

describe('an answer', () => {
  const sample = (name: string) =>
    JSON.parse(readFileSync(new URL(`../../samples/${name}.json`, import.meta.url), 'utf8'))
  let server: VendorServer | undefined
  afterEach(() => server?.close())

  /** Answers by action, whatever is asked. */
  async function answering(byAction: Record<string, unknown>) {
    await start()
    server = await startVendorServer({
      answer: ({ headers }) => ({ status: 200, body: byAction[String(headers['x-tc-action'])] }),
      refuse: () => ({ status: 500, body: {} }),
    })
    return read('test-group', [], {}, keys, server.url)
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
    ).rejects.toMatchObject(unknown(fact('kafka-malformed', { source: 'ckafka', part })))
  })
})
