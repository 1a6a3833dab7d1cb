import type { Language } from '../shared/contracts/words.ts'
import type { ConnectEvent } from '../test/simulators/connect/connect.ts'
import type { ContactEvent } from '../test/simulators/connect/events.ts'
import type { NoticeFact, ReachedAt } from './notice-facts.ts'

/** What a sandbox got, as a person would have seen it. */
export interface SentMessage {
  /** Counts from 1 since the start. */
  id: number
  /** UTC ms. */
  at: number
  /** A robot's type, or what people are reached at: `sms`, `email`. */
  channel: string
  title: Record<Language, string>
  /** A number or address; absent for a group. */
  to?: string
  text: string
  format: 'text' | 'markdown'
  /** The sandbox refused it, as the vendor would, and why. */
  refused?: string
  /** What it tells, as the function says that sent it: known as soon as that has read the vendor's answer. */
  tells?: NoticeFact
}

/** What happens on the stack, as it happens. */
export type StackEvent =
  | { type: 'message'; message: SentMessage }
  /** What a message tells, a moment after it has come. */
  | { type: 'notified'; at: number; message: SentMessage & { tells: NoticeFact } }
  | { type: 'call'; at: number; event: ConnectEvent }
  | { type: 'contact-event'; at: number; event: ContactEvent }
  | { type: 'invoked'; at: number; function: string }
  | { type: 'failed'; at: number; function: string; error: unknown }

/** How many messages the page can show. */
const kept = 200

/** Remembers messages for the page, and tells whoever listens of everything. */
export interface Journal {
  messages(): SentMessage[]
  sent(message: Omit<SentMessage, 'id' | 'tells'>): void
  /** What the oldest message tells that a sandbox took for this recipient and of which that is not known yet. */
  notified(tells: NoticeFact, reached: ReachedAt, at: number): void
  tell(event: StackEvent): void
  /** Returns how to stop listening. */
  listen(listener: (event: StackEvent) => void): () => void
}

export function createJournal(): Journal {
  const messages: SentMessage[] = []
  const listeners = new Set<(event: StackEvent) => void>()
  let count = 0
  const tell = (event: StackEvent) => {
    for (const listener of listeners) listener(event)
  }
  return {
    messages: () => messages,
    tell,
    sent(message) {
      count += 1
      const numbered = { id: count, ...message }
      messages.unshift(numbered)
      messages.length = Math.min(messages.length, kept)
      tell({ type: 'message', message: numbered })
    },
    notified(tells, { channel, to }, at) {
      const message = messages.findLast(
        (one) => one.channel === channel && one.to === to && one.refused === undefined && one.tells === undefined,
      )
      if (message !== undefined) tell({ type: 'notified', at, message: Object.assign(message, { tells }) })
    },
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
