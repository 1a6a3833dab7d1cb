import { parseDuration } from '../../shared/contracts/duration.ts'
import { type Action, type ActionName, NOTE_CHARACTERS } from '../../shared/engine/console/action.ts'
import type { ConsoleWords } from '../../shared/messages/console.ts'

/** Longer is forgotten by everybody: a silence says what it is for, ms. */
const LONGEST_SNOOZE_MS = 7 * 86_400_000

/** At most so many are taken at once. */
const MOST_AT_ONCE = 200

/** What a form asks for; `take-all` is an acknowledgement of several. */
export type FormAction = Action | { do: 'take-all'; numbers: number[] }

/** What a form of an incident says that is to be done. Undefined: none that a page of ours sends. `long`: a note that is none. */
export function actionIn(form: URLSearchParams): FormAction | 'long' | undefined {
  const asked = form.get('do') ?? ''
  const snooze = /^snooze-(\w+)$/.exec(asked)?.[1]
  if (snooze !== undefined) return snoozeFor(snooze)
  switch (asked) {
    case 'acknowledge':
    case 'give-back':
    case 'escalate':
    case 'silence':
    case 'end-silence':
      return { do: asked }
    case 'resolve':
    case 'resolve-anyway':
      return { do: 'resolve', force: asked === 'resolve-anyway' }
    case 'hand-over': {
      const to = form.getAll('to').filter(Boolean)
      return to.length === 0 ? undefined : { do: 'hand-over', to }
    }
    case 'note':
      return noteOf((form.get('text') ?? '').trim())
    case 'take-all': {
      const numbers = form.getAll('all').map(Number).filter(Number.isSafeInteger)
      return numbers.length === 0 || numbers.length > MOST_AT_ONCE ? undefined : { do: 'take-all', numbers }
    }
    default:
      return undefined
  }
}

function snoozeFor(text: string): Action | undefined {
  const ms = parseDuration(text)
  return ms !== undefined && ms >= 60_000 && ms <= LONGEST_SNOOZE_MS ? { do: 'snooze', ms } : undefined
}

function noteOf(text: string): Action | 'long' {
  return text !== '' && text.length <= NOTE_CHARACTERS ? { do: 'note', text } : 'long'
}

/** What is said of an action that was done. */
export const doneWords: Record<ActionName, keyof ConsoleWords['result']> = {
  acknowledge: 'acknowledged',
  'give-back': 'given-back',
  snooze: 'snoozed',
  escalate: 'escalated',
  'hand-over': 'escalated',
  silence: 'silenced',
  'end-silence': 'silence-ended',
  resolve: 'resolved',
  note: 'noted',
}
