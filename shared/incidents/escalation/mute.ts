import type { Failure, FailureClass } from '../../contracts/failure.ts'
import { type Attempt, isUnplaced } from '../attempt.ts'
import type { Incident } from '../incident.ts'

/**
 * Why a voice route rings nobody, whoever is to be called: its vendor, the way there and back, or our account or instance at it. What is of
 * one number, one person or one moment is none of these.
 */
const ofRoute: FailureClass[] = [
  ...(['unreachable', 'certificate', 'timeout', 'lost-answer', 'unreadable-answer', 'http-status'] as const),
  ...(['no-such-sender', 'sender-disabled', 'bad-credentials', 'not-allowed', 'our-address'] as const),
  ...(['no-service-in-region', 'no-balance', 'over-quota', 'not-configured', 'not-read'] as const),
]

/** Whether every call of a layer was refused for what is wrong with all routes of this region. */
export function ringsNobody(attempts: Attempt[]): boolean {
  return isMuteBy(attempts, ({ status }) => status === 'failed')
}

/** Whether they were, or still wait for such a route as the layer ends. */
export function rangNobody(attempts: Attempt[]): boolean {
  return isMuteBy(attempts, ({ status }) => status === 'failed' || isUnplaced(status))
}

/**
 * Whether the layer that is over, or whose time is up, has rung nobody for what is wrong with the routes of this region. A call whose answer
 * was lost, and of which no word has come since, has hardly rung.
 */
export function isMute({ escalation: { phase, attempts, isUnrung } }: Incident): boolean {
  if (phase === 'next') return isUnrung === true
  const isInVain = ({ status }: Attempt) => status === 'failed' || status === 'unknown' || isUnplaced(status)
  return phase === 'layer' && isMuteBy(attempts, isInVain)
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
