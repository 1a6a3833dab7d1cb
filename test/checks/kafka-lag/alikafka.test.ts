import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { readAlikafka } from '../../../shared/checks/kafka-lag/alikafka.ts'
import type { AlikafkaSettings } from '../../../shared/checks/kafka-lag/spec.ts'
import { fact } from '../../../shared/checks/run/fault.ts'
import { signedRpc } from '../../../shared/clouds/aliyun/rpc.ts'
import { groupOffsets } from '../../../shared/contracts/kafka-sample.ts'
import { type AlikafkaOptions, type AlikafkaSimulator, startAlikafkaSimulator } from '../../simulators/alikafka.ts'
import { startVendorServer, type VendorServer } from '../../simulators/server.ts'
import { someIo } from '../records.ts'

/** How long was waited before each further try, ms. */
const pauses: number[] = []
vi.mock('node:timers/promises', () => ({ setTimeout: async (ms: number) => pauses.push(ms) }))

const keys = { ALIBABA_CLOUD_ACCESS_KEY_ID: 'LTAItest', ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'test-secret' }
const settings: AlikafkaSettings = { type: 'alikafka', instance: 'alikafka_post-cn-x', region: 'cn-hangzhou' }
const sample = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../samples/${name}.json`, import.meta.url), 'utf8'))

let vendor: AlikafkaSimulator
afterEach(async () => {
  pauses.length = 0
  await vendor?.close()
  expect(vendor?.failuresLeft ?? 0).toBe(0)
})

async function start(options: Partial<AlikafkaOptions> = {}) {
  vendor = await startAlikafkaSimulator({
    accessKeyId: keys.ALIBABA_CLOUD_ACCESS_KEY_ID,
    accessKeySecret: keys.ALIBABA_CLOUD_ACCESS_KEY_SECRET,
    instance: settings.instance,
    region: settings.region,
    now: Date.now,
    topics: { paid: { ends: [100, 200, 300] }, refund: { ends: [10] } },
    groups: {
      'GID orders/1': {
        state: 'Stable',
        members: { a: { paid: [0, 1] }, b: { refund: [0] } },
        commits: { paid: { 0: 90, 1: 200, 2: 250 }, refund: { 0: 10 } },
      },
    },
    ...options,
  })
}

const read = (
  group = 'GID orders/1',
  topics: string[] = [],
  changes: Partial<AlikafkaSettings> = {},
  env: Record<string, string> = keys,
  url = vendor.url,
) =>
  readAlikafka(
    { ...settings, ...changes },
    { group, topics },
    someIo({ ...env, FENGHUO_ALIYUN_URL: url }),
    new AbortController().signal,
  )

const unknown = (fault: object) => ({
  outcome: 'unknown',
  fault,
})

it('signs as the documentation says', () => {
  const { accessKeyId, accessKeySecret, headers, query, authorization } = sample('alibaba-acs3-vector.selfcomputed')
  const signed = signedRpc(
    {
      url: new URL(`https://${headers.host}/`),
      action: headers['x-acs-action'],
      version: headers['x-acs-version'],
      parameters: Object.fromEntries(new URLSearchParams(query)),
    },
    { accessKeyId, accessKeySecret },
    Date.parse(headers['x-acs-date']),
    headers['x-acs-signature-nonce'],
  )
  expect(signed).toEqual({ url: `https://${headers.host}/?${query}`, headers: { ...headers, authorization } })
})

describe('a group', () => {
  it('is read with its members, whatever its name', async () => {
    await start()
    const [orders, ...others] = await read()
    expect(others).toEqual([])
    expect(orders).toEqual({
      group: 'GID orders/1',
      at: expect.any(Number),
      state: 'Stable',
      members: 2,
      topics: [
        {
          topic: 'paid',
          partitions: [
            [0, 90, 100, true],
            [1, 200, 200, true],
            [2, 250, 300, false],
          ],
        },
        { topic: 'refund', partitions: [[0, 10, 10, true]] },
      ],
    })
    expect(groupOffsets.parse(orders)).toEqual(orders)
  })

  it('is read on the topics that are wanted', async () => {
    await start()
    expect((await read('GID orders/1', ['ref*']))[0]?.topics.map(({ topic }) => topic)).toEqual(['refund'])
  })

  it('holds nothing while it rebalances', async () => {
    await start()
    const group = vendor.groups['GID orders/1']
    if (group) group.state = 'PreparingRebalance'
    const [orders] = await read('GID orders/1', ['refund'])
    expect(orders).toMatchObject({ state: 'PreparingRebalance', topics: [{ partitions: [[0, 10, 10, false]] }] })
  })

  it('that nobody knows has nothing', async () => {
    await start()
    expect(await read('nobody')).toMatchObject([{ group: 'nobody', state: 'Dead', members: 0, topics: [] }])
  })
})

describe('a pattern of groups', () => {
  it('finds them page by page, without those that have nothing on the topics', async () => {
    await start()
    for (let index = 0; index < 70; index++) {
      vendor.groups[`click-${String(index).padStart(2, '0')}`] = { state: 'Empty', commits: { refund: { 0: 1 } } }
    }
    vendor.groups['click-other'] = { state: 'Empty', commits: { paid: { 0: 1 } } }
    expect(await read('click-*', ['refund'])).toHaveLength(70)
    expect(vendor.actions.filter((action) => action === 'GetConsumerList')).toHaveLength(2)
  })

  it('one of which is refused has the others, and that one’s code', async () => {
    await start()
    for (const name of ['click-1', 'click-2']) vendor.groups[name] = { state: 'Empty', commits: { refund: { 0: 1 } } }
    vendor.fail({ kind: 'error', code: 'ResourceNotFound.Group', operation: 'GetConsumerProgress' })
    const groups = await read('click-*')
    expect(groups.map(({ error }) => error ?? 'read').sort()).toEqual(['ResourceNotFound.Group', 'read'])
    for (const group of groups) expect(groupOffsets.parse(group)).toEqual(group)
  })

  it('all of which are refused is unknown', async () => {
    await start()
    vendor.groups['click-1'] = { state: 'Empty', commits: { refund: { 0: 1 } } }
    vendor.fail({ kind: 'error', code: 'ResourceNotFound.Group', operation: 'GetConsumerProgress' })
    await expect(read('click-*')).rejects.toMatchObject(
      unknown(fact('kafka-refused', { source: 'alikafka', error: 'ResourceNotFound.Group', said: 'click-1' })),
    )
  })

  it('that finds none is told', async () => {
    await start()
    await expect(read('click-*')).rejects.toMatchObject(
      unknown(fact('kafka-no-group', { source: 'alikafka', pattern: 'click-*' })),
    )
  })
})

describe('who asks', () => {
  it("can be the function's role, with a token", async () => {
    await start({ securityToken: 'token/1==' })
    expect(await read('GID orders/1', [], {}, { ...keys, ALIBABA_CLOUD_SECURITY_TOKEN: 'token/1==' })).toHaveLength(1)
  })

  it("can be the cluster's own key", async () => {
    await start({ accessKeyId: 'LTAIown', accessKeySecret: 'own' })
    expect(await read('GID orders/1', [], { accessKeyId: 'LTAIown', accessKeySecret: 'own' })).toHaveLength(1)
  })

  it('must be somebody', async () => {
    await start()
    await expect(read('g', [], {}, {})).rejects.toMatchObject(unknown({ code: 'kafka-no-key' }))
  })

  it('with a wrong key is refused, and what the vendor repeats of the request stays out', async () => {
    await start({ securityToken: 'token-that-is-secret' })
    const env = { ...keys, ALIBABA_CLOUD_SECURITY_TOKEN: 'token-that-is-secret' }
    await expect(
      read('GID orders/1', [], {}, { ...env, ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'wrong' }),
    ).rejects.toMatchObject(
      unknown(
        fact('kafka-refused', {
          source: 'alikafka',
          error: 'SignatureDoesNotMatch',
          said: 'Specified signature is not matched with our calculation',
        }),
      ),
    )
  })
})

describe('what goes wrong is unknown, with its code', () => {
  it('an instance that is not ours', async () => {
    await start()
    await expect(read('g', [], { instance: 'other' })).rejects.toMatchObject(
      unknown({ code: 'kafka-refused', args: { error: 'AUTH_RESOURCE_OWNER_ERROR' } }),
    )
  })

  it('throttling that passes is none, and each try has a nonce of its own', async () => {
    await start()
    vendor.fail({ kind: 'rate-limit' }, { kind: 'error', code: 'ServiceUnavailable' })
    expect(await read()).toHaveLength(1)
    const nonces = vendor.requests.map(({ headers }) => headers['x-acs-signature-nonce'])
    expect(new Set(nonces).size).toBe(3)
  })

  it('throttling that stays', async () => {
    await start()
    vendor.fail({ kind: 'rate-limit' }, { kind: 'rate-limit' }, { kind: 'rate-limit' })
    await expect(read()).rejects.toMatchObject(
      unknown(
        fact('kafka-refused', {
          source: 'alikafka',
          error: 'Throttling.User',
          said: 'Request was denied due to user flow control',
        }),
      ),
    )
    expect(pauses).toEqual([300, 900])
  })

  it('an error inside a 200', async () => {
    await start()
    const { Code: code, Message: message } = sample('alibaba-alikafka-error-in-200')
    for (let times = 0; times < 3; times++) vendor.fail({ kind: 'error', code, message })
    await expect(read()).rejects.toMatchObject(
      unknown(fact('kafka-refused', { source: 'alikafka', error: '500', said: 'System internal error' })),
    )
  })

  it('an HTTP error without a code', async () => {
    await start()
    vendor.fail({ kind: 'http', status: 403 })
    await expect(read()).rejects.toMatchObject(
      unknown(fact('kafka-refused', { source: 'alikafka', error: 'HTTP 403', said: '' })),
    )
  })

  it('a reset', async () => {
    await start()
    vendor.fail({ kind: 'reset' })
    await expect(read()).rejects.toMatchObject(
      unknown(fact('kafka-unreached', { source: 'alikafka', fault: fact('connection-reset') })),
    )
  })

  it('an answer that is none', async () => {
    await start()
    vendor.fail({ kind: 'garbage' })
    await expect(read()).rejects.toMatchObject(unknown(fact('kafka-malformed', { source: 'alikafka', part: 'JSON' })))
  })

  it('nobody there', async () => {
    await start()
    await expect(read('g', [], {}, keys, 'http://127.0.0.1:1')).rejects.toMatchObject(
      unknown({ code: expect.stringMatching(/^kafka-(lost|unreached)$/) }),
    )
  })
})

describe('an answer', () => {
  let server: VendorServer | undefined
  afterEach(() => server?.close())

  async function answering(body: unknown) {
    await start()
    server = await startVendorServer({
      answer: () => ({ status: 200, body }),
      refuse: () => ({ status: 500, body: {} }),
    })
    return read('g', [], {}, keys, server.url)
  }

  it('as the documentation shows it is understood: only the partition that a member holds is held', async () => {
    expect(await answering(sample('alibaba-alikafka-get-consumer-progress-response'))).toEqual([
      {
        group: 'g',
        at: expect.any(Number),
        state: 'Stable',
        members: 1,
        topics: [
          {
            topic: 'test',
            partitions: [
              [0, 4, 9, true],
              [1, 10, 20, false],
            ],
          },
        ],
      },
    ])
  })

  it('without an offset is one of a partition that nobody committed on', async () => {
    const OffsetList = {
      OffsetList: [
        { Partition: 0, BrokerOffset: 9 },
        { Partition: 1, BrokerOffset: 9, ConsumerOffset: -1 },
      ],
    }
    const [group] = await answering({
      Success: true,
      Code: 200,
      ConsumerProgress: { State: 'EMPTY', TopicList: { TopicList: [{ Topic: 't', OffsetList }] } },
    })
    expect(group?.topics[0]?.partitions).toEqual([
      [0, null, 9, false],
      [1, null, 9, false],
    ])
  })

  it.each([
    ['lists that are none', { TopicList: [] }, 'TopicList'],
    [
      'a partition as text',
      { TopicList: { TopicList: [{ Topic: 't', OffsetList: { OffsetList: [{ Partition: '0' }] } }] } },
      'Partition',
    ],
  ])('with %s is unknown', async (_what, ConsumerProgress, part) => {
    await expect(answering({ Success: true, Code: 200, ConsumerProgress })).rejects.toMatchObject(
      unknown(fact('kafka-malformed', { source: 'alikafka', part })),
    )
  })
})
