import { valueFor } from '../contracts/name-pattern.ts'
import type { VerdictWord } from '../contracts/words.ts'
import {
  badness,
  completeness,
  type GroupDetail,
  groupStatus,
  type PartitionNow,
  type PartitionStatus,
  partitionStatus,
} from './kafka-rules.ts'
import type { GroupOffsets, KafkaLimits, PartitionOffsets } from './kafka-sample.ts'
import { addSample, type PartitionView, type Slot } from './kafka-window.ts'

/** A lag of one message is always fine: a transaction's end is a marker in the log, which no consumer reads. */
export const ALLOWED_LAG = 1

/** A partition of a group, judged. */
export interface PartitionVerdict {
  partition: number
  status: PartitionStatus
  lag: number
  /** How old its oldest unread message is, ms; absent if nothing is unread: an idle topic has no time lag. */
  ageMs?: number
}

export interface TopicVerdict {
  topic: string
  /** Summed over its partitions. */
  lag: number
  /** The limit that `lag` is over. */
  overLag?: number
  ageMs?: number
  /** Worst first. */
  partitions: PartitionVerdict[]
}

export interface GroupVerdict {
  outcome: VerdictWord
  /** By the rules alone. */
  status: 'OK' | 'WARN' | 'ERR'
  worst: PartitionStatus
  lag: number
  ageMs?: number
  /** The limit that `ageMs` is over. */
  overAgeMs?: number
  /** Those with something wrong, worst first. */
  bad: TopicVerdict[]
  /** How whole the windows are, over all known partitions, 0 to 1. */
  complete: number
  /** Partitions whose lag is known. */
  known: number
  /** Partitions of which nothing is known: never committed, or not to be read, with the sources' codes; `null` where the end is missing. */
  unknown: { never: number; unreadable: number; codes: (string | null)[] }
}

/**
 * Judges a group by a further sample after the slots before it (in the order of time): Burrow's rules per partition, and beside them
 * the plain limits on a topic's lag and on the age of the oldest unread message. `slot` is what to remember of the sample.
 */
export function evaluateGroup(
  slots: Slot[],
  sample: GroupOffsets,
  limits: KafkaLimits,
  intervalMs: number,
): { slot: Slot; verdict: GroupVerdict } {
  const { slot, known, topics } = evaluateTopics(slots, sample, limits, intervalMs)
  const worst = topics.map(worstOf).reduce(worse, 'OK')
  const ageMs = oldest(topics)
  const isLate = (age: number | undefined) => age !== undefined && limits.ageMs !== undefined && age > limits.ageMs
  const bad = topics.filter((topic) => worstOf(topic) !== 'OK' || topic.overLag !== undefined || isLate(topic.ageMs))
  const unknown = unknownOf(sample)
  const isDown = groupStatus(worst) === 'ERR' || isLate(ageMs) || topics.some(({ overLag }) => overLag !== undefined)
  const verdict: GroupVerdict = {
    outcome: isDown ? 'down' : outcomeOf(worst, known.length > 0 || isThere(sample), unknown.unreadable),
    status: groupStatus(worst),
    worst,
    lag: topics.reduce((sum, topic) => sum + topic.lag, 0),
    bad,
    complete: known.reduce((sum, { history }) => sum + completeness(history), 0) / Math.max(1, known.length),
    known: known.length,
    unknown,
  }
  if (ageMs !== undefined) verdict.ageMs = ageMs
  if (isLate(ageMs) && limits.ageMs !== undefined) verdict.overAgeMs = limits.ageMs
  return { slot, verdict }
}

function evaluateTopics(slots: Slot[], sample: GroupOffsets, limits: KafkaLimits, intervalMs: number) {
  const allowed = (topic: string) => valueFor(limits.allowed, topic) ?? ALLOWED_LAG
  const { slot, partitions } = addSample(slots, sample, intervalMs, allowed)
  const isAbandoned = sample.members === 0
  const known = partitions.filter((view) => view.lag !== undefined)
  const topics = [...Map.groupBy(known, ({ topic }) => topic)]
    .map(([topic, views]) =>
      evaluateTopic(
        topic,
        views,
        { now: sample.at, allowed: allowed(topic), intervalMs, isAbandoned },
        valueFor(limits.lag, topic),
      ),
    )
    .sort(worseTopic)
  return { slot, known, topics }
}

/**
 * A group by the slots that are kept of it (in the order of time), as it was judged at the last of them; undefined where nothing is kept.
 * Whether a member holds a partition is known from its commits alone.
 */
export function groupDetail(
  group: string,
  slots: Slot[],
  limits: KafkaLimits,
  intervalMs: number,
): GroupDetail | undefined {
  const last = slots.at(-1)
  if (last === undefined) return undefined
  const marks = [...last.marks].map(([key, { offset, end = null, isCommit, start = 0 }]) => {
    const slash = key.indexOf('/')
    const read: PartitionOffsets = [Number(key.slice(0, slash)), offset, end, isCommit, start]
    return { topic: key.slice(slash + 1), read }
  })
  const topics = [...Map.groupBy(marks, ({ topic }) => topic)].map(([topic, own]) => ({
    topic,
    partitions: own.map(({ read }) => read),
  }))
  const judged = evaluateTopics(slots.slice(0, -1), { group, at: last.at, topics }, limits, intervalMs).topics
  const ageMs = oldest(judged)
  return {
    group,
    at: last.at,
    worst: judged.map(worstOf).reduce(worse, 'OK'),
    lag: judged.reduce((sum, { lag }) => sum + lag, 0),
    ...(ageMs === undefined ? {} : { ageMs }),
    partitions: judged
      .flatMap(({ topic, partitions }) => partitions.map((one) => ({ topic, ...one })))
      .toSorted((a, b) => badness(b.status) - badness(a.status) || b.lag - a.lag),
  }
}

/** The word for a group: `up` only when nothing is wrong and the lag of every partition that should be known is known. */
function outcomeOf(worst: PartitionStatus, isKnown: boolean, unreadable: number): VerdictWord {
  if (worst === 'WARN') return 'degraded'
  return isKnown && unreadable === 0 ? 'up' : 'unknown'
}

/** Whether the group exists. One with members does, though it has committed nothing yet; a misspelt name does not. */
function isThere({ state, members = 0, topics }: GroupOffsets): boolean {
  return state !== 'Dead' && (members > 0 || topics.length > 0)
}

function evaluateTopic(
  topic: string,
  views: PartitionView[],
  bearing: Pick<PartitionNow, 'now' | 'allowed' | 'intervalMs' | 'isAbandoned'>,
  limit: number | undefined,
): TopicVerdict {
  const partitions = views
    .map(({ history, unreadSince, lag = 0, ...view }): PartitionVerdict => {
      const status = partitionStatus(history, { ...view, ...bearing, lag })
      const age = unreadSince === undefined ? {} : { ageMs: bearing.now - unreadSince }
      return { partition: view.partition, status, lag, ...age }
    })
    .sort((a, b) => badness(b.status) - badness(a.status) || b.lag - a.lag || a.partition - b.partition)
  const lag = partitions.reduce((sum, one) => sum + one.lag, 0)
  const ageMs = oldest(partitions)
  return {
    topic,
    lag,
    partitions,
    ...(limit !== undefined && lag > limit ? { overLag: limit } : {}),
    ...(ageMs === undefined ? {} : { ageMs }),
  }
}

function oldest(of: { ageMs?: number }[]): number | undefined {
  const ages = of.flatMap(({ ageMs }) => ageMs ?? [])
  return ages.length === 0 ? undefined : Math.max(...ages)
}

/** How the worst partition of a topic stands; partitions come worst first. */
export function worstOf({ partitions }: TopicVerdict): PartitionStatus {
  return partitions[0]?.status ?? 'OK'
}

function worse(a: PartitionStatus, b: PartitionStatus): PartitionStatus {
  return badness(b) > badness(a) ? b : a
}

function worseTopic(a: TopicVerdict, b: TopicVerdict): number {
  const over = (topic: TopicVerdict) => (topic.overLag === undefined ? 0 : 1)
  return badness(worstOf(b)) - badness(worstOf(a)) || over(b) - over(a) || b.lag - a.lag
}

function unknownOf({ topics }: GroupOffsets): GroupVerdict['unknown'] {
  const partitions = topics.flatMap((topic) => topic.partitions)
  const unreadable = partitions.filter(
    ([, offset, end]) => typeof offset === 'string' || (offset !== null && end === null),
  )
  return {
    // Nobody can commit on a partition that nothing was written to.
    never: partitions.filter(([, offset, end]) => offset === null && end !== 0).length,
    unreadable: unreadable.length,
    codes: [...new Set(unreadable.map(([, offset]) => (typeof offset === 'string' ? offset : null)))],
  }
}
