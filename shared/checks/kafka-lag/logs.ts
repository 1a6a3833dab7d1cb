import type Broker from 'kafkajs/src/broker/index.js'
import { mapAtMost } from '../../contracts/at-most.ts'
import { ask, type BrokerAddress, type Metadata, readMetadata } from './ask.ts'
import type { Brokers } from './brokers.ts'
import { nameOf } from './kafka-fault.ts'
import type { Room } from './room.ts'

/** The end of each partition's log, or Kafka's name of what keeps it from being read; nothing for one that does not exist. */
export type Ends = Map<string, Map<number, number | string>>

/** Where logs end, and where they begin of those that somebody has not read to the end. */
export interface Logs {
  ends: Ends
  starts: Ends
}

interface Partitions {
  topic: string
  partitions: { partition: number; offset: number | string | null }[]
}

/** Topic → partition → the least offset that any group has committed. */
type Commits = Map<string, Map<number, number>>

/** What is asked for in place of a time (Kafka protocol, ListOffsets). */
const END = -1
const START = -2

/** Topic → partitions, of one leader. */
type Led = Map<string, number[]>

/** Kafka's code for what is not there, or not known to whoever asks. */
const UNKNOWN_TOPIC_OR_PARTITION = 3

/** Brokers asked at a time. */
const AT_ONCE = 100

/**
 * The ends of the logs, each read once however many groups want it, from the partitions' leaders, which `known` may tell. Of a log
 * that goes on behind a commit the start is read, too: what was deleted can't be read any more.
 */
export async function readLogs(
  brokers: Brokers,
  seed: Broker,
  wanted: Partitions[],
  room: Room,
  known?: Metadata,
): Promise<Logs> {
  const partitionsOf = new Map<string, Set<number>>()
  const commits: Commits = new Map()
  for (const { topic, partitions } of wanted) {
    const all = partitionsOf.get(topic) ?? new Set()
    const least = commits.get(topic) ?? new Map<number, number>()
    for (const { partition, offset } of partitions) {
      all.add(partition)
      if (typeof offset === 'number') least.set(partition, Math.min(offset, least.get(partition) ?? offset))
    }
    partitionsOf.set(topic, all)
    commits.set(topic, least)
  }
  const ends: Ends = new Map([...partitionsOf.keys()].map((topic) => [topic, new Map()]))
  const starts: Ends = new Map()
  if (ends.size === 0) return { ends, starts }
  const metadata = known ?? (await readMetadata(seed, [...ends.keys()]))
  const brokersById = new Map(metadata.brokers.map((broker) => [broker.nodeId, broker]))
  const byLeader = new Map<BrokerAddress, Led>()
  for (const { topic, topicErrorCode, partitionMetadata } of metadata.topicMetadata) {
    const read = (partition: number, end: number | string) => ends.get(topic)?.set(partition, end)
    const partitions = partitionsOf.get(topic) ?? new Set()
    if (topicErrorCode !== 0 && topicErrorCode !== UNKNOWN_TOPIC_OR_PARTITION)
      for (const partition of partitions) read(partition, nameOf(topicErrorCode))
    for (const { partitionId, leader } of partitionMetadata) {
      if (!partitions.has(partitionId)) continue
      const broker = brokersById.get(leader)
      if (broker === undefined) read(partitionId, 'LEADER_NOT_AVAILABLE')
      else addTo(byLeader, broker, topic, partitionId)
    }
  }
  await mapAtMost(AT_ONCE, [...byLeader], async ([{ host, port }, led]) =>
    readFrom(await brokers.at(host, port), led, { ends, starts }, commits, room),
  )
  return { ends, starts }
}

function addTo(byLeader: Map<BrokerAddress, Led>, leader: BrokerAddress, topic: string, partition: number): void {
  const led = byLeader.get(leader) ?? new Map()
  byLeader.set(leader, led)
  const partitions = led.get(topic)
  if (partitions === undefined) led.set(topic, [partition])
  else partitions.push(partition)
}

async function readFrom(leader: Broker, led: Led, { ends, starts }: Logs, commits: Commits, room: Room): Promise<void> {
  await list(leader, led, END, ends, room)
  const behind: Led = new Map()
  for (const [topic, partitions] of led) {
    const unread = partitions.filter((partition) => {
      const end = ends.get(topic)?.get(partition)
      return typeof end === 'number' && (commits.get(topic)?.get(partition) ?? end) < end
    })
    if (unread.length > 0) behind.set(topic, unread)
  }
  if (behind.size > 0) await list(leader, behind, START, starts, room)
}

async function list(
  leader: Broker,
  led: Led,
  timestamp: typeof END | typeof START,
  into: Ends,
  room: Room,
): Promise<void> {
  const topics = [...led].map(([topic, partitions]) => ({
    topic,
    partitions: partitions.map((partition) => ({ partition, timestamp })),
  }))
  const { responses } = await ask(leader, 'ListOffsets', { replicaId: -1, isolationLevel: 0, topics })
  for (const { topic, partitions } of responses) {
    const known = into.get(topic) ?? new Map<number, number | string>()
    into.set(topic, known)
    room.take(partitions.length)
    for (const { partition, offset, errorCode } of partitions) {
      // Deleted since we asked for its leader.
      if (errorCode === UNKNOWN_TOPIC_OR_PARTITION) continue
      known.set(partition, errorCode === 0 ? Number(offset) : nameOf(errorCode))
    }
  }
}
