import type { Entry, Machine } from '../contracts/machine.ts'
import type { Rules } from './outbox.ts'
import { held, heldIn } from './shape.ts'
import type { ItemTable, Row, RowKey } from './table.ts'

/** One item of a machine: its state, and what is decided but not carried out yet. */
export interface Item<S, F> {
  version: number
  state: S | undefined
  outbox: Entry<F>[]
  /** Who wrote its last versions, the newest first. */
  writers: readonly string[]
}

/** An item that exists. */
export type Kept<S, F> = Item<S, F> & { state: S }

/** An item of a machine, from its row or from the lack of one. Throws an `UnreadableItem`. */
export function itemIn<S, E, F>(row: Row | undefined, machine: Machine<S, E, F>, table: ItemTable): Item<S, F> {
  const { state, outbox = [] } = heldIn<S, F>(row, machine.shape, table) ?? {}
  return { version: row?.version ?? 0, state, outbox, writers: writersOf(row) }
}

/** Whoever was faster may have written on top of our version before we read: its writer stands behind the next ones for a while. */
const WRITERS = 4

function writersOf(row: Row | undefined): readonly string[] {
  return row?.writer?.split(' ') ?? []
}

/** Makes the next version of an item, by a new writer, without the effects that have no use any more. */
export function follow<S, F>(
  { version, writers }: Pick<Item<S, F>, 'version' | 'writers'>,
  state: S,
  outbox: Entry<F>[],
  { token, ruleOf }: Rules<S, F> & { token(): string },
): Kept<S, F> {
  const useful = outbox.filter(({ effect }) => !ruleOf(effect).isSpent?.(effect, state))
  return { version: version + 1, state, outbox: useful, writers: [token(), ...writers].slice(0, WRITERS) }
}

/** A write that ends in an error and has not taken effect is asked for so often; the client repeats each by itself. */
const WRITE_TRIES = 2

/**
 * Writes an item if it still has the expected version. Undefined: written. Otherwise the row that somebody else was faster to
 * write. A client repeats a request whose answer was lost, and then meets its own write: the token tells. It tells as well when all
 * answers were lost: what was written must not be left to those who would take its writer for dead. Rejects when the write has not
 * taken effect, or when nobody can tell.
 */
export async function write<S, E, F>(
  machine: Machine<S, E, F>,
  key: RowKey,
  item: Kept<S, F>,
  expected: number,
  io: { table: ItemTable },
): Promise<{ row: Row | undefined } | undefined> {
  const [own = ''] = item.writers
  const writer = item.writers.join(' ')
  const row: Row & { version: number } = { ...key, version: item.version, writer, ...held(item.state, machine.shape) }
  if (item.outbox.length > 0) row.outbox = JSON.stringify(item.outbox)
  const dues = item.outbox.map((entry) => Math.max(entry.leaseUntil, entry.notBefore))
  const dueAt = machine.dueAt?.(item.state)
  if (dueAt !== undefined) dues.push(dueAt)
  if (dues.length > 0) row.dueAt = Math.min(...dues)
  Object.assign(row, machine.listed?.(item.state))
  const expiresAt = machine.expiresAt?.(item.state)
  if (expiresAt !== undefined && item.outbox.length === 0) row.expiresAt = expiresAt
  for (let tries = 1; ; tries++) {
    const result = await io.table.putIfVersion(row, expected).catch((error: unknown) => ({ error }))
    if (result === true) return undefined
    const current = await io.table.get(key)
    if (writersOf(current).includes(own)) return undefined
    if (result === false || (current?.version ?? 0) !== expected) return { row: current }
    if (tries === WRITE_TRIES) throw result.error
  }
}
