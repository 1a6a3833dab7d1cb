import type * as z from 'zod/mini'
import type { Alert } from '../contracts/alert.ts'
import type { AlertNote } from '../contracts/alert-note.ts'
import type { Change } from '../contracts/change.ts'
import type { LogEntry } from '../contracts/log-entry.ts'
import type { Instant, Severity } from '../contracts/words.ts'

/** A request as it came. Nothing of it is trusted. */
export interface InboundRequest {
  /** In capitals. */
  method: string
  /** Without the query, as it was sent. */
  path: string
  query: URLSearchParams
  /** By their names in small letters. */
  headers: Record<string, string>
  /** A text where it came as one. */
  body: string | Buffer
}

/** What an answer says: an object goes out as JSON, a text as it is. */
export interface Reply {
  status: number
  body: object | string
  headers?: Record<string, string>
}

/** What is wrong with a body, and where: `alerts.0.labels`. */
export type Problem = {
  path: string
  message: string
}

/** The project whose key was shown, as far as a format needs it. */
export interface InboundProject {
  name: string
  /** What a phone can say. */
  title: string
  /** Of an alert that names none. */
  severity: Severity
}

export interface Context {
  project: InboundProject
  receivedAt: Instant
  /** A name that nobody has had before. */
  token(): string
  /** What the configuration says under `inbound.<format>`, as the `options` of the format's guide give it; undefined where it says nothing. */
  options: unknown
  /** What was kept of earlier requests about the same thing, by names; empty where nothing is known. */
  earlier: Record<string, string>
  /** Of a body that is taken in parts: how many entries of its list stand before this part. Absent: none. */
  before?: number
}

/** What of a request is kept for later ones about the same thing: a text under a name, which takes the place of an earlier one. */
export interface Memory {
  /** The thing, by what tells it from all others of the same project and format. */
  of: string
  name: string
  text: string
}

/**
 * An alert as a format understands it. Fields are the sender's, of any type and length: what does not fit is mended, and never a
 * reason to lose the page.
 */
export interface Draft {
  action: Alert['action']
  /** Absent or empty: each one stands for itself. */
  dedupKey?: unknown
  summary?: unknown
  /** What a sender has no sentence for: words are made of it where it is read. */
  fact?: Alert['fact']
  source?: unknown
  /** In any of the field's words; absent: the project's. */
  severity?: unknown
  /** When it happened; absent: when it was received. */
  at?: unknown
  since?: unknown
  /** Its sender repeats it before then for as long as it goes on. */
  until?: Instant | undefined
  /** It is over when nobody has repeated it. */
  endsUnrenewed?: boolean | undefined
  /** It has happened and does not go on: the chat is told once for its key. */
  once?: boolean | undefined
  title?: string | undefined
  labels?: unknown
  component?: unknown
  group?: unknown
  class?: unknown
  details?: unknown
  links?: unknown
  runbook?: unknown
  notes?: AlertNote[]
}

/** What a format may ask the world before it lets somebody in. */
export interface AdmitIo {
  now(): Instant
  /** What lies at an address, asked for by GET without following anybody elsewhere. Rejects for anything but a success. */
  fetchText(url: string): Promise<string>
}

/** What a format may ask the world for what a body only points to. */
export interface UnpackIo {
  /** The beginning of an object of S3. Rejects for anything but a success. */
  fetchObject(bucket: string, key: string): Promise<Buffer>
  log(entry: LogEntry): void
}

/** What became of a request: the dedup keys of its alerts, one for each, and what had to be put right. */
export interface Taken {
  dedupKeys: string[]
  notes: AlertNote[]
}

/** What this sender must be told so that it does the right thing: see the table in docs/inbound.md. */
export interface Answers {
  /** The queue has it. */
  taken(taken: Taken): Reply
  /** It can't be understood. */
  refused(problems: Problem[]): Reply
  /** Nobody has such a key; an empty one: none was shown. */
  unknownKey(given: string): Reply
  /** The queue can't be reached, or this key sends too much: what the sender tries again after. */
  busy(afterSeconds: number): Reply
  /** It was larger than the format allows; what can page has been taken. */
  tooLarge(taken: Taken, limit: number): Reply
}

/**
 * How one kind of sender speaks: a folder in `shared/ingest`, and a line in its registry. It is what the function needs; what people
 * are told of it stands beside it, in a `Guide`. Routes, `fenghuo replay`, the fuzz and the golden tests come from this.
 */
export interface Format<Body = unknown> {
  format: string
  /** Where it comes in by HTTP; `{key}` stands for a project's key. */
  routes: [string, ...string[]]
  methods?: string[]
  /** The project that a body names itself, as senders of the queue do. By HTTP the key says whose it is. */
  projectOf?(body: Body): string
  /** Where the key is when the path has none: in the body, or (absent) in a header. */
  keyOf?(body: unknown): unknown
  /** How the body may be written beside JSON. */
  encodings?: ('form' | 'multipart')[]
  /** Under which name a body has its alerts, if it is no list itself: a large one is taken in parts, some alerts at a time. */
  list?: string
  /** Above it an alert is taken without its details, and the sender is told. In bytes. */
  limitBytes?: number
  /** Whether the request bears the signature that `options` (of the guide, as the configuration was compiled) ask for. */
  isGenuine?(request: InboundRequest, options: unknown, now: Instant): boolean
  /** Looks at who speaks, where that takes more than the request: the answer for who is not let in, or who only introduces himself. */
  admit?(body: Body, options: unknown, io: AdmitIo): Promise<Reply | undefined>
  /** The least that a body must have. */
  schema: z.ZodMiniType<Body>
  /** Whether a body of unknown origin looks like this format. */
  matches(body: unknown): boolean
  /** Of a request that later ones are to know of, or that is to know of earlier ones: the first is of the same thing. Pure and total. */
  memoriesOf?(body: Body): Memory[]
  /** Reads what a body only points to, or has in a form that takes work to read. Never rejects: what can page does without. */
  unpack?(body: Body, io: UnpackIo): Promise<Body>
  /** Pure, and total: it never throws for what the schema takes. */
  toAlerts(body: Body, context: Context): Draft[]
  /** What a body says was changed, which pages nobody and is shown with what begins after it. Pure and total, as `toAlerts`. */
  toChanges?(body: Body, context: Pick<Context, 'receivedAt'>): Change[]
  answers: Answers
  /** What of a body, whatever it is, stands in every answer to it again. */
  echo?(body: unknown): object
}
