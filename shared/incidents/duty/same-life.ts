import type { Instant } from '../../contracts/words.ts'
import type { Incident } from '../incident.ts'
import type { Action } from '../notice.ts'
import { CLOCKS_MS } from './duty.ts'

/** Whether two regions' incidents of one key are about the same trouble; `unknown`: neither has heard enough of the other. */
type Life = 'same' | 'other' | 'unknown'

/** Whether what another region says of its incident is about ours: by the links that either knows. */
function lifeOf(ours: Incident, theirs: Incident, from: string): Life {
  const heard = ours.duty?.heard[from]
  if (heard !== undefined && theirs.generation < heard.generation) return 'other'
  if (heard?.generation === theirs.generation && heard.life !== undefined)
    return heard.life === ours.generation ? 'same' : 'other'
  const link = theirs.duty?.heard[ours.duty?.own ?? '']
  if (link === undefined || link.life !== theirs.generation) return 'unknown'
  return link.generation === ours.generation ? 'same' : 'other'
}

/** Whether both are known to be about the same trouble. */
export function isSameLife(ours: Incident, theirs: Incident, from: string): boolean {
  return lifeOf(ours, theirs, from) === 'same'
}

/** Whether another region has said something later of its incident by now. */
export function isOutdated({ duty }: Incident, { generation, step }: Incident, from: string): boolean {
  const last = duty?.heard[from]
  if (last === undefined) return false
  return generation < last.generation || (generation === last.generation && step < last.step)
}

/**
 * Whether something that another region says has ended, or somebody has taken, is our trouble. What may be an earlier one ends nothing; what
 * began at the same time as ours is none, unless no hand but an alert has ended it before ours began.
 */
export function isEndOf(
  ours: Incident,
  theirs: Incident,
  from: string,
  { at, by }: Pick<Action, 'at' | 'by'>,
): boolean {
  const life = lifeOf(ours, theirs, from)
  if (life !== 'unknown') return life === 'same'
  if (at > beganAt(ours) + CLOCKS_MS) return true
  const isTogether = Math.abs(beganAt(theirs) - beganAt(ours)) <= CLOCKS_MS / 2
  return isTogether && (by !== undefined || at > beganAt(ours))
}

/** Whether an alert, and nobody by hand, has brought the end of what another region only guards: it has told nobody of that. */
export function isGuardsEnd({ duty }: Incident, from: string, { via, by }: Action): boolean {
  return duty?.pages !== from && by === undefined && (via === 'system' || via === 'removed' || via === 'api')
}

/** Whether that may be the end of a life before ours, which whoever guards both took for one, or ours was heard of again since. */
export function isEndBefore(ours: Incident, theirs: Incident, { at }: Action): boolean {
  return beganAt(theirs) < beganAt(ours) - CLOCKS_MS || at < ours.lastAlertAt - CLOCKS_MS
}

/** Whether another region's trouble has begun after ours was over. Where it is known to be a later life, clocks are not allowed for. */
export function isAfter(ours: Incident, theirs: Incident, from: string): boolean {
  const endedAt = ours.resolved?.at ?? ours.lastAlertAt
  if (isNextLife(ours, theirs, from)) return beganAt(theirs) > endedAt
  return lifeOf(ours, theirs, from) === 'unknown' && beganAt(theirs) > endedAt + CLOCKS_MS
}

/** Whether another region has begun a new life of what is still ours: by the links that either knows, the former one was. */
export function isNextLife(ours: Incident, theirs: Incident, from: string): boolean {
  const heard = ours.duty?.heard[from]
  if (heard?.life !== undefined) return heard.life === ours.generation && theirs.generation > heard.generation
  const link = theirs.duty?.heard[ours.duty?.own ?? '']
  return link?.life !== undefined && link.generation === ours.generation && link.life < theirs.generation
}

/**
 * Whether the first word of another region's life may be about ours: a queue brings words of a former life, too, and the end of that is not
 * to end this one.
 */
export function mayBeOf(ours: Incident, theirs: Incident, from: string): boolean {
  const life = lifeOf(ours, theirs, from)
  return life === 'same' || (life === 'unknown' && theirs.openedAt > ours.openedAt - CLOCKS_MS)
}

/** What a region has sent of its incident: of which life there, and when. */
export interface SentLife {
  generation: number
  region?: string
  at: Instant
}

/**
 * Whether what a region has sent of its incident is about this life of ours: by the link between them, or, while that has not been heard
 * of, by when it was sent.
 */
export function isOfThisLife(ours: Incident, sent: SentLife): boolean {
  const { region } = sent
  const { generation, duty } = ours
  if (region === undefined || duty === undefined || region === duty.own) return sent.generation === generation
  const heard = duty.heard[region]
  if (heard?.generation === sent.generation) return heard.life === generation
  return mayBeLater(ours, sent) && sent.at < (ours.resolved?.at ?? Number.POSITIVE_INFINITY) + CLOCKS_MS
}

/** Whether what another region has sent is of a life of its that this one has heard nothing of, and of no trouble before ours. */
export function mayBeLater(ours: Incident, { generation, region, at }: SentLife): boolean {
  const { duty } = ours
  if (region === undefined || duty === undefined || region === duty.own) return false
  const heard = duty.heard[region]
  return (heard === undefined || generation > heard.generation) && at > beganAt(ours) - CLOCKS_MS
}

/** Whether the life of a region's incident, by its generation there, is known to be this one of ours. */
export function isLifeOf({ generation, duty }: Incident, there: { generation: number; region?: string }): boolean {
  const { region } = there
  if (region === undefined || duty === undefined || region === duty.own) return there.generation === generation
  const heard = duty.heard[region]
  return heard?.generation === there.generation && heard.life === generation
}

/** When this life began, by the clock of whoever has heard of it. */
export function beganAt({ openedAt, heardAt }: Pick<Incident, 'openedAt' | 'heardAt'>): Instant {
  return heardAt ?? openedAt
}
