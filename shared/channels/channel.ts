import type { ZodType } from 'zod'
import type { Failure } from '../contracts/failure.ts'
import type { Instant, Language } from '../contracts/words.ts'
import type { Message } from '../messages/message.ts'

/** What became of a message. A vendor's answer is read, never assumed. */
export type Delivery =
  | { status: 'sent'; receipt?: string }
  /** Refused for now; nothing was sent. */
  | { status: 'retry'; afterMs: number; failure: Failure }
  /** Too long for the vendor: render again within `maxBytes`. */
  | { status: 'shrink'; maxBytes: number; failure: Failure }
  /** Refused for good: the contact's next channel takes over. */
  | { status: 'failed'; failure: Failure }
  /** Sent, but the answer was lost. */
  | { status: 'unknown'; failure: Failure }

/** A person or a robot, as a channel addresses it. */
export interface Target {
  phone?: string
  email?: string
  /** Everybody a group message names: whom to mention. Keys are contact keys. */
  people: Record<string, { name: string; phone?: string; wecom?: string; dingtalk?: string }>
}

/** What a channel may use of the world. */
export interface ChannelIo {
  now(): Instant
  fetch: typeof fetch
  env: Record<string, string | undefined>
  /** Ends when the vendor has had its time. */
  signal: AbortSignal
}

export interface Limits {
  /** UTF-8 bytes of a message's text. */
  maxBytes: number
  /** Messages a minute, per key; absent: no limit of the vendor's. */
  perMinute?: number
}

/** A channel: one file. Its schema, limits, documentation and sandbox derive from this descriptor. */
export interface Channel<Settings> {
  type: string
  /** One line for the documentation. */
  summary: string
  settings: ZodType<Settings>
  limits: Limits
  /** What a rate limit counts: the robot's key, so that two names of one robot share it. Not logged. */
  rateKey(settings: Settings): string
  /** Sends once. Rejects never: every end is a `Delivery`. */
  send(message: Message, to: Target, settings: Settings, io: ChannelIo): Promise<Delivery>
}

/** A phone call to place. `token` makes a repeat of the same call harmless at the vendor. */
export interface Call {
  phone: string
  token: string
  language: Language
  phoneHash: string
  seq: number
  /** What the flow says if it can't ask the acknowledge function. */
  message: string
}

export type Placed =
  | { status: 'placed'; contactId: string }
  | { status: 'retry'; afterMs: number; failure: Failure }
  | { status: 'refused'; failure: Failure }
  | { status: 'unknown'; failure: Failure }

/** A way to make phones ring. */
export interface VoiceRoute<Settings> {
  type: string
  summary: string
  settings: ZodType<Settings>
  place(call: Call, settings: Settings, io: ChannelIo): Promise<Placed>
  /** Ends a call that may still be ringing. True when the call is over, false when that is not known. */
  stop(contactId: string, settings: Settings, io: ChannelIo): Promise<boolean>
}
