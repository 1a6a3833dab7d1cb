import type { Failure, FailureClass } from '../../contracts/failure.ts'
import { type Attempt, isUnplaced } from '../attempt.ts'
import type { Escalation, Incident } from '../incident.ts'

/**
 * Why a voice route rings nobody, whoever is to be called: its vendor, the way there and back, or our account or instance at it. What is of
 * one number, one person or one moment is none of these.
 */
const ofRoute: FailureClass[] = [
  ...(['unreachable', 'certificate', 'timeout', 'lost-answer', 'unreadable-answer', 'http-status'] as const),
  ...(['no-such-sender', 'sender-disabled', 'bad-credentials', 'not-allowed', 'our-address'] as const),
  ...(['no-service-in-region', 'no-balance', 'over-quota', 'not-configured', 'not-read'] as const),
  // Whoever asks dies where nothing answers, too.
  'crashed',
]

/** One lost answer is no dead route: so many in a row are, of one layer or of several. */
const LOST_CALLS = 2

/**
 * Whether every call of a layer was refused for what is wrong with all routes of this region, or was lost as those of the layer before: there
 * is nothing to wait for.
 */
export function ringsNobody({ attempts, lost = 0 }: Pick<Escalation, 'attempts' | 'lost'>): boolean {
  return isMuteBy(attempts, ({ status }) => status === 'failed' || (status === 'unknown' && lost > 0))
}

/** Whether they were refused, or still wait for such a route as the layer ends. */
export function rangNobody(attempts: Attempt[]): boolean {
  return isMuteBy(attempts, ({ status }) => status === 'failed' || isUnplaced(status))
}

/**
 * Whether the layer that is over, or whose time is up, has rung nobody for what is wrong with the routes of this region. A call whose answer
 * was lost, and of which no word has come since, has hardly rung; one of those alone may be a moment's.
 */
export function isMute({ escalation }: Incident): boolean {
  const { phase, attempts, isUnrung } = escalation
  if (phase === 'next') return isUnrung === true
  if (phase !== 'layer' || !isMuteBy(attempts, isInVain)) return false
  return attempts.some(isRefused) || (lostCalls(escalation) ?? 0) >= LOST_CALLS
}

/** Whether a layer has rung somebody: one that calls nobody says nothing of the routes. */
export function hasRung(attempts: Attempt[]): boolean {
  return attempts.some((one) => one.channel === 'phone' && !isInVain(one))
}

/** How many calls in a row were lost once this layer is over; undefined: none. */
export function lostCalls({ attempts, lost = 0 }: Pick<Escalation, 'attempts' | 'lost'>): number | undefined {
  const phones = attempts.filter(({ channel }) => channel === 'phone')
  if (phones.length > 0 && !isMuteBy(attempts, isInVain)) return undefined
  const count = lost + phones.filter(({ status }) => status === 'unknown').length
  return count > 0 ? count : undefined
}

function isInVain({ status }: Attempt): boolean {
  return status === 'failed' || status === 'unknown' || isUnplaced(status)
}

function isRefused({ channel, status }: Attempt): boolean {
  return channel === 'phone' && status !== 'unknown'
}

function isMuteBy(attempts: Attempt[], isInVain: (attempt: Attempt) => boolean): boolean {
  const phones = attempts.filter(({ channel }) => channel === 'phone')
  const isOfRoutes = (one: Attempt) => isInVain(one) && one.failure !== undefined && isRouteFault(one.failure)
  return phones.length > 0 && phones.every(isOfRoutes)
}

/** The next route is tried after a refusal: where several were, each has to be unwell. */
function isRouteFault(failure: Failure): boolean {
  return failure.class === 'routes-refused' ? failure.each.every(isRouteFault) : ofRoute.includes(failure.class)
}
