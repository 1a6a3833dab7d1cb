import type { GroupOffsets, KafkaSamples, PartitionOffsets } from '../contracts/kafka-sample.ts'
import { type GroupVerdict, type TopicVerdict, worstOf } from './kafka-lag.ts'
import type { PartitionStatus } from './kafka-rules.ts'

/** Burrow's words as people understand them. */
const statusWords: Record<PartitionStatus, string> = {
  OK: 'fine',
  WARN: 'lag keeps growing',
  STOP: 'stopped committing',
  STALL: 'consumption stalled',
  REWIND: 'offsets went back',
}

const sourceNames: Record<KafkaSamples['source'], string> = { ckafka: 'CKafka', alikafka: 'AliKafka', kafka: 'Kafka' }

/** A sentence names so many topics, and so many partitions of each; the rest is counted. */
const MOST_NAMED = 3

/** A list of a topic's partitions names so many. */
const MOST_LISTED = 12

/**
 * A verdict as one line, worst first: `CKafka: consumption stalled, lag 185,238, oldest 14m (limit 5m), Stable, 4 members;
 * order-paid 3/12 (p3 61,204, p7 58,910, p1 51,377)`. `3/12`: 3 of its 12 partitions; `p3` is partition 3 with its lag.
 */
export function groupDetail(source: KafkaSamples['source'], sample: GroupOffsets, verdict: GroupVerdict): string {
  const name = sourceNames[source]
  if (verdict.outcome === 'unknown' && verdict.unknown.unreadable === 0) {
    return [`${name}: never committed`, ...groupState(sample)].join(', ')
  }
  const head = [...headline(verdict), ...groupState(sample), ...incompleteness(verdict)].join(', ')
  const topics = verdict.bad.slice(0, MOST_NAMED).map((topic) => topicDetail(topic, verdict))
  const left = verdict.bad.length - topics.length
  return [`${name}: ${head}`, ...topics, ...(left > 0 ? [`and ${left} more topics`] : [])].join('; ')
}

/** The partitions of a topic one by one, most lag first: `lag 61,580 in 3 partitions: p3 61,204, p7 376, p1 0`. */
export function lagDetail(offsets: PartitionOffsets[]): string {
  const read = offsets.map(([partition, offset, end]) => {
    if (typeof offset === 'string') return { partition, lag: 0, word: offset }
    if (offset === null) return { partition, lag: 0, word: 'never committed' }
    if (end === null) return { partition, lag: 0, word: 'no end offset' }
    return { partition, lag: Math.max(0, end - offset), word: grouped(Math.max(0, end - offset)) }
  })
  const sorted = read.toSorted((a, b) => b.lag - a.lag || a.partition - b.partition)
  const named = sorted.slice(0, MOST_LISTED).map(({ partition, word }) => `p${partition} ${word}`)
  const more = sorted.length > named.length ? [`${sorted.length - named.length} more`] : []
  const lag = read.reduce((sum, one) => sum + one.lag, 0)
  return `lag ${grouped(lag)} in ${partitions(read.length)}: ${[...named, ...more].join(', ')}`
}

/** Of a group that could not be read, though others could: `Kafka: group not readable (GROUP_AUTHORIZATION_FAILED)`. */
export function unreadableDetail(source: KafkaSamples['source'], code: string): string {
  return `${sourceNames[source]}: group not readable (${code})`
}

function headline({ worst, lag, ageMs, overAgeMs, unknown }: GroupVerdict): string[] {
  const parts = worst === 'OK' ? [] : [statusWords[worst]]
  parts.push(`lag ${grouped(lag)}`)
  if (ageMs !== undefined)
    parts.push(`oldest ${spanOf(ageMs)}${overAgeMs === undefined ? '' : ` (limit ${spanOf(overAgeMs)})`}`)
  if (unknown.unreadable > 0) {
    parts.push(`${partitions(unknown.unreadable)} not readable (${unknown.codes.slice(0, MOST_NAMED).join(', ')})`)
  }
  if (unknown.never > 0) parts.push(`${partitions(unknown.never)} never committed`)
  return parts
}

function groupState({ state, members }: GroupOffsets): string[] {
  return [
    ...(state === undefined ? [] : [state]),
    ...(members === undefined ? [] : [`${members} ${members === 1 ? 'member' : 'members'}`]),
  ]
}

/** Until the windows are whole, the rules know less than they will. */
function incompleteness({ complete, lag }: GroupVerdict): string[] {
  return complete === 1 || lag === 0 ? [] : [`window ${Math.floor(complete * 100)}% complete`]
}

function topicDetail(topic: TopicVerdict, verdict: GroupVerdict): string {
  const { partitions: all, lag, overLag } = topic
  const status = worstOf(topic)
  const lagging = all.filter((one) => one.lag > 0)
  const bad = status === 'OK' ? lagging : all.filter((one) => one.status !== 'OK')
  const named = bad.slice(0, MOST_NAMED).map(({ partition, lag }) => `p${partition} ${grouped(lag)}`)
  const more = bad.length > named.length ? ['…'] : []
  const word = status === verdict.worst || status === 'OK' ? '' : ` ${statusWords[status]}`
  const over = overLag === undefined ? '' : ` lag ${grouped(lag)} (limit ${grouped(overLag)})`
  return `${topic.topic}${word} ${bad.length}/${all.length}${over} (${[...named, ...more].join(', ')})`
}

function partitions(count: number): string {
  return `${count} ${count === 1 ? 'partition' : 'partitions'}`
}

/** 185238 → 185,238. */
function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** A time in one unit: 45s, 14m, 3h, 2d. */
function spanOf(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  if (seconds < 120) return `${seconds}s`
  if (seconds < 7200) return `${Math.floor(seconds / 60)}m`
  return seconds < 172_800 ? `${Math.floor(seconds / 3600)}h` : `${Math.floor(seconds / 86_400)}d`
}
