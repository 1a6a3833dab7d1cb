import { MINUTE_MS } from '../../../shared/contracts/milliseconds.ts'
import type { Instant } from '../../../shared/contracts/words.ts'

/** More sources than these in a minute are nobody's colleagues. */
const MOST_SOURCES = 1_000

/** Makes a limit of so many requests a minute from one source. It counts within one instance of the function. */
export function perMinute(most: number, now: () => Instant): (source: string) => boolean {
  let minute = 0
  const counts = new Map<string, number>()
  return (source) => {
    const current = Math.floor(now() / MINUTE_MS)
    if (current !== minute) counts.clear()
    minute = current
    const count = (counts.get(source) ?? 0) + 1
    if (count > 1 || counts.size < MOST_SOURCES) counts.set(source, count)
    return count <= most && (count > 1 || counts.size < MOST_SOURCES)
  }
}
