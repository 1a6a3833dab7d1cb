import type { GroupOffsets, KafkaSamples } from '../../contracts/kafka-sample.ts'
import { isPattern, valueFor } from '../../contracts/name-pattern.ts'
import type { CheckIo, CheckKind, Seen } from '../kind.ts'
import { fromEnvironment } from '../run/environment.ts'
import { seenFault } from '../run/fault.ts'
import { jsonBytes } from '../run/json-bytes.ts'
import { withinLimit } from '../run/time-limit.ts'
import type { Wanted } from './source.ts'
import type { ClusterSettings, KafkaLagSpec } from './spec.ts'

/** A message holds no more of one group: 30,000 partitions or so. Of groups found by a pattern it may hold only some. */
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
      return (await import('./ckafka.ts')).readCkafka(cluster, wanted, io, scope)
    case 'alikafka':
      return (await import('./alikafka.ts')).readAlikafka(cluster, wanted, io, scope)
    case 'kafka':
      return (await import('./protocol.ts')).readBrokers(cluster, wanted, io, scope)
  }
}

function seen({ cluster, group, limits }: KafkaLagSpec, groups: GroupOffsets[]): Seen {
  const tooWide = groups.find((one) => jsonBytes(one) > MOST_BYTES)
  if (tooWide !== undefined) {
    const found = `${tooWide.group} has ${partitionsOf([tooWide])} partitions`
    return { outcome: 'unknown', detail: `${found}, more than one report holds: make several checks of its topics` }
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
  const failed = groups.flatMap(({ error }) => error ?? [])
  const notRead =
    failed.length === 0
      ? ''
      : `, ${failed.length} ${failed.length === 1 ? 'group' : 'groups'} not readable (${[...new Set(failed)].join(', ')})`
  return { outcome: 'up', detail: `lag ${total}, ${partitionsOf(groups)} partitions${notRead}`, samples }
}

function partitionsOf(groups: GroupOffsets[]): number {
  return groups.reduce((sum, { topics }) => topics.reduce((all, { partitions }) => all + partitions.length, sum), 0)
}

/** Negative only if something was committed while the ends were read: nothing is unread then. */
function lagOf(partitions: GroupOffsets['topics'][number]['partitions']): number {
  return partitions.reduce((sum, [, offset, end]) => {
    return typeof offset === 'number' && end !== null ? sum + Math.max(0, end - offset) : sum
  }, 0)
}
