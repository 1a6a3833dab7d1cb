import type { Severity } from '../../contracts/words.ts'
import type { Draft } from '../format.ts'
import type { Outcome } from './outcomes.ts'

/** What AWS tells of a thing. */
export interface EventNews {
  /** What becomes of it; absent: an alert as bad as `severity`, or the project's. */
  outcome: Outcome | undefined
  /** What it is known by while it goes on, and as told once. */
  keys: { goingOn: string; once: string }
  /** As AWS says it, where it does. */
  severity: Severity | undefined
  draft: Omit<Draft, 'action' | 'dedupKey' | 'severity' | 'once'>
}

/** The alert that becomes of it. What is told once has a key of its own, so that it changes nothing that goes on. */
export function draftsOf({ outcome, keys, severity, draft }: EventNews): Draft[] {
  if (outcome === 'nothing') return []
  if (outcome === 'over') return [{ ...draft, action: 'resolve', dedupKey: keys.goingOn }]
  if (outcome === 'notice') return [onceOf({ keys, severity, draft })]
  return [{ ...draft, action: 'trigger', dedupKey: keys.goingOn, severity: outcome ?? severity }]
}

/** The same as news that nothing follows from. */
export function onceOf({ keys, severity, draft }: Omit<EventNews, 'outcome'>): Draft {
  return { ...draft, action: 'trigger', dedupKey: keys.once, severity: severity ?? 'info', once: true }
}
