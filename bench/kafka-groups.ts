import type { BrokerSettings } from '../shared/checks/kafka-lag/spec.ts'
import type { CompiledCheck } from '../shared/contracts/compiled-config.ts'
import type { FakeCluster } from '../test/simulators/kafka/apis.ts'

const minuteMs = 60_000
export const vantage = 'aws/ap-southeast-1'

/** A member of a group holds so many partitions at most. */
const partitionsPerMember = 25

/** The end of every log, and what is unread of it. */
const end = 207_927_929
const lag = 185

/** Groups of a topic each, `click-0000` and so on, all stable and with something unread on every partition. */
export function clickGroups(groups: number, partitions: number): FakeCluster {
  const all = Array.from({ length: partitions }, (_, partition) => partition)
  const topics: FakeCluster['topics'] = {}
  const known: FakeCluster['groups'] = {}
  for (let index = 0; index < groups; index++) {
    const name = `click-${String(index).padStart(4, '0')}`
    topics[name] = { ends: all.map((partition) => end + partition) }
    known[name] = {
      state: 'Stable',
      commits: { [name]: Object.fromEntries(all.map((partition) => [partition, end + partition - lag])) },
      members: membersOf(name, all),
    }
  }
  return { topics, groups: known }
}

function membersOf(topic: string, partitions: number[]): Record<string, Record<string, number[]>> {
  const shares = Map.groupBy(partitions, (partition) => Math.floor(partition / partitionsPerMember))
  return Object.fromEntries([...shares].map(([member, share]) => [`consumer-${member}`, { [topic]: share }]))
}

/** A check of groups on brokers, as configuration compiles it. */
export function groupCheck(
  brokers: string[],
  group: string,
  topics: string[] = [],
  timeoutMs = minuteMs,
): CompiledCheck {
  const cluster: BrokerSettings = { type: 'kafka', brokers, tls: false }
  return {
    id: 'bench/groups',
    project: 'bench',
    name: 'groups',
    title: 'bench',
    kind: 'kafka-lag',
    target: `bench/${group}`,
    spec: { cluster, group, topics, limits: { lag: [], allowed: [] } },
    intervalMs: minuteMs,
    timeoutMs,
    confirm: { m: 2, n: 3 },
    severity: 'critical',
    from: [vantage],
  }
}
