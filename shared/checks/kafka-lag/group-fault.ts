import { type GroupVerdict, type TopicVerdict, worstOf } from '../../evaluation/kafka-lag.ts'
import type { GroupOffsets, KafkaSamples, PartitionOffsets } from '../../evaluation/kafka-sample.ts'
import { fact } from '../run/fault.ts'
import type { GroupStatus, KafkaLagFault, PartitionLag, TopicStatus } from './faults.ts'

/** So many topics are named, and so many partitions of each; the rest is counted. */
const MOST_NAMED = 3

/** A list of a topic's partitions names so many. */
const MOST_LISTED = 12

/** What is to be said of a judged group, worst first. */
export function groupFault(source: KafkaSamples['source'], sample: GroupOffsets, verdict: GroupVerdict): KafkaLagFault {
  const { worst, lag, ageMs, overAgeMs, unknown, complete, bad } = verdict
  if (verdict.known === 0 && unknown.unreadable === 0)
    return fact('group-never-committed', { source, ...stateOf(sample) })
  const args: GroupStatus = {
    source,
    worst,
    lag,
    unreadable: unknown.unreadable,
    errors: unknown.codes.slice(0, MOST_NAMED),
    never: unknown.never,
    ...stateOf(sample),
    topics: bad.slice(0, MOST_NAMED).map((topic) => topicOf(topic, verdict)),
    more: Math.max(0, bad.length - MOST_NAMED),
  }
  if (ageMs !== undefined) args.ageMs = ageMs
  if (overAgeMs !== undefined) args.ageLimitMs = overAgeMs
  // Until the windows are whole, the rules know less than they will.
  if (complete < 1 && lag > 0) args.completePercent = Math.floor(complete * 100)
  return fact(worst === 'STOP' && sample.members === 0 ? 'group-unconsumed' : 'group-status', args)
}

/** The partitions of a topic one by one, most lag first. */
export function topicLag(offsets: PartitionOffsets[]): KafkaLagFault {
  const read = offsets.map(([partition, offset, end, , start = 0]): PartitionLag => {
    if (typeof offset === 'string') return { partition, error: offset }
    if (offset === null) return { partition }
    return end === null ? { partition, error: null } : { partition, lag: Math.max(0, end - Math.max(offset, start)) }
  })
  const lagOf = ({ lag = 0 }: PartitionLag) => lag
  const sorted = read.toSorted((a, b) => lagOf(b) - lagOf(a) || a.partition - b.partition)
  const lag = read.reduce((sum, one) => sum + lagOf(one), 0)
  return fact('topic-lag', { lag, of: read.length, partitions: sorted.slice(0, MOST_LISTED) })
}

/** Of a group that could not be read, though others could. */
export function unreadableGroup(source: KafkaSamples['source'], error: string): KafkaLagFault {
  return fact('group-unreadable', { source, error })
}

function stateOf({ state, members }: GroupOffsets): Pick<GroupStatus, 'state' | 'members'> {
  return { ...(state === undefined ? {} : { state }), ...(members === undefined ? {} : { members }) }
}

function topicOf(topic: TopicVerdict, { worst }: GroupVerdict): TopicStatus {
  const { partitions: all, lag, overLag } = topic
  const status = worstOf(topic)
  const bad = all.filter((one) => (status === 'OK' ? one.lag > 0 : one.status !== 'OK'))
  return {
    topic: topic.topic,
    ...(status === worst || status === 'OK' ? {} : { worst: status }),
    bad: bad.length,
    of: all.length,
    ...(overLag === undefined ? {} : { lag, limit: overLag }),
    partitions: bad.slice(0, MOST_NAMED).map(({ partition, lag }) => [partition, lag]),
    isMore: bad.length > MOST_NAMED,
  }
}
