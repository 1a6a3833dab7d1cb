import { type WireReader, WireWriter } from './wire.ts'

/** The log of a topic. */
export interface FakeTopic {
  /** The end of each partition's log. */
  ends: number[]
  /** Partition → where its log begins, if what was before is deleted. */
  starts?: Record<number, number>
  /** Broker ids that lead the partitions, -1 for none. By default they take turns. */
  leaders?: number[]
  /** Kafka's error code for whoever asks for its metadata. */
  error?: number
  /** Partition → Kafka's error code for whoever asks for the end of its log. */
  endErrors?: Record<number, number>
}

export interface FakeGroup {
  /** Topic → partition → offset. */
  commits: Record<string, Record<number, number>>
  state?: 'Stable' | 'Empty' | 'Dead' | 'PreparingRebalance' | 'CompletingRebalance'
  /** Member → topic → partitions. */
  members?: Record<string, Record<string, number[]>>
  protocolType?: string
  /** Kafka's error code for whoever asks for its offsets. */
  error?: number
  /** Topic → partition → Kafka's error code for its commit. */
  commitErrors?: Record<string, Record<number, number>>
  /** Kafka's error code for whoever asks for its members. */
  memberError?: number
}

/** What the brokers know; a test changes it as it goes. */
export interface FakeCluster {
  topics: Record<string, FakeTopic>
  groups: Record<string, FakeGroup>
}

/** The cluster as one of its brokers sees it. */
export interface BrokerView extends FakeCluster {
  id: number
  brokers: { id: number; port: number }[]
}

/** One request and its answer, in the one version that is spoken (kafka.apache.org/protocol, "The Messages"). */
export interface Api {
  name: string
  version: number
  /** Reads the whole request and answers. Throws for one that no client of ours should send. */
  answer(request: WireReader, view: BrokerView): Buffer
}

const NONE = 0
const UNKNOWN_TOPIC_OR_PARTITION = 3
const LEADER_NOT_AVAILABLE = 5
const NOT_LEADER_FOR_PARTITION = 6
const NOT_COORDINATOR = 16
const LATEST = -1
const EARLIEST = -2

function metadata(request: WireReader, view: BrokerView): Buffer {
  const wanted = request.nullableArray(() => request.string())
  if (request.boolean()) throw new Error('Metadata must not create topics')
  const answer = new WireWriter().int32(0)
  answer.array(view.brokers, ({ id, port }) => answer.int32(id).string('127.0.0.1').int32(port).nullableString(null))
  answer.nullableString('fake-cluster').int32(view.brokers[0]?.id ?? 0)
  answer.array(wanted ?? Object.keys(view.topics), (name) => {
    const topic = topicOf(name, view)
    answer.int16(topic === undefined ? UNKNOWN_TOPIC_OR_PARTITION : (topic.error ?? NONE))
    answer.string(name).boolean(name.startsWith('__'))
    // Of a topic with an error nothing more is told.
    const partitions = topic === undefined || topic.error ? [] : [...topic.ends.keys()]
    answer.array(partitions, (partition) => {
      const leader = topic === undefined ? -1 : leaderOf(topic, partition, view)
      answer
        .int16(leader === -1 ? LEADER_NOT_AVAILABLE : NONE)
        .int32(partition)
        .int32(leader)
      for (let list = 0; list < 3; list++) answer.array<number>([], () => {})
    })
  })
  return answer.end()
}

function findCoordinator(request: WireReader, view: BrokerView): Buffer {
  const group = request.string()
  if (request.int8() !== 0) throw new Error('only coordinators of groups are known')
  const { id, port } = coordinatorOf(group, view)
  return new WireWriter().int32(0).int16(NONE).nullableString(null).int32(id).string('127.0.0.1').int32(port).end()
}

/** -1 where nothing was committed; asked for no topics, only what was committed. */
function offsetFetch(request: WireReader, view: BrokerView): Buffer {
  const name = request.string()
  const wanted = request.nullableArray(() => ({
    topic: request.string(),
    partitions: request.array(() => request.int32()),
  }))
  const { commits, commitErrors, error = NONE } = groupOf(name, view)
  const all = Object.entries(commits).map(([topic, byPartition]) => ({
    topic,
    partitions: Object.keys(byPartition).map(Number),
  }))
  const answer = new WireWriter().int32(0)
  answer.array(error === NONE ? (wanted ?? all) : [], ({ topic, partitions }) => {
    answer.string(topic).array(partitions, (partition) => {
      answer
        .int32(partition)
        .int64(commits[topic]?.[partition] ?? -1)
        .nullableString('')
        .int16(commitErrors?.[topic]?.[partition] ?? NONE)
    })
  })
  return answer.int16(isCoordinator(name, view) ? error : NOT_COORDINATOR).end()
}

function listOffsets(request: WireReader, view: BrokerView): Buffer {
  if (request.int32() !== -1) throw new Error('a client is no replica')
  if (request.int8() !== 0) throw new Error('the ends of logs are read uncommitted')
  const wanted = request.array(() => ({
    topic: request.string(),
    partitions: request.array(() => ({ partition: request.int32(), timestamp: request.int64() })),
  }))
  const answer = new WireWriter().int32(0)
  answer.array(wanted, ({ topic: name, partitions }) => {
    const topic = topicOf(name, view)
    answer.string(name).array(partitions, ({ partition, timestamp }) => {
      if (timestamp !== LATEST && timestamp !== EARLIEST) throw new Error('only ends and starts are asked for')
      const end = topic?.ends[partition]
      if (topic === undefined || end === undefined) {
        answer.int32(partition).int16(UNKNOWN_TOPIC_OR_PARTITION).int64(-1).int64(-1)
      } else {
        const isLeader = leaderOf(topic, partition, view) === view.id
        answer
          .int32(partition)
          .int16(isLeader ? (topic.endErrors?.[partition] ?? NONE) : NOT_LEADER_FOR_PARTITION)
          .int64(-1)
          .int64(timestamp === LATEST ? end : (topic.starts?.[partition] ?? 0))
      }
    })
  })
  return answer.end()
}

function describeGroups(request: WireReader, view: BrokerView): Buffer {
  const names = request.array(() => request.string())
  const answer = new WireWriter().int32(0)
  answer.array(names, (name) => {
    const { state = 'Dead', members = {}, protocolType = 'consumer', memberError = NONE } = groupOf(name, view)
    answer
      .int16(isCoordinator(name, view) ? memberError : NOT_COORDINATOR)
      .string(name)
      .string(state)
      .string(protocolType)
    answer.string(state === 'Stable' ? 'range' : '').array(Object.entries(members), ([id, assignment]) => {
      answer
        .string(id)
        .string('client')
        .string('/127.0.0.1')
        .sizedBytes(Buffer.alloc(0))
        .sizedBytes(assigned(assignment))
    })
  })
  return answer.end()
}

/** ConsumerProtocolAssignment, version 0. */
function assigned(assignment: Record<string, number[]>): Buffer {
  const bytes = new WireWriter().int16(0)
  bytes.array(Object.entries(assignment), ([topic, partitions]) =>
    bytes.string(topic).array(partitions, (one) => bytes.int32(one)),
  )
  return bytes.sizedBytes(Buffer.alloc(0)).end()
}

/** A broker lists the groups that it coordinates. */
function listGroups(_request: WireReader, view: BrokerView): Buffer {
  const own = Object.entries(view.groups).filter(([name]) => isCoordinator(name, view))
  const answer = new WireWriter().int32(0).int16(NONE)
  answer.array(own, ([name, { protocolType = 'consumer' }]) => answer.string(name).string(protocolType))
  return answer.end()
}

/** Groups are spread over the brokers by the sum of their letters. */
function coordinatorOf(group: string, { brokers }: Pick<BrokerView, 'brokers'>) {
  const sum = [...Buffer.from(group)].reduce((total, byte) => total + byte, 0)
  const broker = brokers[sum % brokers.length]
  if (broker === undefined) throw new Error('no brokers')
  return broker
}

function isCoordinator(group: string, view: BrokerView): boolean {
  return coordinatorOf(group, view).id === view.id
}

function leaderOf({ leaders }: FakeTopic, partition: number, { brokers }: BrokerView): number {
  return leaders?.[partition] ?? brokers[partition % brokers.length]?.id ?? -1
}

function topicOf(name: string, { topics }: BrokerView): FakeTopic | undefined {
  return Object.hasOwn(topics, name) ? topics[name] : undefined
}

/** Kafka answers for a group that does not exist as for one that is dead. */
function groupOf(name: string, { groups }: BrokerView): FakeGroup {
  return (Object.hasOwn(groups, name) ? groups[name] : undefined) ?? { commits: {} }
}

/** By API key. */
export const apis: Record<number, Api> = {
  2: { name: 'ListOffsets', version: 3, answer: listOffsets },
  3: { name: 'Metadata', version: 6, answer: metadata },
  9: { name: 'OffsetFetch', version: 4, answer: offsetFetch },
  10: { name: 'FindCoordinator', version: 2, answer: findCoordinator },
  15: { name: 'DescribeGroups', version: 2, answer: describeGroups },
  16: { name: 'ListGroups', version: 2, answer: listGroups },
}
