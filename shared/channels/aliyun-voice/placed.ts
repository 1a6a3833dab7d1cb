import type { Call, Placed } from '../channel.ts'
import { notPlaced } from '../voice/not-placed.ts'
import type { Answer } from './request.ts'

/** What the answer to a request for a call means. */
export function placedBy(answer: Answer, call: Pick<Call, 'phone'>): Placed {
  if ('fields' in answer) {
    const { CallId } = answer.fields
    if (typeof CallId === 'string' && CallId !== '') return { status: 'placed', contactId: CallId }
    return { status: 'unknown', failure: { class: 'unreadable-answer', code: 'NoCallId' } }
  }
  return notPlaced(answer, call)
}
