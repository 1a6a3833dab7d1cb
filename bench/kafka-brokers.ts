import type { FakeCluster } from '../test/simulators/kafka/apis.ts'
import { type FakeKafka, startFakeKafka } from '../test/simulators/kafka/cluster.ts'

// Brokers in a process of their own, so that what they cost is not ours.

/** What the brokers have taken amiss, and how often each API was asked. */
export interface BrokersTell {
  violations: string[]
  requests: Record<string, number>
}

let kafka: FakeKafka | undefined

process.on('message', async (order: { start: FakeCluster & { brokers: number } } | 'tell') => {
  if (order === 'tell') return process.send?.(tell(kafka))
  kafka = await startFakeKafka(order.start)
  process.send?.(kafka.addresses)
})

function tell(from: FakeKafka | undefined): BrokersTell {
  const requests: Record<string, number> = {}
  for (const request of from?.requests.splice(0) ?? []) {
    const [api = ''] = request.split('@')
    requests[api] = (requests[api] ?? 0) + 1
  }
  return { violations: from?.violations ?? [], requests }
}

process.on('disconnect', () => process.exit(0))
