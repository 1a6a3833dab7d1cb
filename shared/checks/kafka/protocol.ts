import type Broker from 'kafkajs/src/broker/index.js'
import type { GroupDescription, Metadata } from 'kafkajs/src/broker/index.js'
import assignerProtocol from 'kafkajs/src/consumer/assignerProtocol.js'
import type { GroupOffsets, PartitionOffsets } from '../../contracts/kafka-sample.ts'
import { fits, isPattern } from '../../contracts/name-pattern.ts'
import type { BrokerSettings } from '../kafka-lag-spec.ts'
import type { CheckIo } from '../kind.ts'
import { type Brokers, withBrokers } from './brokers.ts'
import { readEnds } from './ends.ts'
import { codeOf, kafkaFault } from './kafka-fault.ts'
import { isWanted, mapAtMost, type Source, unreadable, type Wanted } from './source.ts'

/** Groups read at a time over one connection. */
const AT_ONCE = 32

/** Any cluster by Kafka's own protocol: commits first, then the ends of the logs, so that a lag is never too small. */
export const readBrokers: Source<BrokerSettings> = async (settings, wanted, io, scope) => {
  const cut = new Promise<never>((_resolve, reject) => {
    scope.addEventListener('abort', () => reject(unreadable('Kafka: cut short')))
  })
  try {
    return await withBrokers(settings, io, (brokers) => Promise.race([cut, readGroups(brokers, wanted, io)]))
  } catch (error) {
    throw kafkaFault(error)
  }
}

async function readGroups(brokers: Brokers, wanted: Wanted, io: CheckIo): Promise<GroupOffsets[]> {
  const seed = await brokers.seed()
  const isSearch = isPattern(wanted.group)
  const names = isSearch ? await findGroups(brokers, seed, wanted.group) : [wanted.group]
  if (names.length === 0) throw unreadable(`Kafka: no group fits ${wanted.group}`)
  const named = await namedTopics(seed, wanted)
  const all = await mapAtMost(AT_ONCE, names, (group) => readCommits(brokers, seed, group, named, wanted, io))
  const groups = isSearch ? all.filter(({ topics }) => topics.length > 0) : all
  const ends = await readEnds(
    brokers,
    seed,
    groups.flatMap(({ topics }) => topics),
  )
  const descriptions = await describe(groups)
  return groups.map(({ group, at, topics }) => {
    const description = descriptions.get(group)
    const held = heldPartitions(description)
    return {
      group,
      at,
      ...(description === undefined ? {} : { state: description.state, members: description.members.length }),
      topics: topics.flatMap(({ topic, partitions }) => {
        const read = partitions.flatMap(({ partition, offset }): PartitionOffsets[] => {
          const end = ends.get(topic)?.get(partition)
          // A topic that was deleted has left its commits behind.
          if (end === undefined) return []
          const isHeld = held.has(`${topic}/${partition}`)
          if (typeof end === 'string') return [[partition, end, null, isHeld]]
          return [[partition, offset, end, isHeld]]
        })
        return read.length === 0 ? [] : [{ topic, partitions: read }]
      }),
    }
  })
}

interface Commits {
  group: string
  at: number
  coordinator: Broker
  topics: { topic: string; partitions: { partition: number; offset: number | null }[] }[]
}

async function readCommits(
  brokers: Brokers,
  seed: Broker,
  group: string,
  topics: { topic: string; partitions: { partition: number }[] }[],
  wanted: Wanted,
  io: CheckIo,
): Promise<Commits> {
  const { coordinator: place } = await seed.findGroupCoordinator({ groupId: group, coordinatorType: 0 })
  const coordinator = await brokers.at(place.host, place.port)
  const at = Math.round(io.now())
  const { responses } = await coordinator.offsetFetch({ groupId: group, topics })
  const committed = responses
    .filter(({ topic }) => isWanted(topic, wanted))
    .map(({ topic, partitions }) => ({
      topic,
      // Kafka answers -1 where the group has never committed.
      partitions: partitions.map(({ partition, offset }) => ({
        partition,
        offset: Number(offset) < 0 ? null : Number(offset),
      })),
    }))
    .sort((a, b) => (a.topic < b.topic ? -1 : 1))
  return { group, at, coordinator, topics: committed }
}

/** Topics that are wanted by their names are asked for with all their partitions; none: what the group has committed. */
async function namedTopics(seed: Broker, { topics }: Wanted) {
  if (topics.length === 0 || topics.some(isPattern)) return []
  const { topicMetadata } = await seed.metadata(topics)
  return topicMetadata.map(({ topic, partitionMetadata }) => ({
    topic,
    partitions: partitionMetadata.map(({ partitionId }) => ({ partition: partitionId })),
  }))
}

/** Every broker knows the groups that it coordinates. */
async function findGroups(brokers: Brokers, seed: Broker, pattern: string): Promise<string[]> {
  const { brokers: places } = await anyMetadata(seed)
  const found = await mapAtMost(AT_ONCE, places, async ({ host, port }) => (await brokers.at(host, port)).listGroups())
  return found
    .flatMap(({ groups }) => groups)
    .filter(({ protocolType }) => protocolType === 'consumer' || protocolType === '')
    .map(({ groupId }) => groupId)
    .filter((group) => fits(pattern, group))
    .sort()
}

/** Where the brokers are comes with the metadata of any topic, and this one is there when there are groups. */
async function anyMetadata(seed: Broker): Promise<Metadata> {
  return seed.metadata(['__consumer_offsets']).catch(() => seed.metadata([]))
}

/** What the coordinators know of the groups' members; nothing where the brokers can't say. */
async function describe(groups: Commits[]): Promise<Map<string, GroupDescription>> {
  const byCoordinator = new Map<Broker, string[]>()
  for (const { coordinator, group } of groups) {
    byCoordinator.set(coordinator, [...(byCoordinator.get(coordinator) ?? []), group])
  }
  const answers = await mapAtMost(AT_ONCE, [...byCoordinator], async ([coordinator, groupIds]) => {
    try {
      return (await coordinator.describeGroups({ groupIds })).groups
    } catch (error) {
      if (codeOf(error) === 'KafkaJSServerDoesNotSupportApiKey') return []
      throw error
    }
  })
  return new Map(answers.flat().map((description) => [description.groupId, description]))
}

/** `topic/partition` of what the members of a stable group hold. */
function heldPartitions(description: GroupDescription | undefined): Set<string> {
  if (description?.state !== 'Stable') return new Set()
  const held = description.members.flatMap(({ memberAssignment }) => {
    const { assignment } = assignerProtocol.MemberAssignment.decode(memberAssignment) ?? { assignment: {} }
    return Object.entries(assignment).flatMap(([topic, partitions]) => partitions.map((one) => `${topic}/${one}`))
  })
  return new Set(held)
}
