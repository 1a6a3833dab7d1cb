import type { core, ZodMiniType } from 'zod/mini'
import type { Failure } from '../contracts/failure.ts'
import type { ReplyAnswer } from '../contracts/reply-answer.ts'
import type { ErrorTable } from '../contracts/vendor-errors.ts'
import type { Instant, Language } from '../contracts/words.ts'
import type { Message } from '../messages/message.ts'
import type { VoiceSlots } from '../messages/voice-templates.ts'
import type { Address } from '../oncall/address.ts'
import type { ContactEvent } from '../store/contact-links.ts'
import type { TextEnd } from '../store/sent-texts.ts'
import type { Diagnosis, RouteDiagnosis } from './diagnoses/diagnosis.ts'
import type { CallReader } from './voice/call-reader.ts'

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
  people: Record<string, Record<string, string | undefined>>
}

/**
 * What a channel keeps from one message to the next, shared by all functions: a vendor's access token, the codes of cards that it may
 * still change. Neither rejects: what can't be read was never kept.
 */
export interface ChannelMemory {
  read(name: string): Promise<string | undefined>
  write(name: string, value: string, until: Instant): Promise<void>
}

/** What a channel may use of the world. */
export interface ChannelIo {
  now(): Instant
  fetch: typeof fetch
  env: Record<string, string | undefined>
  /** Absent: nothing is kept, as for whoever has no table. */
  memory?: ChannelMemory
  /** Ends when the vendor has had its time. */
  signal: AbortSignal
}

/** What a vendor takes: whatever cuts and whatever waits goes by these. */
export interface Limits {
  /** UTF-8 bytes of a message's text. */
  maxBytes: number
  /** Messages a minute, per rate key; absent: no limit of the vendor's. */
  perMinute?: number
  /** Messages a day to one person; absent: no limit of the vendor's. */
  perDay?: number
  /** For so long, ms, the vendor hears nothing of a rate key that sent more than `perMinute`; absent: it locks nobody out. */
  lockOutMs?: number
  /** How long the vendor's answer is waited for, ms; absent: `ANSWER_MS`. */
  answerMs?: number
}

/** How long a vendor has to answer to a message, ms, unless its limits say otherwise. */
export const ANSWER_MS = 5_000

/** Limits with the vendor's page that states them: its address, or the site and the page's title. */
export type SourcedLimits = Limits & { source: string }

/** Of the library whole, or of its functions: those that a start has are of functions, which weigh what is used of them. */
export type SettingsSchema<Settings> = core.$ZodType<Settings> & Pick<ZodMiniType<Settings>, 'parse' | 'safeParse'>

/**
 * What a channel or voice route says of itself. Configuration and contact schemas, addresses, sandboxes, doctor, drill and the
 * documentation derive from it.
 */
export interface Descriptor<Settings> {
  type: string
  title: Record<Language, string>
  /** One line for the documentation. */
  summary: Record<Language, string>
  settings: SettingsSchema<Settings>
  /** Settings as they may stand in a configuration, with credentials as references. */
  example: Record<string, unknown>
  /** Where the vendor is reached: the variable that moves it, and its own base URL. Absent: that is one of the settings. */
  url?: VendorUrl
  /** The vendor's codes, and what to do about them. */
  errors: ErrorTable
}

export interface VendorUrl {
  variable: string
  /** Scheme and host. */
  base: string
}

/** A channel: one folder. */
export interface Channel<Settings> extends Descriptor<Settings> {
  reaches: 'person' | 'group'
  /** Settings with which its messages have buttons, where `example` has none: as preview shows them. */
  exampleWithButtons?: Record<string, unknown>
  /** `phoneAddress`, `mailAddress`, or one that this channel brings. Absent: a group's channel that names nobody. */
  address?: Address
  /** What numbers begin with that its vendor takes no texts to. */
  notTo?: string[]
  limits: SourcedLimits
  /** What a rate limit counts: the robot's key, so that two names of one robot share it. Not logged. */
  rateKey(settings: Settings): string
  /** What tells, without posting, whether it would work. It is loaded by doctor alone, and never deployed. */
  diagnose?(): Promise<Diagnosis<Settings>>
  /** Sends once. Rejects never: every end is a `Delivery`. */
  send(message: Message, to: Target, settings: Settings, io: ChannelIo): Promise<Delivery>
  /** Tells the sender of a text what came of it, once. Absent: it takes no texts, or tells of incidents alone. */
  answer?(answering: Answering, to: Target, settings: Settings, io: ChannelIo): Promise<Delivery>
  /** Tells `to`, as the chat knows them, what became of their press on a button, so that they alone read it. Absent: the vendor's callback does. */
  answerPress?(to: string, text: string, settings: Settings, io: ChannelIo): Promise<Delivery>
  /** Writes plain words to one person, which page nobody. Absent: it writes to groups, or nothing but what its vendor has approved. */
  write?(letter: Letter, to: Target, settings: Settings, io: ChannelIo): Promise<Delivery>
  /**
   * Asks what became of a text that the vendor took under the id `receipt` at `sentAt`, should it not have posted that. Undefined: nobody
   * knows, or not yet. Absent: it can't be asked.
   */
  receiptOf?(
    receipt: string,
    sentAt: Instant,
    to: Target,
    settings: Settings,
    io: ChannelIo,
  ): Promise<TextEnd | undefined>
}

/** Plain words to one person. */
export interface Letter {
  subject: string
  /** Whole, with its address at the end. */
  text: string
}

/** What came of somebody's text, as they read it. */
export interface Answering {
  answer: ReplyAnswer
  language: Language
  timezone: string
}

/** What sends, in a file of its own where a channel is loaded late: without its schema and its descriptions. */
export type SenderOf<Settings> = Pick<
  Channel<Settings>,
  'type' | 'url' | 'errors' | 'limits' | 'rateKey' | 'send' | 'answer' | 'answerPress' | 'write' | 'receiptOf'
>

/** What sending needs of a channel. */
export type Sender = Pick<
  Channel<unknown>,
  'type' | 'rateKey' | 'send' | 'answer' | 'answerPress' | 'write' | 'receiptOf'
> & {
  limits: Limits
}

/** A phone call to place. `token` makes a repeat of the same call harmless at the vendor. */
export interface Call {
  phone: string
  token: string
  language: Language
  phoneHash: string
  seq: number
  /** What we call it to vendors that bring such a name back in their receipts: `callName`. */
  name: string
  /** What the flow says if it can't ask the acknowledge function; what is said where a vendor takes any text. */
  message: string
  /** What is filled into approved templates where a vendor takes no other text. */
  slots: VoiceSlots
}

export type Placed =
  | { status: 'placed'; contactId: string }
  | { status: 'retry'; afterMs: number; failure: Failure }
  | { status: 'refused'; failure: Failure }
  | { status: 'unknown'; failure: Failure }

/** How fast calls may be placed. */
export interface CallLimits {
  /** Calls that the vendor starts in a second, per rate key. */
  perSecond: number
  /** Calls that the vendor takes from one number of ours in a day, per rate key; absent: as many as there are. */
  perDay?: number
  /** How often one number may be called; absent: the vendor counts no calls to a number. */
  perCallee?: CalleeLimits
}

/** At most so many calls in any so many ms. */
export interface CallWindow {
  calls: number
  ms: number
  /** The hour of China's time from which these ms are counted each day; absent: from any moment. */
  fromHour?: number
}

/** What a vendor takes of calls to one number. */
export interface CalleeLimits {
  /** Whose limits they are: routes of one vendor share them. */
  of: string
  /** Shortest first. */
  windows: CallWindow[]
  /** Two requests for one number within so long, ms, harm each other, whatever becomes of them. */
  gapMs: number
}

/** How a call that nobody told the end of has gone, as its vendor says when it is asked. */
export type CallEnd = Pick<Extract<ContactEvent, { type: 'disconnected' }>, 'answered' | 'failure' | 'neverRang'>

/** A way to make phones ring: one folder. What reads its calls stands in its `calls.ts`, apart. */
export interface VoiceRoute<Settings> extends Descriptor<Settings>, CallReader {
  limits: SourcedLimits & CallLimits
  /** What a rate limit counts: routes that share their vendor's limit have the same. Not logged. */
  rateKey(settings: Settings): string
  /** What tells, without calling, whether it would work. It is loaded by doctor alone, and never deployed. */
  diagnose?(): Promise<RouteDiagnosis<Settings>>
  /** Prefixes of the numbers that it can call; absent: all. */
  countries?: string[]
  /** A prefix that it can call and whose calls its vendor does not support, and the vendor's rule: whoever has no other route is told. */
  unsupported?: { prefix: string; rule: Record<Language, string> }
  /** Where settings change how often one number may be called; absent: `limits` hold. */
  calleeWindows?(settings: Settings): CallWindow[]
  place(call: Call, settings: Settings, io: ChannelIo): Promise<Placed>
  /**
   * Ends a call that may still be ringing. True when the call is over, false when that is not known. Absent: the vendor ends no call, so
   * `lastsMs` says when one is certainly over.
   */
  stop?(contactId: string, settings: Settings, io: ChannelIo): Promise<boolean>
  /** So long after it was placed a call that can't be stopped is certainly over, ms. */
  lastsMs?: number
  /** Asks how a call has ended; undefined: not yet, or nobody knows. `askedAt`: when the vendor was asked for it. */
  query?(contactId: string, askedAt: Instant, settings: Settings, io: ChannelIo): Promise<CallEnd | undefined>
}

/** What calls, in a file of its own that is loaded late: without its schema and its descriptions. */
export type CallerOf<Settings> = Omit<
  VoiceRoute<Settings>,
  'title' | 'summary' | 'settings' | 'example' | 'countries' | 'unsupported' | 'diagnose'
>

/** What calling needs of a voice route. */
export type Caller = Pick<
  VoiceRoute<unknown>,
  'type' | 'keys' | 'receipts' | 'rateKey' | 'calleeWindows' | 'place' | 'stop' | 'lastsMs' | 'query'
> & { limits: CallLimits }
