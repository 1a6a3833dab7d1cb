import { createHash } from 'node:crypto'
import type { Shape } from '../contracts/versions.ts'
import type { Instant } from '../contracts/words.ts'
import type { StoreIo } from './io.ts'
import { openingsKey, stormKey } from './keys.ts'
import { held, stateIn } from './shape.ts'
import type { Row } from './table.ts'

/** Whether an alert of a storm is still open, by the newest word of it. */
export interface Member {
  open: boolean
  takenAt: Instant
}

/** By the hashes of their keys. */
export type Members = ReadonlyMap<string, Member>

/** What came of a storm in one message: who joined, and who recovered; hashes. */
interface Chunk {
  takenAt: Instant
  joined: string[]
  ended: string[]
}
export const chunkShape: Shape<Chunk> = { current: 1 }

/** A chunk holds so many hashes of 22 characters: an item has 400 KB (DynamoDB quotas). */
const CHUNK_MEMBERS = 8_000

const KEPT_MS = 30 * 86_400_000

/** An alert's key among the members of a storm: 16 bytes, as 22 characters. */
export function memberOf(dedupKey: string): string {
  return createHash('sha256').update(dedupKey).digest().subarray(0, 16).toString('base64url')
}

/**
 * Everybody who has joined one storm of a project, the `generation` of its incident. Rejects if a part of them cannot be read: who is
 * missing would make the storm look over.
 */
export async function readMembers(
  project: string,
  generation: number,
  io: Pick<StoreIo, 'incidents'>,
): Promise<Members> {
  const { pk, sk } = stormKey(project, generation, '')
  const rows = await io.incidents.query(pk, sk)
  const chunks = rows.flatMap((row) => stateIn(row, chunkShape, io.incidents) ?? [])
  const members = new Map<string, Member>()
  // What recovered in the very message in which it came has recovered.
  for (const { takenAt, joined, ended } of chunks.toSorted((a, b) => a.takenAt - b.takenAt)) {
    for (const hash of joined) members.set(hash, { open: true, takenAt })
    for (const hash of ended) members.set(hash, { open: false, takenAt })
  }
  return members
}

/** Adds what one message brought: one item, or one for each 8,000. The same message writes the same items. */
export async function keepMembers(
  project: string,
  generation: number,
  { takenAt, joined, ended }: Chunk,
  io: Pick<StoreIo, 'incidents'>,
): Promise<void> {
  const all = [...joined.map((hash) => ({ hash, open: true })), ...ended.map((hash) => ({ hash, open: false }))]
  const rows: Row[] = []
  for (let from = 0; from < all.length; from += CHUNK_MEMBERS) {
    const some = all.slice(from, from + CHUNK_MEMBERS)
    const of = (open: boolean) => some.filter((one) => one.open === open).map(({ hash }) => hash)
    const chunk: Chunk = { takenAt, joined: of(true), ended: of(false) }
    const name = memberOf(JSON.stringify(chunk))
    rows.push({
      ...stormKey(project, generation, `${takenAt}#${name}`),
      ...held(chunk, chunkShape),
      expiresAt: Math.floor((takenAt + KEPT_MS) / 1000),
    })
  }
  if (rows.length > 0) await io.incidents.put(rows)
}

/** How many new incidents a project has had in this minute, these included. */
export async function countOpenings(
  project: string,
  openings: number,
  io: Pick<StoreIo, 'incidents' | 'now'>,
): Promise<number> {
  const minute = Math.floor(io.now() / 60_000)
  const count = await io.incidents.count(openingsKey(project, minute), { by: openings, expiresAt: (minute + 10) * 60 })
  return count ?? openings
}
