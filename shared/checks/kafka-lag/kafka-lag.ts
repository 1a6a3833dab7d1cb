import { isPattern, valueFor } from '../../contracts/name-pattern.ts'
import type { Instant } from '../../contracts/words.ts'
import type { GroupOffsets, KafkaSamples } from '../../evaluation/kafka-sample.ts'
import type { CheckIo, RunResult } from '../kind.ts'
import { fromEnvironment } from '../run/environment.ts'
import { fact, seenFault } from '../run/fault.ts'
import { jsonBytes } from '../run/json-bytes.ts'
import { withinLimit } from '../run/time-limit.ts'
import type { KafkaLagFault } from './faults.ts'
import type { Wanted } from './source.ts'
import type { ClusterSettings, KafkaLagSpec } from './spec.ts'

/** A message holds no more of one group: 30,000 partitions or so. Of groups found by a pattern it may hold only some. */
const MOST_BYTES = 800_000

/** Of the codes with which groups could not be read so many are told. */
const MOST_ERRORS = 3

/**
 * Reads how far consumer groups are behind. What is read is judged over time, by evaluation; one run alone can only compare a
 * lag with its limit. Whatever keeps it from reading is `unknown`: it says nothing of a consumer.
 */
export async function runKafkaLag(spec: KafkaLagSpec, io: CheckIo, deadline: Instant): Promise<RunResult> {
  const startedAt = io.monotonic()
  try {
    const groups = await withinLimit(io, deadline, (scope) => read(spec, io, scope))
    return { ...seen(spec, groups), latencyMs: io.monotonic() - startedAt }
  } catch (error) {
    return { outcome: 'unknown', fault: seenFault(error).fault }
  }
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

function seen({ cluster, group, limits }: KafkaLagSpec, groups: GroupOffsets[]): RunResult {
  const tooWide = groups.find((one) => jsonBytes(one) > MOST_BYTES)
  if (tooWide !== undefined) {
    const args = { group: tooWide.group, partitions: partitionsOf([tooWide]) }
    return { outcome: 'unknown', fault: fact('group-too-large', args) }
  }
  const lags = groups.flatMap(({ topics }) =>
    topics.map(({ topic, partitions }) => ({ topic, lag: lagOf(partitions) })),
  )
  const over = lags
    .flatMap(({ topic, lag }) => {
      const limit = valueFor(limits.lag, topic)
      return limit !== undefined && lag > limit ? [{ topic, lag, limit }] : []
    })
    .sort((a, b) => b.lag - a.lag)
  const [worst] = over
  const samples: KafkaSamples = { kind: 'kafka', source: cluster.type, limits, found: isPattern(group), groups }
  if (worst !== undefined) return { outcome: 'down', fault: fact('topic-over-limit', worst), samples }
  return { outcome: 'up', fault: total(groups, lags), samples }
}

function total(groups: GroupOffsets[], lags: { lag: number }[]): KafkaLagFault {
  const failed = groups.flatMap(({ error }) => error ?? [])
  const lag = lags.reduce((sum, one) => sum + one.lag, 0)
  const errors = [...new Set(failed)].slice(0, MOST_ERRORS)
  return fact('total-lag', { lag, partitions: partitionsOf(groups), unreadable: failed.length, errors })
}

function partitionsOf(groups: GroupOffsets[]): number {
  return groups.reduce((sum, { topics }) => topics.reduce((all, { partitions }) => all + partitions.length, sum), 0)
}

/** Negative only if something was committed while the ends were read: nothing is unread then. */
function lagOf(partitions: GroupOffsets['topics'][number]['partitions']): number {
  return partitions.reduce((sum, [, offset, end, , start = 0]) => {
    return typeof offset === 'number' && end !== null ? sum + Math.max(0, end - Math.max(offset, start)) : sum
  }, 0)
}
