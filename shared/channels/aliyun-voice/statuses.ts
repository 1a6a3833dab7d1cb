import type { PlainFailureClass } from '../../contracts/failure.ts'
import type { CallEnd } from '../channel.ts'

/** While a call runs (VoiceCallReport): dialling and ringing, answered, a key, over. */
export const RUNNING = { rings: ['200101', '200201'], answered: '200102', key: '300000', over: '200100' }

/** Heard to the end, hung up early, and waited in vain for a key: a human is only who presses one. */
const ANSWERED = ['200000', '200001', '200008']

interface Ended {
  class: PlainFailureClass
  neverRang?: true
}

/** How a call that nobody answered has ended. The set is open: what it lacks is trouble of the line. */
const unanswered: Record<string, Ended> = {
  '200002': { class: 'line-busy' },
  '200003': { class: 'no-answer' },
  '200004': { class: 'bad-number', neverRang: true },
  '200005': { class: 'not-reachable' },
  '200007': { class: 'not-reachable' },
  '200010': { class: 'not-reachable' },
  '200011': { class: 'bad-number', neverRang: true },
  '200104': { class: 'not-allowed', neverRang: true },
  '200105': { class: 'line-blocked', neverRang: true },
  '200117': { class: 'not-allowed', neverRang: true },
  '200118': { class: 'not-at-this-hour', neverRang: true },
  '200119': { class: 'rate-limited', neverRang: true },
  '200121': { class: 'over-quota', neverRang: true },
  '473': { class: 'rate-limited', neverRang: true },
  '476': { class: 'no-such-sender', neverRang: true },
  '482': { class: 'not-reachable' },
  '9996': { class: 'line-trouble', neverRang: true },
}

/** Whether a status is one of a call that goes on. */
export function isRunning(status: string): boolean {
  return [...RUNNING.rings, RUNNING.answered, RUNNING.key].includes(status)
}

/**
 * How a call has ended by its final status (help.aliyun.com, "VoiceReport"). `spoke`: what else tells that somebody answered, for a
 * status that nobody has told us of. `vendor`: the route that placed it, where that is known.
 */
export function endBy(status: string, spoke: boolean, vendor?: string): CallEnd {
  const known = unanswered[status]
  if (ANSWERED.includes(status) || (known === undefined && spoke)) return { answered: true }
  const { class: kind, neverRang } = known ?? { class: 'line-trouble' as const }
  const failure = { class: kind, ...(vendor !== undefined && { vendor }), code: status }
  return { answered: false, failure, ...(neverRang ? { neverRang } : {}) }
}
