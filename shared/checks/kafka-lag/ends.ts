import type Broker from 'kafkajs/src/broker/index.js'
import { mapAtMost } from '../../at-most.ts'
import { ask, type Metadata, type Place, readMetadata } from './ask.ts'
import type { Brokers } from './brokers.ts'
import { nameOf } from './kafka-fault.ts'

/** The end of each partition's log, or Kafka's name of what keeps it from being read; nothing for one that does not exist. */
export type Ends = Map<string, Map<number, number | string>>

interface Partitions {
  topic: string
  partitions: { partition: number }[]
}

/** Topic → partitions, of one leader. */
type Led = Map<string, number[]>

/** Kafka's code for what is not there, or not known to whoever asks. */
const UNKNOWN_TOPIC_OR_PARTITION = 3

/** Brokers asked at a time. */
const AT_ONCE = 100

/** The ends of the logs, each read once however many groups want it, from the partitions' leaders, which `known` may tell. */
export async function readEnds(brokers: Brokers, seed: Broker, wanted: Partitions[], known?: Metadata): Promise<Ends> {
  const partitionsOf = new Map<string, Set<number>>()
  for (const { topic, partitions } of wanted) {
    const all = partitionsOf.get(topic) ?? new Set()
    for (const { partition } of partitions) all.add(partition)
    partitionsOf.set(topic, all)
  }
  const ends: Ends = new Map([...partitionsOf.keys()].map((topic) => [topic, new Map()]))
  if (ends.size === 0) return ends
  const metadata = known ?? (await readMetadata(seed, [...ends.keys()]))
  const places = new Map(metadata.brokers.map((place) => [place.nodeId, place]))
  const byLeader = new Map<Place, Led>()
  for (const { topic, topicErrorCode, partitionMetadata } of metadata.topicMetadata) {
    const read = (partition: number, end: number | string) => ends.get(topic)?.set(partition, end)
    const partitions = partitionsOf.get(topic) ?? new Set()
    if (topicErrorCode !== 0 && topicErrorCode !== UNKNOWN_TOPIC_OR_PARTITION)
      for (const partition of partitions) read(partition, nameOf(topicErrorCode))
    for (const { partitionId, leader } of partitionMetadata) {
      if (!partitions.has(partitionId)) continue
      const place = places.get(leader)
      if (place === undefined) read(partitionId, 'LEADER_NOT_AVAILABLE')
      else addTo(byLeader, place, topic, partitionId)
    }
  }
  await mapAtMost(AT_ONCE, [...byLeader], async ([{ host, port }, led]) =>
    readFrom(await brokers.at(host, port), led, ends),
  )
  return ends
}

function addTo(byLeader: Map<Place, Led>, place: Place, topic: string, partition: number): void {
  const led = byLeader.get(place) ?? new Map()
  byLeader.set(place, led)
  const partitions = led.get(topic)
  if (partitions === undefined) led.set(topic, [partition])
  else partitions.push(partition)
}

async function readFrom(leader: Broker, led: Led, ends: Ends): Promise<void> {
  const topics = [...led].map(([topic, partitions]) => ({
    topic,
    partitions: partitions.map((partition) => ({ partition, timestamp: -1 as const })),
  }))
  const { responses } = await ask(leader, 'ListOffsets', { replicaId: -1, isolationLevel: 0, topics })
  for (const { topic, partitions } of responses) {
    for (const { partition, offset, errorCode } of partitions) {
      // Deleted since we asked for its leader.
      if (errorCode === UNKNOWN_TOPIC_OR_PARTITION) continue
      ends.get(topic)?.set(partition, errorCode === 0 ? Number(offset) : nameOf(errorCode))
    }
  }
}
