import type { ScheduleView } from '../../../../shared/engine/console/view-oncall.ts'
import { type OnCallWords, onCallWords } from '../../../../shared/messages/console-oncall.ts'
import { clockTime } from '../../../../shared/messages/times.ts'
import { words as messageWords } from '../../../../shared/messages/words.ts'
import { overrideText } from '../../../../shared/oncall/override.ts'
import type { View } from '../../view.ts'
import { Layout, Time } from '../layout.tsx'
import { type Day, weeksOf } from './days.ts'

interface ScheduleProps {
  view: View
  words: OnCallWords
  schedule: ScheduleView
}

interface OnCallProps {
  view: View
  schedules: ScheduleView[]
  /** Where a schedule's calendar is read, by its name. */
  feeds: Record<string, string>
  /** They may look at who can be reached. */
  hasReach: boolean
}

/** Who is on call by each schedule, who is next, and the weeks ahead. */
export function OnCallPage({ view, schedules, feeds, hasReach }: OnCallProps) {
  const words = onCallWords[view.language]
  return (
    <Layout view={view} title={view.say.pages.oncall}>
      <h1>{view.say.pages.oncall}</h1>
      {schedules.length === 0 && <p>{words.none}</p>}
      {schedules.map((schedule) => (
        <article class="card schedule" aria-labelledby={`schedule-${schedule.name}`}>
          <h2 id={`schedule-${schedule.name}`} dir="auto">
            {schedule.name}
          </h2>
          <Present view={view} words={words} schedule={schedule} />
          <Gaps view={view} words={words} schedule={schedule} />
          <Calendar view={view} words={words} schedule={schedule} />
          <Load words={words} schedule={schedule} />
          <Overrides view={view} words={words} schedule={schedule} />
          <p class="quiet">
            {words.ownTimes(schedule.timezone)}{' '}
            {feeds[schedule.name] && (
              <a href={feeds[schedule.name]} rel="noreferrer">
                {words.subscribe}
              </a>
            )}
          </p>
        </article>
      ))}
      {hasReach && (
        <p>
          <a class="button" href="/oncall/reach">
            {words.reach}
          </a>
        </p>
      )}
    </Layout>
  )
}

function namesIn(view: View, words: OnCallWords, { contacts: known }: ScheduleView, contacts: string[]): string {
  if (contacts.length === 0) return words.nobody
  return contacts.map((contact) => known[contact]?.name ?? contact).join(messageWords[view.language].list)
}

function Present({ view, words, schedule }: ScheduleProps) {
  const { now, next, until } = schedule
  const [before, after] = words.until('\n').split('\n')
  return (
    <dl class="present">
      <div>
        <dt>{words.now}</dt>
        <dd class={now.length === 0 ? 'who gap' : 'who'} dir="auto">
          {namesIn(view, words, schedule, now)}
        </dd>
        {Number.isFinite(until) && (
          <dd class="quiet">
            {before}
            <Time view={view} at={until} />
            {after}
          </dd>
        )}
      </div>
      <div>
        <dt>{words.next}</dt>
        <dd class="who" dir="auto">
          {next.length === 0 ? words.nobodyElse : namesIn(view, words, schedule, next)}
        </dd>
      </div>
    </dl>
  )
}

function Gaps({ view, words, schedule: { gaps } }: ScheduleProps) {
  if (gaps.length === 0) return <p class="quiet">{words.noGaps}</p>
  return (
    <div class="notice bad">
      {words.gaps(gaps.length)}
      <ul>
        {gaps.map(({ start, end }) => {
          const [before, between, after] = words.gap('\n', '\n').split('\n')
          return (
            <li>
              {before}
              <Time view={view} at={Math.max(start, view.now)} />
              {between}
              <Time view={view} at={end} />
              {after}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

function Calendar({ view, words, schedule }: ScheduleProps) {
  return (
    <table class="calendar">
      <caption>{words.calendar}</caption>
      <thead>
        <tr>
          {words.weekdays.map((day) => (
            <th scope="col">{day}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(schedule.shifts, view.now, view.timezone).map((week) => (
          <tr>
            {week.map((day) => (
              <td class={day.isToday ? 'today' : undefined} aria-current={day.isToday ? 'date' : undefined}>
                <DayParts view={view} words={words} schedule={schedule} day={day} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function DayParts({ view, words, schedule, day }: ScheduleProps & { day: Day }) {
  return (
    <>
      <span class="day">{day.name}</span>
      {day.parts.map(({ at, contacts }) => (
        <span class={contacts.length === 0 ? 'part gap' : 'part'} dir="auto">
          {at !== undefined && <time datetime={new Date(at).toISOString()}>{clockTime(at, view.timezone)}</time>}{' '}
          {namesIn(view, words, schedule, contacts)}
        </span>
      ))}
    </>
  )
}

const BAR = 100

function Load({ words, schedule: { load, contacts } }: Pick<ScheduleProps, 'words' | 'schedule'>) {
  const all = load.reduce((sum, { ms }) => sum + ms, 0)
  if (all === 0) return null
  return (
    <section class="load" aria-label={words.load}>
      <h3>{words.load}</h3>
      <ul>
        {load.map(({ contact, ms }) => (
          <li>
            <span dir="auto">{contacts[contact]?.name ?? contact}</span>
            <span class="quiet">{words.hours(Math.round(ms / 3_600_000), Math.round((100 * ms) / all))}</span>
            <svg viewBox={`0 0 ${BAR} 6`} preserveAspectRatio="none" aria-hidden="true">
              <rect class="nothing" width={BAR} height="6" />
              <rect class="part" width={Math.round((BAR * ms) / all)} height="6" />
            </svg>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Overrides({ view, words, schedule: { overrides } }: ScheduleProps) {
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
              {override.made === undefined ? words.written : words.made(override.made.by)}
              {override.start <= view.now && ` · ${words.now}`}
            </span>
          </li>
        ))}
      </ul>
      <p class="quiet">{words.how}</p>
    </section>
  )
}
