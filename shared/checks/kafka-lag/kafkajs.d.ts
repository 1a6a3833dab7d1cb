/** The parts of kafkajs below its clients, which it does not describe itself: one broker, without a cluster's retries. */

declare module 'kafkajs/src/broker/index.js' {
  interface Protocol {
    request: unknown
    response: { decode: unknown; parse: unknown }
  }

  /** Its methods reject with an error whose `type` is Kafka's name of what is wrong. */
  export default class Broker {
    constructor(options: {
      connectionPool: unknown
      logger: unknown
      authenticationTimeout: number
      allowAutoTopicCreation: boolean
    })
    readonly connectionPool: { send(protocol: Protocol): Promise<unknown> }
    connect(): Promise<void>
    /** A request in the newest version that both sides speak. Throws if the broker speaks none. */
    lookupRequest(apiKey: number, definition: unknown): (request: object) => Protocol
    findGroupCoordinator(request: { groupId: string; coordinatorType: 0 }): Promise<{
      coordinator: { host: string; port: number }
    }>
    listGroups(): Promise<{ groups: { groupId: string; protocolType: string }[] }>
  }
}

declare module 'kafkajs/src/protocol/requests/apiKeys.js' {
  const keys: Record<'Metadata' | 'OffsetFetch' | 'ListOffsets' | 'DescribeGroups', number>
  export default keys
}

declare module 'kafkajs/src/protocol/requests/index.js' {
  const all: { requests: Record<'Metadata' | 'OffsetFetch' | 'ListOffsets' | 'DescribeGroups', unknown> }
  export default all
}

declare module 'kafkajs/src/protocol/error.js' {
  const errors: {
    createErrorFromCode(code: number): Error & { type: string }
  }
  export default errors
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

declare module 'kafkajs/src/protocol/decoder.js' {
  /** Reads an answer from its beginning. */
  export default class Decoder {
    readInt32(): number
    readArray<T>(reader: (decoder: Decoder) => T): T[]
    readArrayAsync<T>(reader: (decoder: Decoder) => Promise<T>): Promise<T[]>
  }
}
