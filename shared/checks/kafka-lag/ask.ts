import type Broker from 'kafkajs/src/broker/index.js'
import apiKeys from 'kafkajs/src/protocol/requests/apiKeys.js'
import protocol from 'kafkajs/src/protocol/requests/index.js'

interface Topic<Partition> {
  topic: string
  partitions: Partition[]
}

export interface BrokerAddress {
  nodeId: number
  host: string
  port: number
}

interface TopicMetadata {
  topic: string
  topicErrorCode: number
  /** The leader is -1 where there is none. */
  partitionMetadata: { partitionId: number; leader: number }[]
}

/** Where the brokers are, and which of them lead the partitions of some topics. */
export interface Metadata {
  brokers: BrokerAddress[]
  topicMetadata: TopicMetadata[]
}

export interface GroupDescription {
  groupId: string
  errorCode: number
  state: string
  members: { memberAssignment: Buffer }[]
}

/** What can be asked, and what is answered. An error code of 0 is none. */
interface Apis {
  Metadata: {
    request: { topics: string[]; allowAutoTopicCreation: false }
    answer: Metadata
  }
  /** No topics: all on which the group has committed. */
  OffsetFetch: {
    request: { groupId: string; topics: Topic<{ partition: number }>[] }
    answer: { errorCode?: number; responses: Topic<{ partition: number; offset: string; errorCode: number }>[] }
  }
  ListOffsets: {
    request: { replicaId: -1; isolationLevel: 0; topics: Topic<{ partition: number; timestamp: -1 | -2 }>[] }
    answer: { responses: Topic<{ partition: number; offset: string; errorCode: number }>[] }
  }
  DescribeGroups: {
    request: { groupIds: string[] }
    answer: { groups: GroupDescription[] }
  }
}

/**
 * Asks a broker and gives its whole answer, with the error codes of its parts. kafkajs' own methods fail an answer for any one
 * partition's error, and with it what was said of all others.
 */
export async function ask<Name extends keyof Apis>(
  broker: Broker,
  api: Name,
  request: Apis[Name]['request'],
): Promise<Apis[Name]['answer']> {
  const asked = broker.lookupRequest(apiKeys[api], protocol.requests[api])(request)
  const response = { ...asked.response, parse: async (answer: unknown) => answer }
  return broker.connectionPool.send({ ...asked, response }) as Promise<Apis[Name]['answer']>
}

/** The metadata of topics, of which there must be some: none would mean all. */
export async function readMetadata(broker: Broker, topics: string[]): Promise<Metadata> {
  return ask(broker, 'Metadata', { topics, allowAutoTopicCreation: false })
}
