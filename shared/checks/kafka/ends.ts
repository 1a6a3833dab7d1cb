import type Broker from 'kafkajs/src/broker/index.js'
import type { Metadata } from 'kafkajs/src/broker/index.js'
import type { Brokers } from './brokers.ts'
import { codeOf } from './kafka-fault.ts'
import { mapAtMost } from './source.ts'

/** The end of each partition's log, or Kafka's code why it can't be read; nothing for one that does not exist. */
export type Ends = Map<string, Map<number, number | string>>

interface Partitions {
  topic: string
  partitions: { partition: number }[]
}

/** Topics asked for in one request. */
const AT_ONCE = 100

/**
 * The ends of the logs, from each partition's leader. kafkajs fails a whole answer for one partition's error, so what fails is
 * asked for again topic by topic: a topic that has lost its leader hides no other.
 */
export async function readEnds(brokers: Brokers, seed: Broker, wanted: Partitions[]): Promise<Ends> {
  const partitionsOf = new Map<string, Set<number>>()
  for (const { topic, partitions } of wanted) {
    const known = partitionsOf.get(topic) ?? new Set()
    for (const { partition } of partitions) known.add(partition)
    partitionsOf.set(topic, known)
  }
  const ends: Ends = new Map([...partitionsOf.keys()].map((topic) => [topic, new Map()]))
  const topics = [...partitionsOf.keys()]
  for (let from = 0; from < topics.length; from += AT_ONCE) {
    await readSome(brokers, seed, topics.slice(from, from + AT_ONCE), partitionsOf, ends)
  }
  return ends
}

async function readSome(
  brokers: Brokers,
  seed: Broker,
  topics: string[],
  partitionsOf: Map<string, Set<number>>,
  ends: Ends,
): Promise<void> {
  try {
    await readTopics(brokers, await seed.metadata(topics), partitionsOf, ends)
  } catch (error) {
    if (!isKafkas(error)) throw error
    if (topics.length > 1) return splitUp(brokers, seed, topics, partitionsOf, ends)
    const [topic = ''] = topics
    if (codeOf(error) === 'UNKNOWN_TOPIC_OR_PARTITION') return
    for (const partition of partitionsOf.get(topic) ?? []) ends.get(topic)?.set(partition, codeOf(error))
  }
}

async function splitUp(
  brokers: Brokers,
  seed: Broker,
  topics: string[],
  partitionsOf: Map<string, Set<number>>,
  ends: Ends,
): Promise<void> {
  await mapAtMost(AT_ONCE, topics, (topic) => readSome(brokers, seed, [topic], partitionsOf, ends))
}

async function readTopics(
  brokers: Brokers,
  { brokers: places, topicMetadata }: Metadata,
  partitionsOf: Map<string, Set<number>>,
  ends: Ends,
): Promise<void> {
  const byLeader = new Map<number, Map<string, number[]>>()
  for (const { topic, partitionMetadata } of topicMetadata) {
    for (const { partitionId, leader } of partitionMetadata) {
      if (!partitionsOf.get(topic)?.has(partitionId)) continue
      const led = byLeader.get(leader) ?? new Map<string, number[]>()
      byLeader.set(leader, led.set(topic, [...(led.get(topic) ?? []), partitionId]))
    }
  }
  await mapAtMost(AT_ONCE, [...byLeader], async ([nodeId, led]) => {
    const place = places.find((one) => one.nodeId === nodeId)
    if (place === undefined) {
      for (const [topic, partitions] of led)
        for (const one of partitions) ends.get(topic)?.set(one, 'LEADER_NOT_AVAILABLE')
      return
    }
    const leader = await brokers.at(place.host, place.port)
    const { responses } = await leader.listOffsets({
      replicaId: -1,
      isolationLevel: 0,
      topics: [...led].map(([topic, partitions]) => ({
        topic,
        partitions: partitions.map((partition) => ({ partition, timestamp: -1 })),
      })),
    })
    for (const { topic, partitions } of responses) {
      for (const { partition, offset } of partitions) ends.get(topic)?.set(partition, Number(offset))
    }
  })
}

/** An error that a broker has answered with; others are of the connection and end it all. */
function isKafkas(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'type' in error && typeof error.type === 'string'
}
