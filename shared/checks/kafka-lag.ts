import type { GroupOffsets, KafkaSamples } from '../contracts/kafka-sample.ts'
import { isPattern, valueFor } from '../contracts/name-pattern.ts'
import { fromEnvironment } from './environment.ts'
import { seenFault } from './fault.ts'
import type { Wanted } from './kafka/source.ts'
import type { ClusterSettings, KafkaLagSpec } from './kafka-lag-spec.ts'
import type { CheckIo, CheckKind, Seen } from './kind.ts'
import { withinLimit } from './time-limit.ts'

/** A message holds no more of one observation: 30,000 partitions or so. */
const MOST_BYTES = 800_000

/**
 * Reads how far consumer groups are behind. What is read is judged over time, by evaluation; one look alone can only compare a
 * lag with its limit. Whatever keeps it from reading is `unknown`: it says nothing of a consumer.
 */
export const kafkaLag: CheckKind<KafkaLagSpec> = {
  kind: 'kafka-lag',
  async run({ spec }, io, deadline) {
    const startedAt = io.monotonic()
    try {
      const groups = await withinLimit(io, deadline, (scope) => read(spec, io, scope))
      return { ...seen(spec, groups), latencyMs: io.monotonic() - startedAt }
    } catch (error) {
      return { outcome: 'unknown', detail: seenFault(error).detail ?? 'not readable' }
    }
  },
}

/** The clients of a source are loaded when a check needs them. */
async function read({ cluster, ...wanted }: KafkaLagSpec, io: CheckIo, scope: AbortSignal): Promise<GroupOffsets[]> {
  return readCluster(fromEnvironment(cluster, io.env), wanted, io, scope)
}

async function readCluster(
  cluster: ClusterSettings,
  wanted: Wanted,
  io: CheckIo,
  scope: AbortSignal,
): Promise<GroupOffsets[]> {
  switch (cluster.type) {
    case 'ckafka':
      return (await import('./kafka/ckafka.ts')).readCkafka(cluster, wanted, io, scope)
    case 'alikafka':
      return (await import('./kafka/alikafka.ts')).readAlikafka(cluster, wanted, io, scope)
    case 'kafka':
      return (await import('./kafka/protocol.ts')).readBrokers(cluster, wanted, io, scope)
  }
}

function seen({ cluster, group, limits }: KafkaLagSpec, groups: GroupOffsets[]): Seen {
  const partitions = groups.flatMap(({ topics }) => topics.flatMap((topic) => topic.partitions)).length
  if (Buffer.byteLength(JSON.stringify(groups)) > MOST_BYTES) {
    const found = `${group} has ${groups.length} groups with ${partitions} partitions`
    return { outcome: 'unknown', detail: `${found}, more than one report holds: make several checks of it` }
  }
  const lags = groups.flatMap(({ topics }) =>
    topics.map(({ topic, partitions }) => ({ topic, lag: lagOf(partitions) })),
  )
  const over = lags
    .map(({ topic, lag }) => ({ topic, lag, limit: valueFor(limits.lag, topic) }))
    .filter(({ lag, limit }) => limit !== undefined && lag > limit)
    .sort((a, b) => b.lag - a.lag)
  const worst = over[0]
  const samples: KafkaSamples = { kind: 'kafka', source: cluster.type, limits, found: isPattern(group), groups }
  if (worst !== undefined) {
    return { outcome: 'down', detail: `lag of ${worst.topic} ${worst.lag}, limit ${worst.limit}`, samples }
  }
  const total = lags.reduce((sum, { lag }) => sum + lag, 0)
  return { outcome: 'up', detail: `lag ${total}, ${partitions} partitions`, samples }
}

/** Negative only if something was committed while the ends were read: nothing is unread then. */
function lagOf(partitions: GroupOffsets['topics'][number]['partitions']): number {
  return partitions.reduce((sum, [, offset, end]) => {
    return typeof offset === 'number' && end !== null ? sum + Math.max(0, end - offset) : sum
  }, 0)
}
