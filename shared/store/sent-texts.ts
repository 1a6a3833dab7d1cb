import type { Failure } from '../contracts/failure.ts'
import type { Shape } from '../contracts/versions.ts'
import type { NoticeEffect } from '../incidents/incident.ts'
import type { StoreIo } from './io.ts'
import { sentTextKey } from './keys.ts'
import { held, stateIn } from './shape.ts'
import type { Row } from './table.ts'

/** A text that a vendor has taken, until its carrier has said what became of it. */
export interface SentText {
  /** What it tells; none yet while only its receipt has come. */
  effects: NoticeEffect[]
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

type Io = Pick<StoreIo, 'incidents' | 'now'>

/** Remembers what a text tells, by the vendor's id of it. Gives what its carrier has said already: a receipt may overtake the answer. */
export async function rememberText(
  vendor: string,
  id: string,
  effects: NoticeEffect[],
  io: Io,
): Promise<TextEnd | undefined> {
  for (let row: Row | undefined; ; row = await io.incidents.get(sentTextKey(vendor, id))) {
    const end = stateIn(row, sentTextShape, io.incidents)?.end
    if (await write(vendor, id, { effects, ...(end && { end }) }, row?.version ?? 0, io)) return end
  }
}

/** A text as it was read, and as which version. */
export interface KnownText {
  /** Undefined: nobody knows it, or not yet. */
  text: SentText | undefined
  version: number
}

/** What is known of a text. */
export async function sentText(vendor: string, id: string, { incidents }: Pick<Io, 'incidents'>): Promise<KnownText> {
  const row = await incidents.get(sentTextKey(vendor, id))
  return { text: stateIn(row, sentTextShape, incidents), version: row?.version ?? 0 }
}

/** Writes down what a carrier has said of a text, so that it counts once; false when somebody else has written meanwhile. */
export function endText(
  vendor: string,
  id: string,
  end: TextEnd,
  { text, version }: KnownText,
  io: Io,
): Promise<boolean> {
  return write(vendor, id, { effects: text?.effects ?? [], end }, version, io)
}

function write(vendor: string, id: string, text: SentText, before: number, io: Io): Promise<boolean> {
  const expiresAt = Math.floor((io.now() + KEPT_MS) / 1000)
  const row = { ...sentTextKey(vendor, id), version: before + 1, ...held(text, sentTextShape), expiresAt }
  return io.incidents.putIfVersion(row, before)
}
