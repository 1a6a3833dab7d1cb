/** For how long somebody may snooze an incident, ms. Longer is forgotten by everybody: a silence says what it is for. */
export const SHORTEST_SNOOZE_MS = 60_000
export const LONGEST_SNOOZE_MS = 7 * 86_400_000

/** Whether somebody may snooze an incident for so long, ms. */
export function isSnooze(ms: number): boolean {
  return ms >= SHORTEST_SNOOZE_MS && ms <= LONGEST_SNOOZE_MS
}
