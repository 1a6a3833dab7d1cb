/** The version of a shape, and how one of the version before is made one of this version: it is taken for one release. */
export interface Versions {
  current: number
  upgrade?(before: Record<string, unknown>): Record<string, unknown>
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
