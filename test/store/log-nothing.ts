/** A log in which nothing is expected. */
export function logNothing(entry: Record<string, unknown>): never {
  throw new Error(`Nobody expected in the log: ${JSON.stringify(entry)}`)
}
