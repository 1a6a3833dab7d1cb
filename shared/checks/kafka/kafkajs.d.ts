/** The parts of kafkajs below its clients, which it does not describe itself: one broker, without a cluster's retries. */

declare module 'kafkajs/src/broker/index.js' {
  interface Topic<Partition> {
    topic: string
    partitions: Partition[]
  }

  export interface Metadata {
    brokers: { nodeId: number; host: string; port: number }[]
    topicMetadata: { topic: string; partitionMetadata: { partitionId: number; leader: number }[] }[]
  }

  export interface GroupDescription {
    groupId: string
    state: string
    members: { memberId: string; memberAssignment: Buffer }[]
  }

  /** Its methods reject with an error whose `type` is Kafka's name of what is wrong. */
  export default class Broker {
    constructor(options: {
      connectionPool: unknown
      logger: unknown
      authenticationTimeout: number
      allowAutoTopicCreation: boolean
    })
    connect(): Promise<void>
    /** No topics: all. */
    metadata(topics: string[]): Promise<Metadata>
    findGroupCoordinator(request: { groupId: string; coordinatorType: 0 }): Promise<{
      coordinator: { nodeId: number; host: string; port: number }
    }>
    /** No topics: all on which the group has committed. */
    offsetFetch(request: {
      groupId: string
      topics: Topic<{ partition: number }>[]
    }): Promise<{ responses: Topic<{ partition: number; offset: string }>[] }>
    listOffsets(request: {
      replicaId: -1
      isolationLevel: 0
      topics: Topic<{ partition: number; timestamp: -1 }>[]
    }): Promise<{ responses: Topic<{ partition: number; offset: string }>[] }>
    describeGroups(request: { groupIds: string[] }): Promise<{ groups: GroupDescription[] }>
    listGroups(): Promise<{ groups: { groupId: string; protocolType: string }[] }>
  }
}

declare module 'kafkajs/src/cluster/connectionPoolBuilder.js' {
  import type { Socket } from 'node:net'

  interface Destination {
    host: string
    port: number
    ssl?: unknown
    onConnect(): void
  }

  export default function connectionPoolBuilder(options: {
    socketFactory(destination: Destination): Socket
    brokers: string[]
    ssl?: unknown
    sasl?: unknown
    clientId: string
    connectionTimeout: number
    requestTimeout: number
    logger: unknown
  }): { build(destination: { host: string; port: number }): Promise<unknown> }
}

declare module 'kafkajs/src/consumer/assignerProtocol.js' {
  const protocol: {
    MemberAssignment: { decode(buffer: Buffer): { assignment: Record<string, number[]> } | null }
  }
  export default protocol
}
