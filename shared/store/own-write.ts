import type { ItemTable, Row } from './table.ts'

/** Whoever was faster may have written on top of our version before we read: its writer stands behind the next ones for a while. */
const WRITERS = 4

/** A write that ends in an error and has not taken effect is asked for so often; the client repeats each by itself. */
const WRITE_TRIES = 2

/** Who wrote the last versions of a row, the newest first. */
export function writersOf(row: Row | undefined): readonly string[] {
  return row?.writer?.split(' ') ?? []
}

/** The writers of the next version: a name that nobody has had before, and those who wrote until then. */
export function writtenBy(token: string, before: readonly string[]): readonly string[] {
  return [token, ...before].slice(0, WRITERS)
}

/**
 * Writes a row if it still has the expected version. Undefined: written. Otherwise the row that somebody else was faster to write. A
 * client repeats a request whose answer was lost, and then meets its own write: the first of `writers` tells. It tells as well when all
 * answers were lost: what was written must not be left to those who would take its writer for dead. Rejects when the write has not
 * taken effect, or when nobody can tell.
 */
export async function putOwn(
  row: Row & { version: number },
  writers: readonly string[],
  expected: number,
  table: ItemTable,
): Promise<{ row: Row | undefined } | undefined> {
  const [own = ''] = writers
  const written = { ...row, writer: writers.join(' ') }
  for (let tries = 1; ; tries++) {
    const result = await table.putIfVersion(written, expected).catch((error: unknown) => ({ error }))
    if (result === true) return undefined
    const current = await table.get(row)
    if (writersOf(current).includes(own)) return undefined
    if (result === false || (current?.version ?? 0) !== expected) return { row: current }
    if (tries === WRITE_TRIES) throw result.error
  }
}
