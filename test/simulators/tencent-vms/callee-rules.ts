const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const BEIJING_MS = 8 * HOUR_MS
const [NIGHT_BEGINS, NIGHT_ENDS] = [22, 8]

/** What the vendor takes of notices to one number: 1 in 30 s, 2 in 10 minutes, 3 in a day of the calendar, 1 between 22:00 and 8:00. */
export class CalleeRules {
  private readonly calls: number[] = []

  /** Whether one more is taken, which is counted then. */
  ask(now: number): boolean {
    const since = (at: number) => this.calls.filter((call) => call >= at).length
    const sinceEvening = (now + BEIJING_MS - NIGHT_BEGINS * HOUR_MS) % DAY_MS
    const isNight = sinceEvening < DAY_MS - (NIGHT_BEGINS - NIGHT_ENDS) * HOUR_MS
    const midnight = now - ((now + BEIJING_MS) % DAY_MS)
    const isFull =
      since(now - MINUTE_MS / 2 + 1) >= 1 ||
      since(now - 10 * MINUTE_MS + 1) >= 2 ||
      since(midnight) >= 3 ||
      (isNight && since(now - sinceEvening) >= 1)
    if (!isFull) this.calls.push(now)
    return !isFull
  }
}
