import type { ScheduleView } from '../../../../shared/engine/console/view-oncall.ts'
import { overrideWords } from '../../../../shared/messages/console/overrides.ts'
import { timeSeenFrom } from '../../../../shared/messages/times.ts'
import type { ShiftChange } from '../../../../shared/oncall/rotation-change.ts'
import type { Shift } from '../../../../shared/oncall/shifts.ts'
import type { View } from '../../view.ts'
import { namesIn } from './names.ts'

/** What a change would make of a schedule. */
export interface ScheduleChange {
  /** Its shifts as they are now. */
  before: Shift[]
  changes: ShiftChange[]
}

/** So many changes are told of a schedule. */
const TOLD = 6

interface ChangesProps {
  view: View
  schedule: ScheduleView
  change: ScheduleChange | undefined
}

/** Who would be on call instead of whom, and from when. */
export function Changes({ view, schedule, change }: ChangesProps) {
  if (change === undefined) return null
  const say = overrideWords[view.language]
  const { changes } = change
  return (
    <section class="notice good" aria-label={say.changes}>
      <h3>{say.changes}</h3>
      {changes.length === 0 && <p>{say.noChange}</p>}
      <ul>
        {changes.slice(0, TOLD).map(({ from, before, after }) => (
          <li dir="auto">
            {say.shift(
              timeSeenFrom(view.now, from, view.timezone),
              namesIn(view, schedule, after),
              namesIn(view, schedule, before),
            )}
          </li>
        ))}
        {changes.length > TOLD && <li>{say.more(changes.length - TOLD)}</li>}
      </ul>
    </section>
  )
}
