import type Broker from 'kafkajs/src/broker/index.js'
import { mapAtMost } from '../../contracts/at-most.ts'
import { fits, isPattern } from '../../contracts/name-pattern.ts'
import type { GroupOffsets, PartitionOffsets } from '../../evaluation/kafka-sample.ts'
import type { CheckIo } from '../kind.ts'
import { fact } from '../run/fault.ts'
import type { RunFault } from '../run/faults.ts'
import { ask, type Metadata, readMetadata } from './ask.ts'
import { type Brokers, withBrokers } from './brokers.ts'
import { answeredName, kafkaFault, nameOf, refuse } from './kafka-fault.ts'
import { type Logs, readLogs } from './logs.ts'
import { describeMembers, type Membership } from './members.ts'
import { type Room, roomOfRun } from './room.ts'
import { isWanted, type Source, someReadable, unreadable, type Wanted } from './source.ts'
import type { BrokerSettings } from './spec.ts'

/** Groups read at a time over one connection. */
const AT_ONCE = 32

/**
 * Groups read before the ends of their logs are: so many wait in memory as a broker answers them, and a commit is older than its end
 * by no more than they take.
 */
const BATCH = 100

const cutShort: RunFault = fact('cut-short')

/** Any cluster by Kafka's own protocol: commits first, then the ends of the logs, so that a lag is never too small. */
export const readBrokers: Source<BrokerSettings> = async (settings, wanted, io, scope) => {
  const cut = new Promise<never>((_resolve, reject) => {
    scope.addEventListener('abort', () =>
      reject(unreadable(fact('kafka-unreached', { source: 'kafka', fault: cutShort }))),
    )
  })
  try {
    return await withBrokers(settings, io, (brokers) => Promise.race([cut, readGroups(brokers, wanted, io)]))
  } catch (error) {
    throw kafkaFault(error)
  }
}

/** A group, and how to reach the broker that coordinates it. */
interface Found {
  group: string
  coordinator(): Promise<Broker>
}

async function readGroups(brokers: Brokers, wanted: Wanted, io: CheckIo): Promise<GroupOffsets[]> {
  const room = roomOfRun()
  const seed = await brokers.seed()
  const isSearch = isPattern(wanted.group)
  const found = isSearch ? await findGroups(brokers, seed, wanted.group, room) : [oneGroup(brokers, seed, wanted.group)]
  if (found.length === 0) throw unreadable(fact('kafka-no-group', { source: 'kafka', pattern: wanted.group }))
  const named = await namedTopics(seed, wanted)
  const partitionsOf = named === undefined ? [] : allPartitions(named)
  if (named !== undefined) connectLeaders(brokers, named)
  const groups: GroupOffsets[] = []
  for (let from = 0; from < found.length; from += BATCH) {
    const commits = await mapAtMost(AT_ONCE, found.slice(from, from + BATCH), async (one) => {
      const at = Math.round(io.now())
      const commits = readCommits(one, at, partitionsOf, wanted, room)
      // Among many, one that can't be read hides no other.
      return isSearch ? commits.catch(notReadable(one.group, at)) : commits
    })
    const worthIt = isSearch ? commits.filter(({ topics, error }) => topics.length > 0 || error !== undefined) : commits
    const logs = await readLogs(
      brokers,
      seed,
      worthIt.flatMap(({ topics }) => topics),
      room,
      named,
    )
    const members = await describeMembers(worthIt, room)
    for (const commits of worthIt) groups.push(offsetsOf(commits, logs, members.get(commits.group)))
  }
  return someReadable('kafka', groups)
}

export interface Commits {
  group: string
  at: number
  /** Absent if the group could not be read. */
  coordinator?: Broker
  error?: string
  topics: { topic: string; partitions: { partition: number; offset: number | string | null }[] }[]
}

async function readCommits(
  { group, coordinator }: Found,
  at: number,
  topics: { topic: string; partitions: { partition: number }[] }[],
  wanted: Wanted,
  room: Room,
): Promise<Commits> {
  const broker = await coordinator()
  const { errorCode = 0, responses } = await ask(broker, 'OffsetFetch', { groupId: group, topics })
  refuse(errorCode)
  const read = responses.filter(({ topic }) => isWanted(topic, wanted))
  for (const { partitions } of read) room.take(1 + partitions.length)
  const committed = read
    .map(({ topic, partitions }) => ({
      topic,
      partitions: partitions.map(({ partition, offset, errorCode }) => ({
        partition,
        offset: errorCode === 0 ? offsetOf(offset) : nameOf(errorCode),
      })),
    }))
    .sort((a, b) => (a.topic < b.topic ? -1 : 1))
  return { group, at, coordinator: broker, topics: committed }
}

/** Kafka answers -1 where the group has never committed. */
function offsetOf(offset: string): number | null {
  return Number(offset) < 0 ? null : Number(offset)
}

function notReadable(group: string, at: number) {
  return (failure: unknown): Commits => {
    const error = answeredName(failure)
    if (error === undefined) throw failure
    return { group, at, error, topics: [] }
  }
}

function offsetsOf(
  { group, at, error, topics }: Commits,
  { ends, starts }: Logs,
  membership: Membership = {},
): GroupOffsets {
  const { held, error: untold, ...told } = membership
  const failure = error ?? untold
  if (failure !== undefined) return { group, at, error: failure, topics: [] }
  return {
    group,
    at,
    ...told,
    topics: topics.flatMap(({ topic, partitions }) => {
      const read = partitions.flatMap(({ partition, offset }): PartitionOffsets[] => {
        const end = ends.get(topic)?.get(partition)
        // A topic that was deleted has left its commits behind.
        if (end === undefined) return []
        const isHeld = held?.has(`${topic}/${partition}`) === true
        if (typeof end !== 'number') return [[partition, end, null, isHeld]]
        const start = starts.get(topic)?.get(partition)
        const isDeleted = typeof start === 'number' && typeof offset === 'number' && start > offset
        return [isDeleted ? [partition, offset, end, isHeld, start] : [partition, offset, end, isHeld]]
      })
      return read.length === 0 ? [] : [{ topic, partitions: read }]
    }),
  }
}

/** Where topics are that are wanted by their names. */
async function namedTopics(seed: Broker, { topics }: Wanted): Promise<Metadata | undefined> {
  if (topics.length === 0 || topics.some(isPattern)) return undefined
  const metadata = await readMetadata(seed, topics)
  for (const { topicErrorCode } of metadata.topicMetadata) refuse(topicErrorCode)
  return metadata
}

/** Such topics are asked for with all their partitions; no topics: what the group has committed. */
function allPartitions({ topicMetadata }: Metadata) {
  return topicMetadata.map(({ topic, partitionMetadata }) => ({
    topic,
    partitions: partitionMetadata.map(({ partitionId }) => ({ partition: partitionId })),
  }))
}

/** Begins to connect those that will be asked for ends, each for itself, while commits are read. A failure is met again there. */
function connectLeaders(brokers: Brokers, { brokers: places, topicMetadata }: Metadata): void {
  const leaders = new Set(
    topicMetadata.flatMap(({ partitionMetadata }) => partitionMetadata.map(({ leader }) => leader)),
  )
  for (const { nodeId, host, port } of places) if (leaders.has(nodeId)) brokers.at(host, port).catch(() => {})
}

function oneGroup(brokers: Brokers, seed: Broker, group: string): Found {
  const coordinator = async () => {
    const { coordinator } = await seed.findGroupCoordinator({ groupId: group, coordinatorType: 0 })
    return brokers.at(coordinator.host, coordinator.port)
  }
  return { group, coordinator }
}

/** Every broker knows the groups that it coordinates. */
async function findGroups(brokers: Brokers, seed: Broker, pattern: string, room: Room): Promise<Found[]> {
  // Where the brokers are comes with the metadata of any topic, and this one is there when there are groups.
  const metadata = await readMetadata(seed, ['__consumer_offsets'])
  const found = await mapAtMost(AT_ONCE, metadata.brokers, async ({ host, port }) => {
    const broker = await brokers.at(host, port)
    const { groups } = await broker.listGroups()
    const fitting = groups.filter(({ protocolType, groupId }) => isConsumers(protocolType) && fits(pattern, groupId))
    room.take(fitting.length)
    return fitting.map(({ groupId }): Found => ({ group: groupId, coordinator: async () => broker }))
  })
  // One that moves to another broker just now may be known to both.
  const byName = new Map(found.flat().map((one) => [one.group, one]))
  return [...byName.values()].sort((a, b) => (a.group < b.group ? -1 : 1))
}

/** Kafka Connect's workers form groups, too; one without members may have no type. */
function isConsumers(protocolType: string): boolean {
  return protocolType === 'consumer' || protocolType === ''
}
