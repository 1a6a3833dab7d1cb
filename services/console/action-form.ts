import { parseDuration } from '../../shared/contracts/duration.ts'
import { isSnooze } from '../../shared/contracts/snooze.ts'
import type { Instant } from '../../shared/contracts/words.ts'
import { type Action, type ActionName, NOTE_CHARACTERS } from '../../shared/engine/console/action.ts'
import type { ConsoleWords } from '../../shared/messages/console/words.ts'

/** At most so many are taken at once. */
const MOST_AT_ONCE = 200

/** What a form asks for; `take-all` is an acknowledgement of several. */
export type FormAction = Action | { do: 'take-all'; numbers: number[] }

/**
 * What a form of an incident says that is to be done, as of `now` and in the zone of whoever sent it. Undefined: none that a page of ours
 * sends. `long`: a note that is none; `no-time`: until then nothing can be snoozed.
 */
export async function actionIn(
  form: URLSearchParams,
  { now, timezone }: { now: Instant; timezone: string },
): Promise<FormAction | 'long' | 'no-time' | undefined> {
  const asked = form.get('do') ?? ''
  const snooze = /^snooze-(\d\w*)$/.exec(asked)?.[1]
  if (snooze !== undefined) return snoozeFor(snooze)
  switch (asked) {
    case 'acknowledge':
    case 'give-back':
    case 'escalate':
    case 'silence':
    case 'end-silence':
    case 'split':
      return { do: asked }
    case 'resolve':
    case 'resolve-anyway':
      return { do: 'resolve', force: asked === 'resolve-anyway' }
    case 'snooze-until': {
      // Calendars are loaded for whoever asks for a time.
      const { instantMeant } = await import('../../shared/oncall/time-meant.ts')
      const ms = (instantMeant(form.get('until') ?? '', now, timezone) ?? 0) - now
      return isSnooze(ms) ? { do: 'snooze', ms } : 'no-time'
    }
    case 'escalate-layer':
      return numbered(form.get('layer'), (layer) => ({ do: 'escalate', layer }))
    case 'hand-over': {
      const to = form.getAll('to').filter(Boolean)
      return to.length === 0 ? undefined : { do: 'hand-over', to }
    }
    case 'hand-over-policy': {
      const policy = form.get('policy')
      return policy ? { do: 'hand-over', policy } : undefined
    }
    case 'merge':
      return numbered(form.get('into')?.replace('#', ''), (into) => ({ do: 'merge', into }))
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

function numbered(text: string | null | undefined, action: (number: number) => Action): Action | undefined {
  return /^\d{1,9}$/.test(text?.trim() ?? '') ? action(Number(text)) : undefined
}

function snoozeFor(text: string): Action | undefined {
  const ms = parseDuration(text)
  return ms !== undefined && isSnooze(ms) ? { do: 'snooze', ms } : undefined
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
  merge: 'merged',
  split: 'split',
  note: 'noted',
}
