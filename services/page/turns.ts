import type { PathIo } from '../../shared/path/io.ts'

/** A counter per window, in the table that all instances share. Gives how long to wait, ms; 0 is now. */
export async function waitForTurn(what: string, limit: number, windowMs: number, io: PathIo): Promise<number> {
  const now = io.now()
  const window = Math.floor(now / windowMs)
  const expiresAt = Math.ceil(((window + 2) * windowMs) / 1000) + 60
  const turn = await io.incidents.count({ pk: `rate#${what}`, sk: String(window) }, { limit, expiresAt })
  return turn === undefined ? (window + 1) * windowMs - now : 0
}
