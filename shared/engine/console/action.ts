import type { Instant, VerdictWord } from '../../contracts/words.ts'
import type { Incident } from '../../incidents/incident.ts'
import type { PersonName, Via } from '../../incidents/notice.ts'

export type { PersonName }

/** A note is a line of the timeline, not a report. */
export const NOTE_CHARACTERS = 1024

/** What somebody who looks at an incident may do. */
export type Action =
  | { do: 'acknowledge' }
  | { do: 'give-back' }
  | { do: 'snooze'; ms: number }
  /** `layer` from 0; absent: the next one. */
  | { do: 'escalate'; layer?: number }
  /** People and schedules, or a policy by its key, or both; `layer` of what it is escalated by, from 0. */
  | { do: 'hand-over'; to?: string[]; policy?: string; layer?: number }
  /** `into`: the other one's number. */
  | { do: 'merge'; into: number }
  | { do: 'split' }
  | { do: 'silence' }
  | { do: 'end-silence' }
  /** `force`: though it still burns. */
  | { do: 'resolve'; force: boolean }
  | { do: 'note'; text: string }

export type ActionName = Action['do']

/** Who acts, and what they had seen of the incident: `seen` is what `seenOf` made of it then. */
export interface ActionRequest {
  number: number
  by: PersonName
  via: Extract<Via, 'console' | 'api' | 'reply'>
  seen?: string
  /** The same for every time that this comes: what goes on to the next layer, is given back or is noted, is so once. */
  once?: string
}

/**
 * What became of it. `late`: somebody was first. `changed`: it is not any more what was looked at, so nothing was done. `burning`: who
 * closes it silences what its check still sees. `over`: it is resolved. `unmoved`: it pages nobody now, so there is nobody next. `missed`:
 * regions that could not be told of a silence.
 */
export type Outcome =
  | { result: 'unknown' }
  | { result: 'done'; incident: Incident; missed?: string[] }
  | { result: 'late' | 'changed' | 'over' | 'unmoved'; incident: Incident }
  | { result: 'burning'; incident: Incident; check: string; verdict: VerdictWord; since: Instant }

/** What a form says of the incident that it was made for: other answers than these do not make it stale. */
export function seenOf({ generation, status, acknowledged, resolved, escalation }: Incident): string {
  const pause = escalation.phase === 'paused' ? (escalation.pause?.since ?? 0) : 0
  return [generation, status, acknowledged?.at ?? 0, resolved?.at ?? 0, pause].join('.')
}

/** Which silence keeps an incident from paging, by its id. */
export function silenceOf({ status, escalation: { phase, pause } }: Incident): string | undefined {
  if (status !== 'open' || phase !== 'paused' || pause?.cause.code !== 'silenced') return undefined
  return pause.cause.args.silence
}
