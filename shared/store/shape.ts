import type { LogEntry } from '../contracts/log-entry.ts'
import type { Entry } from '../contracts/machine.ts'
import { type Shape, toCurrent, type Versions } from '../contracts/versions.ts'
import type { Row, Table } from './table.ts'

/** What a row holds. */
export interface Held<S, F = never> {
  state: S
  outbox: Entry<F>[]
}

/** What a row holds, as it was written. */
interface Written {
  v: number | undefined
  state: unknown
  outbox: unknown
}

/** An item that this release cannot read. It stays as it is: what cannot be read is not written over. */
export class UnreadableItem extends Error {}

const DAMAGED = 'is damaged. Restore it, or delete it'

/** A state as its row holds it: the version of its shape, and its text. */
export function held<S>(state: NoInfer<S>, { current, packing }: Shape<S>): { v: number; state: string } {
  return { v: current, state: packing === undefined ? JSON.stringify(state) : packing.pack(state) }
}

/** Where a row is read from. */
type Source = Pick<Table, 'name' | 'parse'>

/**
 * Reads the state and outbox of a row, in the current version of their shape; everything that is kept is read here. Undefined for a
 * row without a state. Throws an `UnreadableItem` that names the table, the key, and what to do about it.
 */
export function heldIn<S, F = never>(
  row: Row | undefined,
  shape: Shape<S>,
  { name, parse = JSON.parse }: Source,
): Held<S, F> | undefined {
  if (row?.state === undefined) return undefined
  const refuse = (why: string) => new UnreadableItem(`Item ${row.pk} / ${row.sk} of table ${name} ${why}`)
  if (row.v !== shape.current && (row.v !== shape.current - 1 || shape.upgrade === undefined))
    throw refuse(remedyFor(row.v, shape))
  try {
    const { state, outbox } = toCurrent(written(row, row.state, shape.packing !== undefined, parse), shape) as Written
    if (shape.packing !== undefined) return { state: shape.packing.unpack(String(state)), outbox: [] }
    if (isRecord(state) && Array.isArray(outbox)) {
      shape.check?.(state as S)
      return { state: state as S, outbox }
    }
  } catch (error) {
    throw refuse(`${DAMAGED}: ${String(error)}`)
  }
  throw refuse(DAMAGED)
}

/** Reads the state of a row as `heldIn` does, without its outbox. */
export function stateIn<S>(row: Row | undefined, shape: Shape<S>, table: Source): S | undefined {
  return heldIn(row, shape, table)?.state
}

/** Reads many rows: one that cannot be read is told in the log, and left out. */
export function statesIn<S>(
  rows: Row[],
  shape: Shape<S>,
  table: Source,
  log: (entry: LogEntry) => void,
): { row: Row; state: S }[] {
  return rows.flatMap((row) => {
    try {
      const state = stateIn(row, shape, table)
      return state === undefined ? [] : [{ row, state }]
    } catch (error) {
      return leftOut(error, log) ?? []
    }
  })
}

/** Goes on without an item that cannot be read: it is told in the log. Throws any other error again. */
export function leftOut(error: unknown, log: (entry: LogEntry) => void): undefined {
  if (!(error instanceof UnreadableItem)) throw error
  log({ level: 'error', event: 'item left out', error: error.message })
}

function written(row: Row, text: string, isPacked: boolean, parse: (text: string) => unknown): Written {
  const outbox = row.outbox === undefined ? [] : ownEntries(parse(row.outbox))
  return { v: row.v, state: isPacked ? text : parse(text), outbox }
}

/** Each reader has entries and effects of its own: by them it knows what it has in hand. */
function ownEntries(outbox: unknown): unknown {
  if (!Array.isArray(outbox)) return outbox
  return outbox.map((entry: Entry<object>) => ({ ...entry, effect: { ...entry.effect } }))
}

function remedyFor(v: number | undefined, { current }: Versions): string {
  if (v === undefined) return 'bears no version: it is older than any release. Delete it'
  if (v > current)
    return `has version ${v}, and this release reads ${current}: it was written by a newer one. Deploy that everywhere, or delete it`
  return `has version ${v}, and this release reads ${current}. Deploy the releases in between one after the other, or delete it`
}

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
