import type { ScheduleView } from '../../../../shared/engine/console/view-oncall.ts'
import { type OnCallWords, onCallWords } from '../../../../shared/messages/console/oncall.ts'
import { clockTime } from '../../../../shared/messages/times.ts'
import type { Shift } from '../../../../shared/oncall/shifts.ts'
import type { Swap } from '../../../../shared/store/swaps.ts'
import type { View } from '../../view.ts'
import { Layout, type Notice, Time } from '../layout.tsx'
import { Changes, type ScheduleChange } from './changes.tsx'
import { type Day, weeksOf } from './days.ts'
import type { Draft } from './fields.tsx'
import { namesIn } from './names.ts'
import { OverrideForm } from './override-form.tsx'
import { Overrides } from './overrides.tsx'
import { type MayAnswer, Orphans, SwapForm, Swaps } from './swaps.tsx'

interface ScheduleProps {
  view: View
  words: OnCallWords
  schedule: ScheduleView
}

/** What the page says to whoever has sent a form of it. */
export interface OnCallAnswer {
  notice?: Notice
  /** What was written. */
  draft?: Draft
}

interface OnCallProps {
  view: View
  schedules: ScheduleView[]
  /** Who may be put on call: names by contact. */
  people: Record<string, string>
  /** Where a schedule's calendar is read, by its name. */
  feeds: Record<string, string>
  /** They may look at who can be reached. */
  hasReach: boolean
  notice: Notice | undefined
  draft: Draft | undefined
  /** By schedule: what a change would make of it, while it is shown so. */
  changes: Record<string, ScheduleChange>
  /** Of all schedules, those included that are not shown. */
  swaps: Swap[]
  /** Of these, those of schedules that are gone. */
  orphans: Swap[]
  mayAnswer: MayAnswer
  mayAskForAll: boolean
}

/** Who is on call by each schedule, who is next, and the weeks ahead. */
export function OnCallPage(props: OnCallProps) {
  const { view, schedules, people, feeds, hasReach, notice, draft, changes, mayAnswer, mayAskForAll } = props
  const swapsOf = (name: string) => props.swaps.filter(({ schedule }) => schedule === name)
  const words = onCallWords[view.language]
  return (
    <Layout
      view={view}
      title={view.say.pages.oncall}
      notice={notice}
      asks={draft !== undefined || notice?.tone === 'bad'}
    >
      <h1>{view.say.pages.oncall}</h1>
      {schedules.length === 0 && <p>{words.none}</p>}
      {schedules.map((schedule) => (
        <article class="card schedule" aria-labelledby={`schedule-${schedule.name}`}>
          <h2 id={`schedule-${schedule.name}`} dir="auto">
            {schedule.name}
          </h2>
          <Present view={view} words={words} schedule={schedule} />
          <Gaps view={view} words={words} schedule={schedule} />
          <Changes view={view} schedule={schedule} change={changes[schedule.name]} />
          <Calendar view={view} words={words} schedule={schedule} before={changes[schedule.name]?.before} />
          <Load words={words} schedule={schedule} />
          <Overrides view={view} words={words} schedule={schedule} />
          <Swaps view={view} schedule={schedule} swaps={swapsOf(schedule.name)} mayAnswer={mayAnswer} />
          <OverrideForm view={view} schedule={schedule} people={people} draft={draft} />
          <SwapForm view={view} schedule={schedule} draft={draft} mayAskForAll={mayAskForAll} />
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
      <Orphans view={view} swaps={props.orphans} people={people} mayAnswer={mayAnswer} />
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

function Present({ view, words, schedule }: ScheduleProps) {
  const { now, next, until } = schedule
  const [before, after] = words.until('\n').split('\n')
  return (
    <dl class="present">
      <div>
        <dt>{words.now}</dt>
        <dd class={now.length === 0 ? 'who gap' : 'who'} dir="auto">
          {namesIn(view, schedule, now)}
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
          {next.length === 0 ? words.nobodyElse : namesIn(view, schedule, next)}
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

function Calendar({ view, words, schedule, before }: ScheduleProps & { before: Shift[] | undefined }) {
  const now = before && weeksOf(before, view.now, view.timezone)
  const isChanged = (day: Day, week: number, index: number) =>
    now !== undefined && JSON.stringify(now[week]?.[index]?.parts) !== JSON.stringify(day.parts)
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
        {weeksOf(schedule.shifts, view.now, view.timezone).map((week, number) => (
          <tr>
            {week.map((day, index) => (
              <td
                class={
                  [day.isToday && 'today', isChanged(day, number, index) && 'changed'].filter(Boolean).join(' ') ||
                  undefined
                }
                aria-current={day.isToday ? 'date' : undefined}
              >
                <DayParts view={view} schedule={schedule} day={day} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function DayParts({ view, schedule, day }: Omit<ScheduleProps, 'words'> & { day: Day }) {
  return (
    <>
      <span class="day">{day.name}</span>
      {day.parts.map(({ at, contacts }) => (
        <span class={contacts.length === 0 ? 'part gap' : 'part'} dir="auto">
          {at !== undefined && <time datetime={new Date(at).toISOString()}>{clockTime(at, view.timezone)}</time>}{' '}
          {namesIn(view, schedule, contacts)}
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
