import type { Failure } from '../contracts/failure.ts'
import type { Shape } from '../contracts/versions.ts'
import type { Instant } from '../contracts/words.ts'
import type { NoticeEffect } from '../incidents/incident.ts'
import type { StoreIo } from './io.ts'
import { sentTextKey } from './keys.ts'
import { held, stateIn } from './shape.ts'
import type { Row } from './table.ts'

/** A text by the id of the vendor that has taken it. */
export interface TextOf {
  vendor: string
  id: string
}

/** A text that a vendor has taken, until its carrier has said what became of it. */
export interface SentText extends TextOf {
  /** What it tells; none yet while only its receipt has come. */
  effects: NoticeEffect[]
  /** When the vendor took it; absent while only its receipt has come. */
  sentAt?: Instant
  /** How often the vendor was asked what became of it. */
  asked?: number
  /** What the carrier said: nobody is told of it a second time. */
  end?: TextEnd
}
/** The version, and form, in which a text that a vendor has taken is kept. */
export const sentTextShape: Shape<SentText> = { current: 1 }

/** What became of a text; absent `failure`: it has arrived. */
export interface TextEnd {
  failure?: Failure
}

/** A carrier's word after this is of no use to anybody: how long carriers try stands in no contract. */
const KEPT_MS = 4 * 86_400_000

/**
 * A vendor that can be asked is asked so long after it took a text whose receipt has not come, and so long after each answer, ms: the
 * first time while a layer lasts, so that its next channel may still take over.
 */
const ASKED_AFTER_MS = [2 * 60_000, 10 * 60_000, 3_600_000]

type Io = Pick<StoreIo, 'incidents' | 'now'>

/**
 * Remembers what a text tells, by the vendor's id of it. Gives what its carrier has said already: a receipt may overtake the answer.
 * `canBeAsked`: its vendor tells on request what became of it, should no receipt come.
 */
export async function rememberText(
  of: TextOf,
  effects: NoticeEffect[],
  canBeAsked: boolean,
  io: Io,
): Promise<TextEnd | undefined> {
  const sentAt = io.now()
  for (let row: Row | undefined; ; row = await io.incidents.get(sentTextKey(of.vendor, of.id))) {
    const end = stateIn(row, sentTextShape, io.incidents)?.end
    const dueAt = end === undefined && canBeAsked ? askedNextAt(0, sentAt) : undefined
    if (await write({ ...of, effects, sentAt, ...(end && { end }) }, row?.version ?? 0, io, dueAt)) return end
  }
}

/** Its vendor knows no end of a text yet: it is asked again later, and not for ever. */
export async function awaitText({ text, version }: KnownText & { text: SentText }, io: Io): Promise<void> {
  const asked = (text.asked ?? 0) + 1
  // Whoever has written meanwhile knew more.
  await write({ ...text, asked }, version, io, askedNextAt(asked, io.now()))
}

function askedNextAt(asked: number, now: Instant): Instant | undefined {
  const afterMs = ASKED_AFTER_MS[asked]
  return afterMs === undefined ? undefined : now + afterMs
}

/** A text as it was read, and as which version. */
export interface KnownText {
  /** Undefined: nobody knows it, or not yet. */
  text: SentText | undefined
  version: number
}

/** What is known of a text. */
export async function sentText({ vendor, id }: TextOf, { incidents }: Pick<Io, 'incidents'>): Promise<KnownText> {
  const row = await incidents.get(sentTextKey(vendor, id))
  return { text: stateIn(row, sentTextShape, incidents), version: row?.version ?? 0 }
}

/** Writes down what a carrier has said of a text, so that it counts once; false when somebody else has written meanwhile. */
export function endText(of: TextOf, end: TextEnd, { text, version }: KnownText, io: Io): Promise<boolean> {
  return write({ ...of, effects: [], ...text, end }, version, io)
}

function write(text: SentText, before: number, io: Io, dueAt?: Instant): Promise<boolean> {
  const expiresAt = Math.floor((io.now() + KEPT_MS) / 1000)
  const key = sentTextKey(text.vendor, text.id)
  const due = dueAt === undefined ? {} : { dueAt }
  const row = { ...key, version: before + 1, ...held(text, sentTextShape), expiresAt, ...due }
  return io.incidents.putIfVersion(row, before)
}
