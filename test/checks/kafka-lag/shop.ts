import { afterEach, expect } from 'vitest'
import { readBrokers } from '../../../shared/checks/kafka-lag/protocol.ts'
import type { BrokerSettings } from '../../../shared/checks/kafka-lag/spec.ts'
import type { FakeCluster } from '../../simulators/kafka/apis.ts'
import { type FakeKafka, type KafkaOptions, startFakeKafka } from '../../simulators/kafka/cluster.ts'
import { someIo } from '../records.ts'

/** The cluster of the test that runs. */
export let kafka: FakeKafka
let isStrict = true

/** After each test nothing is left: no connection, no planned failure, and no request that a broker would refuse. */
export function closesAfterEach(): void {
  afterEach(async () => {
    const { violations, failuresLeft } = kafka
    await expect.poll(() => kafka.connections()).toBe(0)
    await kafka.close()
    if (isStrict) expect(violations).toEqual([])
    expect(failuresLeft).toBe(0)
    isStrict = true
  })
}

/** The test that calls this sends what a broker would refuse. */
export function sendsWhatIsRefused(): void {
  isStrict = false
}

/** Two topics, and a group of two members that has read most of them. */
function shop(): FakeCluster {
  return {
    topics: { paid: { ends: [100, 200, 300] }, refund: { ends: [10] }, audit: { ends: [7, 7] } },
    groups: {
      orders: {
        state: 'Stable',
        members: { a: { paid: [0, 1] }, b: { paid: [2], refund: [0] } },
        commits: { paid: { 0: 90, 1: 200, 2: 250 }, refund: { 0: 10 } },
      },
    },
  }
}

export async function start(options: Partial<KafkaOptions> = {}) {
  kafka = await startFakeKafka({ ...shop(), brokers: 3, ...options })
}

export const settings = (changes: Partial<BrokerSettings> = {}): BrokerSettings => ({
  type: 'kafka',
  brokers: kafka.addresses,
  tls: false,
  ...changes,
})

export const read = (group = 'orders', topics: string[] = [], changes: Partial<BrokerSettings> = {}, env = {}) =>
  readBrokers(settings(changes), { group, topics }, someIo(env), new AbortController().signal)

export const order = () => kafka.requests.map((request) => request.split('@')[0])
