/** The version of a shape, and how one of the version before is made one of this version: it is taken for one release. */
export interface Versions {
  current: number
  upgrade?(before: Record<string, unknown>): Record<string, unknown>
}

/**
 * The shape of a state `S` that is kept in a table. Its version stands beside it, in the item's `v`, and what `upgrade` gets and gives
 * is `{ state, outbox? }`.
 */
export interface Shape<S> extends Versions {
  /** How the state is text where that is not its JSON. What `pack` has not written makes `unpack` throw, if it can tell. */
  packing?: { pack(state: S): string; unpack(packed: string): S }
  /** Throws for a state of which a part is packed, and damaged. */
  check?(state: S): void
}

/**
 * What was written in the version before, in the current one. Anything else is given as it is: its schema says what is wrong with it,
 * a version that nobody knows included.
 */
export function toCurrent(written: unknown, { current, upgrade }: Versions): unknown {
  if (upgrade === undefined || typeof written !== 'object' || written === null) return written
  const before = written as Record<string, unknown>
  return before.v === current - 1 ? { ...upgrade(before), v: current } : written
}
