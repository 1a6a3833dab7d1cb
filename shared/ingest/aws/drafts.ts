import type { Severity } from '../../contracts/words.ts'
import type { Draft } from '../format.ts'
import type { Outcome } from './outcomes.ts'

/** What AWS tells of a thing, by what it is known while it goes on and by what it is known as told; `severity` as AWS says it. */
interface Telling {
  goingOn: string
  once: string
  severity: Severity | undefined
  draft: Omit<Draft, 'action' | 'dedupKey' | 'severity' | 'once'>
}

/** The alert that an outcome makes of it. What is told once has a key of its own, so that it changes nothing that goes on. */
export function draftsOf(outcome: Outcome, { goingOn, once, severity, draft }: Telling): Draft[] {
  if (outcome === 'nothing') return []
  if (outcome === 'over') return [{ ...draft, action: 'resolve', dedupKey: goingOn }]
  if (outcome === 'notice')
    return [{ ...draft, action: 'trigger', dedupKey: once, severity: severity ?? 'info', once: true }]
  return [{ ...draft, action: 'trigger', dedupKey: goingOn, severity: outcome }]
}
