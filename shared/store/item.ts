import type { Entry, Machine } from '../contracts/machine.ts'
import type { Rules } from './outbox.ts'
import { putOwn, writersOf, writtenBy } from './own-write.ts'
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

/** Makes the next version of an item, by a new writer, without the effects that have no use any more. */
export function follow<S, F>(
  { version, writers }: Pick<Item<S, F>, 'version' | 'writers'>,
  state: S,
  outbox: Entry<F>[],
  { token, ruleOf }: Rules<S, F> & { token(): string },
): Kept<S, F> {
  const useful = outbox.filter(({ effect }) => !ruleOf(effect).isSpent?.(effect, state))
  return { version: version + 1, state, outbox: useful, writers: writtenBy(token(), writers) }
}

/**
 * Writes an item if it still has the expected version. Undefined: written. Otherwise the row that somebody else was faster to write.
 * Rejects when the write has not taken effect, or when nobody can tell.
 */
export async function write<S, E, F>(
  machine: Machine<S, E, F>,
  key: RowKey,
  item: Kept<S, F>,
  expected: number,
  io: { table: ItemTable },
): Promise<{ row: Row | undefined } | undefined> {
  const row: Row & { version: number } = { ...key, version: item.version, ...held(item.state, machine.shape) }
  if (item.outbox.length > 0) row.outbox = JSON.stringify(item.outbox)
  const dues = item.outbox.map((entry) => Math.max(entry.leaseUntil, entry.notBefore))
  const dueAt = machine.dueAt?.(item.state)
  if (dueAt !== undefined) dues.push(dueAt)
  if (dues.length > 0) row.dueAt = Math.min(...dues)
  Object.assign(row, machine.listed?.(item.state))
  const expiresAt = machine.expiresAt?.(item.state)
  if (expiresAt !== undefined && item.outbox.length === 0) row.expiresAt = expiresAt
  return putOwn(row, item.writers, expected, io.table)
}
