import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { FakeCluster } from '../test/simulators/kafka/apis.ts'
import type { BrokersTell } from './kafka-brokers.ts'

const brokersFile = fileURLToPath(new URL('./kafka-brokers.ts', import.meta.url))

/** Brokers that speak Kafka's protocol, in another process. */
export interface KafkaCluster {
  /** `host:port` of each. */
  brokers: string[]
  /** How often each API was asked since the last time. Rejects when a client did what none may do. */
  requests(): Promise<Record<string, number>>
  stop(): void
}

/** Starts three brokers. */
export async function startKafkaCluster(cluster: FakeCluster): Promise<KafkaCluster> {
  const child = fork(brokersFile, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  child.send({ start: { ...cluster, brokers: 3 } })
  const [brokers] = await once(child, 'message')
  return {
    brokers,
    async requests() {
      child.send('tell')
      const [{ violations, requests }] = (await once(child, 'message')) as [BrokersTell]
      if (violations.length > 0) throw new Error(`the brokers took amiss: ${violations.join('; ')}`)
      return requests
    },
    stop: () => child.disconnect(),
  }
}
