import type { ScheduleView } from '../../../../shared/engine/console/view-oncall.ts'
import { mayChange } from '../../../../shared/engine/overrides/may-change.ts'
import type { OnCallWords } from '../../../../shared/messages/console/oncall.ts'
import { overrideWords } from '../../../../shared/messages/console/overrides.ts'
import { overrideText } from '../../../../shared/oncall/override.ts'
import type { View } from '../../view.ts'
import { Time } from '../layout.tsx'

interface OverridesProps {
  view: View
  words: OnCallWords
  schedule: ScheduleView
}

/** What is otherwise than the rotation says, now and later: who made it, and an end for what was not written in oncall.yml. */
export function Overrides({ view, words, schedule: { overrides, projects } }: OverridesProps) {
  const mayTakeAway = mayChange(projects, view.mayAct)
  return (
    <section aria-label={words.overrides}>
      <h3>{words.overrides}</h3>
      {overrides.length === 0 && <p class="quiet">{words.noOverrides}</p>}
      <ul class="list">
        {overrides.map((override) => (
          <li>
            <span dir="auto">
              {overrideText(override)}
              {override.note !== undefined && ` · ${override.note}`}
            </span>
            <span class="quiet" dir="auto">
              {override.made === undefined ? words.written : words.made(override.made.by)}{' '}
              {override.made !== undefined && <Time view={view} at={override.made.at} />}
              {override.start <= view.now && ` · ${words.now}`}
            </span>
            {override.made !== undefined && mayTakeAway && (
              <TakeAway view={view} id={override.made.id} text={overrideWords[view.language].takeAway} />
            )}
          </li>
        ))}
      </ul>
      <p class="quiet">{words.how}</p>
    </section>
  )
}

/** Takes an override away. */
export function TakeAway({ view, id, text }: { view: View; id: string; text: string }) {
  return (
    <form method="post" action="/oncall">
      <input type="hidden" name="t" value={view.token('/oncall')} />
      <input type="hidden" name="id" value={id} />
      <button type="submit" name="do" value="remove">
        {text}
      </button>
    </form>
  )
}

/** Puts back what was taken away, which `of` has sealed. */
export function Restore({ view, of }: { view: View; of: string }) {
  return (
    <form method="post" action="/oncall">
      <input type="hidden" name="t" value={view.token('/oncall')} />
      <input type="hidden" name="of" value={of} />
      <button type="submit" name="do" value="restore">
        {view.say.undo}
      </button>
    </form>
  )
}
