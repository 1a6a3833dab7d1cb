import type { ScheduleView } from '../../../../shared/engine/console/view-oncall.ts'
import { mayChange } from '../../../../shared/engine/overrides/may-change.ts'
import { type OverrideKind, overrideWords } from '../../../../shared/messages/console-overrides.ts'
import { NOTE_CHARACTERS } from '../../../../shared/oncall/override-schema.ts'
import type { View } from '../../view.ts'

/** The fields of the form, as they were written. */
export type OverrideDraft = Record<(typeof overrideFields)[number], string>

export const overrideFields = ['schedule', 'kind', 'who', 'for', 'from', 'to', 'note'] as const

interface FormProps {
  view: View
  schedule: ScheduleView
  people: Record<string, string>
  draft: OverrideDraft | undefined
}

/** Asks who is to be on call otherwise than by the rotation, and when; nothing without the role for it. */
export function OverrideForm({ view, schedule, people, draft: written }: FormProps) {
  if (!mayChange(schedule.projects, view.mayAct)) return null
  const say = overrideWords[view.language]
  const draft = written?.schedule === schedule.name ? written : undefined
  const names = Object.entries({
    ...people,
    ...Object.fromEntries(Object.entries(schedule.contacts).map(([id, { name }]) => [id, name])),
  })
  const of = { schedule: schedule.name, draft }
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

interface FieldProps {
  schedule: string
  draft: OverrideDraft | undefined
  field: keyof OverrideDraft
  label: string
}

function Choice({ schedule, draft, field, label, choices }: FieldProps & { choices: [string, string][] }) {
  const id = `${field}-${schedule}`
  return (
    <div>
      <label for={id}>{label}</label>
      <select name={field} id={id}>
        {choices.map(([value, text]) => (
          <option value={value} selected={value === draft?.[field]}>
            {text}
          </option>
        ))}
      </select>
    </div>
  )
}

/** Browsers show their own clock for it, and send what somebody types into one that has none. */
function Clock({ schedule, draft, field, label }: FieldProps) {
  const id = `${field}-${schedule}`
  return (
    <div>
      <label for={id}>{label}</label>
      <input type="datetime-local" name={field} id={id} value={draft?.[field]} required />
    </div>
  )
}
