import type { Decision } from '../../contracts/machine.ts'
import type { Instant } from '../../contracts/words.ts'
import type { AckEnd } from '../ack-end.ts'
import type { IncidentReason } from '../decision-reason.ts'
import type { Change, Incident, IncidentEffect, IncidentEvent } from '../incident.ts'
import { acknowledge, LOST_STEP_MS, resolve, stepAt, unstarted } from '../life.ts'
import { mergedAs } from '../merging.ts'
import type { Action } from '../notice.ts'
import { pastOf } from '../past.ts'
import { type Duty, dutyAt, guardOf, isBefore, isInVain, isOurs, placedBy } from './duty.ts'
import { dutyLine, follow, paging, promises, takenOver } from './follow.ts'
import { endOfUnknown, waiting } from './opening.ts'
import {
  beganAt,
  isAfter,
  isEndBefore,
  isEndOf,
  isGuardsEnd,
  isLifeOf,
  isNextLife,
  isOutdated,
  isSameLife,
  mayBeOf,
} from './same-life.ts'
import { lastOfAll, withTakers } from './takers.ts'
import { wordsOf, wordTo } from './tell-peers.ts'

type News = Extract<IncidentEvent, { type: 'news' }>
type Decided = Decision<Incident, IncidentEffect, IncidentReason>

/**
 * Takes what another region says of its incident of this key. An older word than the last, or the same again, changes nothing. Nobody is
 * told here of what the other region tells.
 */
export function takeNews(known: Incident | undefined, news: News, now: Instant): Decided {
  const before = known && placedBy(known, news.place)
  if (before === undefined || before.status === 'resolved') return opened(before, news, now)
  if (isNext(before, news)) return reopened(before, news, now)
  const ours = heard(before, news)
  if (ours === undefined) return { state: before, outbox: [], reason: 'late or repeated word' }
  const { from, incident: theirs } = news
  const another: Decided = { state: before, outbox: [], reason: 'word of another life' }
  const only: Decided = { state: ours, outbox: [], reason: 'a word of another region' }
  switch (theirs.status) {
    case 'resolved': {
      const action = theirs.resolved ?? { at: now, via: 'system' as const }
      if (!endsOurs(before, news, action)) return another
      return ended(ours, news, action, resolve(withEndOf(ours, theirs), action, now), 'over elsewhere')
    }
    case 'acknowledged': {
      const action = theirs.acknowledged ?? { at: now, via: 'system' as const }
      if (isTakenSince(before, action) || knowsOf(before, theirs)) return only
      if (!endsOurs(before, news, action)) return another
      const taken = acknowledge(ours, action, now, undefined, endHere(ours, theirs))
      return ended(ours, news, action, taken, 'taken elsewhere')
    }
    case 'open':
      if (before.status === 'open') {
        const known = isLifeOf(ours, { generation: theirs.generation, region: from }) ? withTakers(ours, theirs) : ours
        const last = lastOfAll(known)
        if (last !== undefined) return { ...whole(known, last, now), reason: 'taken elsewhere' }
        return paged(known, theirs, from, now)
      }
      if (knowsOf(theirs, before)) return paged(lapsed(ours, theirs), theirs, from, now)
      // Our word came before they knew what it was about: now they can tell.
      return { ...only, outbox: [wordTo(from, ours)] }
  }
}

/** Whether an incident is opened by what another region says of its own. */
export function opensByNews(before: Incident | undefined, news: News): boolean {
  const { from, incident: theirs } = news
  if (theirs.status === 'resolved') return false
  if (before === undefined) return true
  if (isOutdated(before, theirs, from)) return false
  if (before.status !== 'resolved') return isNext(before, news)
  return before.generation === 0 || isAfter(before, theirs, from)
}

function isNext(before: Incident, { from, incident: theirs }: News): boolean {
  return theirs.status !== 'resolved' && isNextLife(before, theirs, from)
}

/** Here the former life still goes on: its end, and the new beginning, are on their way, or were lost. */
function reopened(before: Incident, news: News, now: Instant): Decided {
  const at = Math.min(news.incident.openedAt, now)
  const ended = resolve(before, { at, via: 'system' }, now)
  const { state, outbox, reason } = begunBy(ended.incident, news, now)
  return { state, outbox: [...quietly(ended, 'over elsewhere').outbox, ...outbox], reason }
}

function opened(before: Incident | undefined, news: News, now: Instant): Decided {
  return opensByNews(before, news) ? begunBy(before, news, now) : over(before, news, now)
}

function begunBy(before: Incident | undefined, news: News, now: Instant): Decided {
  const { from, incident: theirs, number, place } = news
  if (number === undefined) throw new Error('What another region pages needs a number here')
  const { duty: _, acknowledged: __, ackEnd: ___, mergedInto: ____, ...said } = theirs
  const incident: Incident = {
    ...said,
    ...mergedAs(theirs, {}, from),
    generation: (before?.generation ?? 0) + 1,
    number,
    step: (before?.step ?? 0) + 1,
    // What our own queue brings of a life before is late, and ends nothing, whether we have heard of that one or not.
    lastAlertAt: Math.max((before?.lastAlertAt ?? 0) + 1, beganAt(theirs)),
    openedAt: Math.min(theirs.openedAt, now),
    lastAlert: { source: theirs.source },
    escalation: unstarted('starting', now + LOST_STEP_MS),
    duty: dutyAt(place, before?.duty?.heard),
  }
  const ours = heard(incident, news) ?? incident
  const { incident: next, effects } = begun(ours, theirs, news, now)
  return {
    state: next,
    outbox: [
      ...effects,
      ...pastOf(before, now),
      { type: 'number', number, generation: next.generation },
      // What was taken before we heard of it began before that, too.
      { type: 'timeline', entry: openedLine(next, Math.min(now, theirs.acknowledged?.at ?? now)) },
    ],
    reason: 'opened by another region',
  }
}

/** What somebody has closed here, and pages there all the same, is said once more: they know by now what it is about. */
function over(before: Incident | undefined, news: News, now: Instant): Decided {
  const { from, incident: theirs, place } = news
  if (theirs.status === 'resolved')
    return { state: overThere(before, news, now), outbox: [], reason: 'nothing that goes on' }
  if (before !== undefined && isOutdated(before, theirs, from))
    return { state: before, outbox: [], reason: 'late or repeated word' }
  const closed = before?.resolved?.by === undefined || theirs.status !== 'open' ? undefined : before.resolved
  if (before === undefined || closed === undefined || !isEndOf(theirs, before, place.own, closed))
    return { state: before, outbox: [], reason: 'nothing that goes on' }
  return { state: before, outbox: [wordTo(from, before)], reason: 'over here' }
}

/** The end of a life that is not known here is kept: what was said of it before may come after, and is to open nothing. */
function overThere(before: Incident | undefined, news: News, now: Instant): Incident | undefined {
  const { from, incident: theirs, place } = news
  const last = before?.duty?.heard[from]
  if (last?.generation === theirs.generation && last.life !== undefined) return before
  const ours = before ?? endOfUnknown(theirs, place, now)
  return heard(ours, news, isSameLife(ours, theirs, from)) ?? before
}

/** What somebody has there already is not paged here either. */
function begun(ours: Incident, theirs: Incident, { from, place }: News, now: Instant): Change {
  const isTheirs = theirs.duty?.pages === from
  if (theirs.status === 'open') return isTheirs ? follow(ours, theirs, from, now) : waiting(ours, place, now)
  const taken = { ...ours, status: 'open' as const }
  const action = theirs.acknowledged ?? { at: now, via: 'system' as const }
  const { incident, effects } = acknowledge(taken, action, now, undefined, endHere(ours, theirs))
  return { incident, effects: effects.filter(({ type }) => type !== 'notice') }
}

function openedLine({ generation, severity, summary, fact, source }: Incident, at: Instant) {
  return { at, generation, kind: 'opened' as const, severity, summary, ...(fact && { fact }), source }
}

/** What is open here and there. */
function paged(ours: Incident, theirs: Incident, from: string, now: Instant): Decided {
  const only: Decided = { state: ours, outbox: [], reason: 'a word of another region' }
  const { duty } = ours
  if (duty === undefined) return only
  // What nobody has any more, as is known there, has no step here.
  const isIdle = ours.escalation.phase === 'over'
  // What has not begun here is theirs that page it already.
  const isSame = isLifeOf(ours, { generation: theirs.generation, region: from })
  if (isOurs(ours) && isSame && isUnbegun(ours) && isBegun(theirs) && promises(theirs, from, ours, now))
    return pagedThere(ours, theirs, from, now)
  // Both page it: the one that stands behind lets its phones ring, calls nobody again, and asks at its next step.
  if (isOurs(ours) && !isIdle)
    return isBefore(from, duty) && promises(theirs, from, ours, now) ? { ...only, state: callingOnce(ours) } : only
  if (theirs.duty === undefined) return only
  const { pages, muteAt } = theirs.duty
  // Who can ring nobody says so to all: one of them pages it beside, and each other one guards that.
  const isBeside = pages === from && isInVain(theirs, duty, now) && duty.pages !== from
  if (isBeside && !isIdle) return only
  if (pages === from || (isIdle && pages !== duty.own)) return pagedThere(ours, theirs, pages, now)
  if (!isIdle && (pages !== duty.own || duty.pages !== from)) return only
  // What was handed on from here, and not back, they do not know yet to be theirs.
  if (duty.handed && !theirs.duty.handed && !isIdle) return only
  // Each guards it for the other, since they do not know the same of duty yet: one of them goes on with it, though both may ask at once.
  if (!theirs.duty.handed && !isIdle && duty.order.indexOf(from) < duty.order.indexOf(duty.own)) return only
  const { incident } = follow(ours, theirs, from, now)
  const isMute = muteAt !== undefined
  const begins = { ...incident, escalation: { ...incident.escalation, deadlineAt: now + LOST_STEP_MS } }
  const next = takenOver(begins, isMute ? 'mute' : undefined)
  const outbox = [stepAt(next, now), ...(isMute ? [dutyLine(next, from, 'mute', now)] : [])]
  return { state: next, outbox, reason: 'handed back' }
}

function pagedThere(ours: Incident, theirs: Incident, from: string, now: Instant): Decided {
  const { incident, effects } = follow(ours, theirs, from, now)
  return { state: incident, outbox: effects, reason: 'paged elsewhere' }
}

/** Whether nobody has been called about it since it opened. */
function isUnbegun({ escalation: { phase, reached }, lapse, outgrown }: Incident): boolean {
  return phase === 'starting' && reached === undefined && lapse === undefined && outgrown === undefined
}

function isBegun({ escalation: { phase } }: Incident): boolean {
  return phase === 'layer' || phase === 'next' || phase === 'exhausted'
}

/** An incident whose layer calls nobody a second time. */
function callingOnce(incident: Incident): Incident {
  return { ...incident, escalation: { ...incident.escalation, calls: 1 } }
}

/** The incident that knows how far the other region was heard; undefined: no further than before. */
function heard(
  ours: Incident,
  { from, incident: theirs, place }: News,
  isOurs = mayBeOf(ours, theirs, from),
): Incident | undefined {
  // One that was open before there were several regions is paged here.
  const duty: Duty = ours.duty ?? paging(dutyAt(place), place.own)
  const last = duty.heard[from]
  const { generation, step, resolved } = theirs
  const isKnown = last?.generation === generation && last.life !== undefined
  // The same word again may say more, as long as it is not known what it is about.
  if (isOutdated(ours, theirs, from) || (isKnown && last.step === step)) return undefined
  const life = isKnown ? last.life : isOurs ? ours.generation : undefined
  const now = {
    generation,
    step,
    ...(life !== undefined && { life }),
    since: theirs.openedAt,
    ...(life === undefined && resolved && { over: endOf(resolved) }),
  }
  return { ...ours, duty: { ...duty, heard: { ...duty.heard, [from]: now } } }
}

function endOf({ at, by }: Action): Pick<Action, 'at' | 'by'> {
  return { at, ...(by && { by }) }
}

/** Whether an incident is taken no earlier than that: whoever takes it once more, or for longer, does so later. */
function isTakenSince({ status, acknowledged }: Incident, { at }: Action): boolean {
  return status === 'acknowledged' && acknowledged !== undefined && acknowledged.at >= at
}

/** Whether one region pages again what another has as taken: it knows of that, or of what was done later. */
function knowsOf({ lapse, outgrown }: Incident, { acknowledged }: Incident): boolean {
  const last = lapse?.action ?? outgrown?.action
  return acknowledged !== undefined && last !== undefined && last.at >= acknowledged.at
}

/** What all have taken by now, some of them elsewhere: nobody has told of that yet, nor may any other region know of it. */
function whole(incident: Incident, action: Action, now: Instant): Omit<Decided, 'reason'> {
  const change = acknowledge(incident, action, now)
  return { state: change.incident, outbox: [...change.effects, ...wordsOf(change.incident)] }
}

/** What nobody has any more, as the region that found so has it. */
function lapsed(ours: Incident, { lapse, outgrown, takers }: Incident): Incident {
  const { acknowledged: _, ackEnd: __, takers: ___, ...rest } = ours
  return {
    ...rest,
    status: 'open',
    ...(takers && { takers }),
    ...(lapse && { lapse }),
    ...(outgrown && { outgrown }),
  }
}

/** When an acknowledgement ends whoever pages says so first. */
function endHere(ours: Incident, { ackEnd }: Incident): AckEnd | undefined {
  if (ackEnd === undefined || isOurs(ours) || ours.duty === undefined) return ackEnd
  const { remindAt: _, ...end } = ackEnd
  return { ...end, at: end.at + guardOf(ours.duty) }
}

function endsOurs(ours: Incident, { from, incident: theirs }: News, action: Action): boolean {
  if (!isEndOf(ours, theirs, from, action)) return false
  return !isGuardsEnd(theirs, from, action) || !isEndBefore(ours, theirs, action)
}

/** What an end there is here: whoever pages tells of what only an alert has brought to a region that guards. */
function ended(ours: Incident, news: News, action: Action, change: Change, reason: IncidentReason): Decided {
  const isUntold = isOurs(ours) && isGuardsEnd(news.incident, news.from, action)
  return isUntold ? { state: change.incident, outbox: change.effects, reason } : quietly(change, reason)
}

/** What an end there says that it has brought, as ours would. */
function withEndOf(ours: Incident, { sightings, neverBack }: Incident): Incident {
  return { ...ours, ...(sightings && { sightings }), ...(neverBack && { neverBack }) }
}

/** Without what is told: the other region tells it. */
function quietly({ incident, effects }: Change, reason: IncidentReason): Decided {
  return { state: incident, outbox: effects.filter(({ type }) => type !== 'notice'), reason }
}
