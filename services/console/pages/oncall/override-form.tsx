import { NOTE_CHARACTERS } from '../../../../shared/contracts/override-limits.ts'
import type { ScheduleView } from '../../../../shared/engine/console/view-oncall.ts'
import { mayChange } from '../../../../shared/engine/overrides/may-change.ts'
import { type OverrideKind, overrideWords } from '../../../../shared/messages/console/overrides.ts'
import type { View } from '../../view.ts'
import { Choice, Clock, type Draft } from './fields.tsx'

interface FormProps {
  view: View
  schedule: ScheduleView
  people: Record<string, string>
  draft: Draft | undefined
}

/** Asks who is to be on call otherwise than by the rotation, and when; nothing without the role for it. */
export function OverrideForm({ view, schedule, people, draft: written }: FormProps) {
  if (!mayChange(schedule.projects, view.mayAct)) return null
  const say = overrideWords[view.language]
  const draft = written?.schedule === schedule.name && written.kind !== undefined ? written : undefined
  const names = Object.entries({
    ...people,
    ...Object.fromEntries(Object.entries(schedule.contacts).map(([id, { name }]) => [id, name])),
  })
  const of = { place: schedule.name, draft }
  return (
    <details class="others" id={`change-${schedule.name}`} open={draft !== undefined}>
      <summary>{say.change}</summary>
      <form method="post" action="/oncall" class="fields change" data-keep="">
        <input type="hidden" name="t" value={view.token('/oncall')} />
        <input type="hidden" name="schedule" value={schedule.name} />
        <Choice {...of} field="kind" label={say.kind} choices={Object.entries(say.kinds) as [OverrideKind, string][]} />
        <Choice {...of} field="who" label={say.who} choices={names} />
        <Choice {...of} field="for" label={say.instead} choices={[['', say.everybody], ...names]} />
        <Clock {...of} field="from" label={say.from} />
        <Clock {...of} field="to" label={say.to} />
        <label>
          {say.note} <input name="note" maxlength={NOTE_CHARACTERS} value={draft?.note} dir="auto" autocomplete="off" />
        </label>
        <p class="quiet">{say.zone(schedule.timezone)}</p>
        <div class="buttons">
          <button type="submit" name="do" value="look">
            {say.look}
          </button>
          <button type="submit" name="do" value="make">
            {say.make}
          </button>
        </div>
      </form>
    </details>
  )
}
