import { ANSWER_MS, type Channel, type ChannelIo, type ChannelMemory, type Delivery } from '../channels/channel.ts'
import type { Message } from '../messages/message.ts'

/** Nobody to mention: the group, or the members of an application, are told. */
const everybody = { people: {} }

/** A group that is told by its channel alone, without queue, table and rate limit. */
export interface DirectRobot {
  /** The type of the channel. */
  name: string
  send(message: Message): Promise<Delivery>
}

/** Makes one of the settings that its schema takes, the secrets in them. Throws for others. */
export function directRobot<S>(
  { type, settings, limits, send }: Channel<S>,
  given: unknown,
  io: Pick<ChannelIo, 'now' | 'fetch' | 'env' | 'memory'>,
): DirectRobot {
  const read = settings.parse(given)
  const signal = () => AbortSignal.timeout(limits.answerMs ?? ANSWER_MS)
  return { name: type, send: (message) => send(message, everybody, read, { ...io, signal: signal() }) }
}

/** What a channel keeps, such as a vendor's access token, for as long as this copy of the function runs. */
export function memoryOfThisCopy(now: () => number): ChannelMemory {
  const kept = new Map<string, { value: string; until: number }>()
  return {
    async read(name) {
      const found = kept.get(name)
      return found !== undefined && found.until > now() ? found.value : undefined
    },
    async write(name, value, until) {
      kept.set(name, { value, until })
    },
  }
}
