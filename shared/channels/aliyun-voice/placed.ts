import type { Call, Placed } from '../channel.ts'
import type { Answer } from './request.ts'

/** What the answer to a request for a call means. The vendor's own words may repeat the number: it is taken out. */
export function placedBy(answer: Answer, { phone }: Pick<Call, 'phone'>): Placed {
  if ('fields' in answer) {
    const { CallId } = answer.fields
    if (typeof CallId === 'string' && CallId !== '') return { status: 'placed', contactId: CallId }
    return { status: 'unknown', failure: { class: 'unreadable-answer', code: 'NoCallId' } }
  }
  const { failure } = answer
  const local = phone.replace(/^\+86/, '')
  const hidden = failure.said === undefined ? failure : { ...failure, said: failure.said.replaceAll(local, '…') }
  if (answer.status === 'retry') return { status: 'retry', afterMs: answer.afterMs, failure: hidden }
  return { status: answer.status === 'unknown' ? 'unknown' : 'refused', failure: hidden }
}
