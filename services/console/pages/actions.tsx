import { seenOf, silenceOf } from '../../../shared/engine/console/action.ts'
import { duration } from '../../../shared/messages/times.ts'
import type { View } from '../view.ts'
import type { Incident } from './pieces.tsx'

/** Who may be asked: the people and schedules of an incident's project. */
export interface People {
  /** Contacts by their ids: their names. */
  contacts: Record<string, string>
  /** Schedules, by which whoever is on call is meant. */
  schedules: string[]
  /** Policies by which it may be paged, its own first: whom their layers page. */
  policies: Record<string, string[][]>
}

/** For how long somebody who has it may want to hear nothing, ms. */
const SNOOZES = [1_800_000, 7_200_000, 28_800_000]

/** What a form of an incident carries beside what is pressed; `back` is where it leads to. */
export function Hidden({ view, incident, back }: { view: View; incident: Incident; back: string }) {
  return (
    <>
      <input type="hidden" name="t" value={view.token(pathOf(incident))} />
      <input type="hidden" name="seen" value={seenOf(incident)} />
      <input type="hidden" name="back" value={back} />
    </>
  )
}

export function pathOf({ number }: Pick<Incident, 'number'>): string {
  return `/incidents/${number}`
}

/** The one large button; the name of who presses it where that is known. */
export function Acknowledge(props: { view: View; incident: Incident; people: People; back: string }) {
  const { view, incident, people, back } = props
  if (incident.status !== 'open' || !view.mayAct(incident.project)) return null
  const name = view.me === undefined ? undefined : people.contacts[view.me]
  return (
    <form method="post" action={pathOf(incident)} class="acknowledge">
      <Hidden view={view} incident={incident} back={back} />
      <button type="submit" class="primary" name="do" value="acknowledge">
        {name === undefined ? view.say.acknowledge : view.say.acknowledgeAs(name)}
      </button>
    </form>
  )
}

/** By what something that was just done is taken back. */
const undoing: Record<string, string> = {
  acknowledged: 'give-back',
  snoozed: 'give-back',
  silenced: 'end-silence',
}

/** Takes back what was just done, while it stands: nobody is asked whether they are sure beforehand. */
export function Undo(props: { view: View; incident: Incident; done: string; back: string }) {
  const { view, incident, done, back } = props
  const action = Object.hasOwn(undoing, done) ? undoing[done] : undefined
  const stands = action === 'give-back' ? incident.status === 'acknowledged' : silenceOf(incident) !== undefined
  if (action === undefined || !stands || !view.mayAct(incident.project)) return null
  return (
    <form method="post" action={pathOf(incident)} class="undo">
      <Hidden view={view} incident={incident} back={back} />
      <button type="submit" name="do" value={action}>
        {view.say.undo}
      </button>
    </form>
  )
}

/** Everything else that one may do to an incident that is not over; `children` stand below it. */
export function OtherActions(props: {
  view: View
  incident: Incident
  people: People
  back: string
  children?: unknown
}) {
  const { view, incident, people, back, children } = props
  const { say, language } = view
  const { status, number, project } = incident
  if (status === 'resolved' || !view.mayAct(project)) return null
  const isSilenced = silenceOf(incident) !== undefined
  return (
    <details class="others" id={`others-${number}`}>
      <summary>{say.others}</summary>
      <form method="post" action={pathOf(incident)}>
        <Hidden view={view} incident={incident} back={back} />
        <div class="buttons">
          {status === 'acknowledged' && <Press value="give-back" text={say.giveBack} />}
          {SNOOZES.map((ms) => (
            <Press value={`snooze-${ms / 60_000}m`} text={say.snooze(duration(ms, language))} />
          ))}
          <Press value="escalate" text={say.escalate} />
          {isSilenced ? (
            <Press value="end-silence" text={say.endSilence} />
          ) : (
            <Press value="silence" text={say.silence} />
          )}
          <Press value="resolve" text={say.resolve} />
        </div>
        <HandOver view={view} people={people} number={number} />
      </form>
      {children}
    </details>
  )
}

function Press({ value, text }: { value: string; text: string }) {
  return (
    <button type="submit" name="do" value={value}>
      {text}
    </button>
  )
}

function HandOver({ view, people, number }: { view: View; people: People; number: number }) {
  const { say } = view
  const names = [...Object.entries(people.contacts), ...people.schedules.map((name) => [name, name])]
  if (names.length === 0) return null
  return (
    <div class="hand-over">
      <label for={`to-${number}`}>{say.handOverTo}</label>
      <select name="to" id={`to-${number}`}>
        {names.map(([id, name]) => (
          <option value={id}>{name}</option>
        ))}
      </select>
      <button type="submit" name="do" value="hand-over">
        {say.handOver}
      </button>
    </div>
  )
}
