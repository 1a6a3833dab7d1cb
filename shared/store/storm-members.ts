import { createHash } from 'node:crypto'
import type { Shape } from '../contracts/versions.ts'
import type { Instant } from '../contracts/words.ts'
import type { StoreIo } from './io.ts'
import { openingsKey, STORM_PREFIX, stormKey } from './keys.ts'
import { held, stateIn } from './shape.ts'
import type { Row } from './table.ts'

/** Whether an alert of a storm is still open, by the newest word of it. */
export interface Member {
  open: boolean
  takenAt: Instant
}

/** By the hashes of their keys. */
export type Members = ReadonlyMap<string, Member>

/** What came of a storm at one time: who joined, and who recovered; hashes. */
export interface Chunk {
  takenAt: Instant
  joined: string[]
  ended: string[]
}
/** The version, and form, in which what came of a storm at one time is kept. */
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
  return membersIn(await io.incidents.query(pk, sk), io)
}

/**
 * Everybody who has ever joined a storm of a project, as far as it is remembered; of storms but the `generation` that rages, if one
 * does, nobody is open. Rejects if a part of them cannot be read.
 */
export async function readPastMembers(
  project: string,
  generation: number | undefined,
  io: Pick<StoreIo, 'incidents'>,
): Promise<Members> {
  const { pk, sk } = stormKey(project, generation ?? 0, '')
  const rows = await io.incidents.query(pk, STORM_PREFIX)
  const [present, past] = [rows.filter((row) => row.sk.startsWith(sk)), rows.filter((row) => !row.sk.startsWith(sk))]
  const over = [...membersIn(past, io)].map(([hash, { takenAt }]) => [hash, { open: false, takenAt }] as const)
  return new Map([...over, ...membersIn(present, io)])
}

function membersIn(rows: Row[], { incidents }: Pick<StoreIo, 'incidents'>): Map<string, Member> {
  const chunks = rows.flatMap((row) => stateIn(row, chunkShape, incidents) ?? [])
  const members = new Map<string, Member>()
  // What recovered in the very message in which it came has recovered.
  for (const { takenAt, joined, ended } of chunks.toSorted((a, b) => a.takenAt - b.takenAt)) {
    for (const hash of joined) members.set(hash, { open: true, takenAt })
    for (const hash of ended) members.set(hash, { open: false, takenAt })
  }
  return members
}

/** Adds what came: one item for each time, or one for each 8,000. The same news write the same items. */
export async function keepMembers(
  project: string,
  generation: number,
  chunks: Chunk[],
  io: Pick<StoreIo, 'incidents'>,
): Promise<void> {
  const rows = chunks.flatMap(inItems).map((chunk): Row => {
    const name = `${chunk.takenAt}#${memberOf(JSON.stringify(chunk))}`
    return {
      ...stormKey(project, generation, name),
      ...held(chunk, chunkShape),
      expiresAt: Math.floor((chunk.takenAt + KEPT_MS) / 1000),
    }
  })
  if (rows.length > 0) await io.incidents.put(rows)
}

function inItems({ takenAt, joined, ended }: Chunk): Chunk[] {
  const all = [...joined.map((hash) => ({ hash, open: true })), ...ended.map((hash) => ({ hash, open: false }))]
  return Array.from({ length: Math.ceil(all.length / CHUNK_MEMBERS) }, (_, index) => {
    const some = all.slice(index * CHUNK_MEMBERS, (index + 1) * CHUNK_MEMBERS)
    const of = (open: boolean) => some.filter((one) => one.open === open).map(({ hash }) => hash)
    return { takenAt, joined: of(true), ended: of(false) }
  })
}

/** Counts new incidents of a project in the minute in which they came; gives how many there are, these included. */
export async function countOpenings(
  project: string,
  at: Instant,
  openings: number,
  io: Pick<StoreIo, 'incidents' | 'now'>,
): Promise<number> {
  const expiresAt = (Math.max(minuteOf(at), minuteOf(io.now())) + 10) * 60
  const key = openingsKey(project, minuteOf(at))
  return (await io.incidents.count(key, { by: openings, expiresAt })) ?? openings
}

/** The minute of the epoch in which a time falls. */
export function minuteOf(at: Instant): number {
  return Math.floor(at / 60_000)
}
