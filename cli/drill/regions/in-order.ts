import type { Instant } from '../../../shared/contracts/words.ts'

/** Timelines are looked at again and again: what one tells is known so much later than that a phone fell silent, ms. */
const LATE_MS = 1_000

/** Prints lines in the order in which what they tell happened, as far as they come within `LATE_MS`. */
export interface Lines {
  add(at: Instant, line: string): void
  /** Prints what nothing older is to be expected beside; at the end, all. */
  print(isEnd?: boolean): void
}

/** `out` gets each line once. */
export function linesInOrder(out: (line: string) => void, now: () => Instant): Lines {
  let waiting: { at: Instant; line: string }[] = []
  return {
    add(at, line) {
      waiting.push({ at, line })
    },
    print(isEnd = false) {
      const until = isEnd ? Number.POSITIVE_INFINITY : now() - LATE_MS
      const due = waiting.filter(({ at }) => at <= until).toSorted((one, other) => one.at - other.at)
      waiting = waiting.filter(({ at }) => at > until)
      for (const { line } of due) out(line)
    },
  }
}
