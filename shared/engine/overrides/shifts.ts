import type { Instant } from '../../contracts/words.ts'
import { overrideSpan } from '../../oncall/override.ts'
import type { Directory, Override } from '../../oncall/plan.ts'
import { type ShiftChange, shiftChanges } from '../../oncall/rotation-change.ts'

/** Who is on call instead of whom by an override, by schedule: from when, within eight weeks. `before`: the people without it. */
export function shiftsBy(
  override: Override,
  before: Directory,
  now: Instant,
): { schedule: string; changes: ShiftChange[] }[] {
  const after = { ...before, overrides: [...before.overrides, override] }
  return Object.entries(before.schedules).flatMap(([schedule, { timezone }]) => {
    if (!('away' in override) && override.schedule !== schedule) return []
    const from = Math.max(now, overrideSpan(override, timezone).start)
    return { schedule, changes: shiftChanges(before, after, schedule, from) }
  })
}
