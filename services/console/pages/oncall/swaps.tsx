import { NOTE_CHARACTERS } from '../../../../shared/contracts/override-limits.ts'
import type { ScheduleView } from '../../../../shared/engine/console/view-oncall.ts'
import { mayChange } from '../../../../shared/engine/overrides/may-change.ts'
import { overrideWords } from '../../../../shared/messages/console/overrides.ts'
import { swapWords } from '../../../../shared/messages/console/swaps.ts'
import { timeSeenFrom } from '../../../../shared/messages/times.ts'
import { isLeftHalf, type Swap, type Turn } from '../../../../shared/store/swaps.ts'
import type { View } from '../../view.ts'
import { Choice, Clock, type Draft } from './fields.tsx'

/** Whether somebody may answer a swap, and take it back. */
export type MayAnswer = (swap: Swap, answer: 'accepted' | 'declined' | 'withdrawn') => boolean

interface SwapsProps {
  view: View
  schedule: ScheduleView
  swaps: Swap[]
  mayAnswer: MayAnswer
}

/** What was asked for in a schedule, with its answer or the buttons that give one. */
export function Swaps({ view, schedule: { contacts }, swaps, mayAnswer }: SwapsProps) {
  if (swaps.length === 0) return null
  const say = swapWords[view.language]
  const nameOf = (id: string) => contacts[id]?.name ?? id
  return (
    <section aria-label={say.title}>
      <h3>{say.title}</h3>
      <SwapList view={view} swaps={swaps} nameOf={nameOf} mayAnswer={mayAnswer} />
    </section>
  )
}

interface OrphansProps extends Pick<SwapsProps, 'view' | 'swaps' | 'mayAnswer'> {
  /** Names by contact. */
  people: Record<string, string>
}

/** What was asked for in schedules that are gone: nobody can accept it any more, and it is to be taken back. */
export function Orphans({ view, swaps, people, mayAnswer }: OrphansProps) {
  if (swaps.length === 0) return null
  const say = swapWords[view.language]
  const may: MayAnswer = (swap, answer) => answer !== 'accepted' && mayAnswer(swap, answer)
  return (
    <article class="card schedule" aria-labelledby="gone">
      <h2 id="gone">{say.gone([...new Set(swaps.map(({ schedule }) => schedule))])}</h2>
      <SwapList view={view} swaps={swaps} nameOf={(id) => people[id] ?? id} mayAnswer={may} />
    </article>
  )
}

interface ListProps extends Pick<SwapsProps, 'view' | 'swaps' | 'mayAnswer'> {
  nameOf(contact: string): string
}

function SwapList({ view, swaps, nameOf, mayAnswer }: ListProps) {
  const say = swapWords[view.language]
  return (
    <ul class="list">
      {swaps.map((swap) => (
        <li>
          <span dir="auto">
            {say.asked(nameOf(swap.by), nameOf(swap.to), textOf(swap.mine), swap.yours && textOf(swap.yours))}
            {swap.note !== undefined && ` · ${swap.note}`}
          </span>
          <span class="quiet" dir="auto">
            {isLeftHalf(swap, view.now)
              ? say.unfinished(swap.accepting?.by ?? '')
              : swap.state === 'asked'
                ? say.open(timeSeenFrom(view.now, swap.until, view.timezone))
                : say.answered[swap.state](swap.answered?.by ?? '')}
          </span>
          {swap.state === 'asked' && <Answers view={view} swap={swap} mayAnswer={mayAnswer} />}
        </li>
      ))}
    </ul>
  )
}

function textOf({ from, to }: Turn): string {
  return `${from} – ${to}`
}

function Answers({ view, swap, mayAnswer }: Pick<SwapsProps, 'view' | 'mayAnswer'> & { swap: Swap }) {
  const say = swapWords[view.language]
  const buttons = [
    mayAnswer(swap, 'accepted') && (['accept', say.accept] as const),
    mayAnswer(swap, 'declined') && (['decline', say.decline] as const),
    mayAnswer(swap, 'withdrawn') && (['withdraw', say.withdraw] as const),
  ].filter((one) => one !== false)
  if (buttons.length === 0) return null
  return (
    <form method="post" action="/oncall" class="buttons">
      <input type="hidden" name="t" value={view.token('/oncall')} />
      <input type="hidden" name="id" value={swap.id} />
      {buttons.map(([name, text]) => (
        <button type="submit" name="do" value={name}>
          {text}
        </button>
      ))}
    </form>
  )
}

interface FormProps {
  view: View
  schedule: ScheduleView
  draft: Draft | undefined
  /** Everybody may ask for whom they are; who may more, for all. */
  mayAskForAll: boolean
}

/** Asks somebody to take a turn; nothing for who has no turn to give. */
export function SwapForm({ view, schedule, draft: written, mayAskForAll }: FormProps) {
  const all = Object.entries(schedule.contacts).map(([id, { name }]): [string, string] => [id, name])
  const own = mayAskForAll ? all : all.filter(([id]) => id === view.me)
  if (own.length === 0 || !mayChange(schedule.projects, view.mayAct)) return null
  const say = swapWords[view.language]
  const draft = written?.schedule === schedule.name && written.whom !== undefined ? written : undefined
  const [whose] = own.find(([id]) => id === view.me) ?? own[0] ?? ['']
  const [whom] = all.find(([id]) => id !== whose) ?? ['']
  const of = { place: schedule.name, draft: draft ?? { whose, whom } }
  return (
    <details class="others" id={`swap-${schedule.name}`} open={draft !== undefined}>
      <summary>{say.ask}</summary>
      <form method="post" action="/oncall" class="fields change" data-keep="">
        <input type="hidden" name="t" value={view.token('/oncall')} />
        <input type="hidden" name="schedule" value={schedule.name} />
        <p class="quiet">{say.how}</p>
        <Choice {...of} field="whose" label={say.by} choices={own} />
        <Choice {...of} field="whom" label={say.to} choices={all} />
        {(['mine', 'yours'] as const).map((which) => (
          <fieldset>
            <legend>{say[which]}</legend>
            <Clock {...of} field={`${which}From`} label={say.from} isNeeded={which === 'mine'} />
            <Clock {...of} field={`${which}To`} label={say.until} isNeeded={which === 'mine'} />
          </fieldset>
        ))}
        <p class="quiet">{overrideWords[view.language].zone(schedule.timezone)}</p>
        <label>
          {say.note} <input name="note" maxlength={NOTE_CHARACTERS} value={draft?.note} dir="auto" autocomplete="off" />
        </label>
        <div class="buttons">
          <button type="submit" name="do" value="ask">
            {say.send}
          </button>
        </div>
      </form>
    </details>
  )
}
