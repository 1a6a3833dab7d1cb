import type { Instant } from '../../contracts/words.ts'
import type { IncidentReason } from '../decision-reason.ts'
import { stepDueAt } from '../due.ts'
import { CLOCK_DIFFERENCE_MS, endLayer, listenedUntil } from '../escalation/layer.ts'
import { isMute, rangNobody, ringsNobody } from '../escalation/mute.ts'
import type { Change, Escalation, FromPeers, Incident } from '../incident.ts'
import { stepAt } from '../life.ts'
import {
  type Answer,
  type Duty,
  guardedUntil,
  HAND_BACK_MS,
  isBefore,
  isInVain,
  isOurs,
  OVERDUE_MS,
  type TakeOver,
} from './duty.ts'
import { dutyLine, follow, paging, promises, reachedBefore, takenOver } from './follow.ts'

/** Whether a step may page here; if not, why it waits. */
export type Gated = Change & { waits?: IncidentReason }

/**
 * Decides whether a step pages here. Whoever guards an incident waits while the region that pages it is well, and takes it over
 * when that is not; whoever pages it in another's stead hands it back between two steps.
 */
export function gate(incident: Incident, { answers, isLate = false, isWell = true }: FromPeers, now: Instant): Gated {
  const { duty } = incident
  if (duty === undefined) return { incident, effects: [] }
  if (answers === undefined) return unasked(incident, now)
  const paging = answers.find((one) => isPaging(one, incident, now))
  const before = answers.filter(({ from }) => isBefore(from, duty))
  // Where watch rests in both, each looks as if it did not work on what it takes, and people would hear of each layer twice.
  const asUnwell = isWell
    ? undefined
    : (isOurs(incident) ? before : answers).find((one) => isPromised(one, incident, now))
  if (isOurs(incident)) {
    if (isInTheMiddle(incident, now)) return { incident, effects: [] }
    if (paging && (isLate || before.includes(paging))) return behind(incident, paging, now)
    if (asUnwell) return behind(incident, asUnwell, now)
    const healed = before.find(
      ({ isWell, wellForMs, incident: theirs }) =>
        isWell && wellForMs >= HAND_BACK_MS && theirs?.duty?.muteAt === undefined,
    )
    if (healed) return handTo(healed.from, duty.first === healed.from ? 'handed' : 'back', incident, now)
    const ringing = isMute(incident) ? answers.find((one) => mayRing(one, now)) : undefined
    return ringing === undefined ? stay(incident, now) : handTo(ringing.from, 'mute-here', incident, now)
  }
  const pager = paging ?? asUnwell
  if (pager) return behind(incident, pager, now)
  if (duty.first === duty.own) return takeOver(incident, 'taken', now)
  const mayPage = before.some((one) => one.isWell && !isMuteThere(one, incident, now))
  if (mayPage && !duty.waited) return waitOnce(incident, now)
  if (answers.some((one) => isMuteThere(one, incident, now))) return takeOver(incident, 'mute', now)
  const guarded = answers.filter(({ from }) => from === duty.pages || isBefore(from, duty))
  const isThere = guarded.some(({ isWell }) => isWell)
  return takeOver(incident, isThere ? 'unpaged' : guarded.length > 0 ? 'faulty' : 'silent', now)
}

/** Nobody is asked before its time, nor where this region stands alone by now. */
function unasked(incident: Incident, now: Instant): Gated {
  if (isOurs(incident)) return isInTheMiddle(incident, now) ? { incident, effects: [] } : stay(incident, now)
  const { phase, deadlineAt } = incident.escalation
  if (phase === 'guarded' && now < deadlineAt - CLOCK_DIFFERENCE_MS) return { incident, effects: [], waits: 'early' }
  return takeOver(incident, 'alone', now)
}

function isPaging({ from, isWell, incident }: Answer<Incident>, ours: Incident, now: Instant): boolean {
  if (!isWell || incident?.status !== 'open' || incident.duty?.pages !== from) return false
  return !isInVain(incident, ours.duty, now) && (stepDueAt(incident) ?? now) > now - OVERDUE_MS
}

/** Whether it pages it, and can ring nobody. */
function isMuteThere({ from, incident }: Answer<Incident>, ours: Incident, now: Instant): boolean {
  return incident?.status === 'open' && incident.duty?.pages === from && isInVain(incident, ours.duty, now)
}

/** Whether a region pages it by what it says, be it well or not. */
export function isPromised({ from, incident }: Answer<Incident>, ours: Incident, now: Instant): boolean {
  return incident !== undefined && promises(incident, from, ours, now)
}

/** Whether there is something to hope for from a region where we can ring nobody: one that could not either is asked again after a while. */
function mayRing({ isWell, incident }: Answer<Incident>, now: Instant): boolean {
  const { muteAt = Number.NEGATIVE_INFINITY } = incident?.duty ?? {}
  return isWell && now - muteAt >= HAND_BACK_MS
}

/** Whether a step has come before its time, or somebody listens: a phone may ring, or nobody is to be called yet. */
function isInTheMiddle(incident: Incident, now: Instant): boolean {
  const { phase, deadlineAt } = incident.escalation
  if (phase === 'starting' || phase === 'next' || (phase === 'layer' && ringsNobody(incident.escalation))) return false
  return now < deadlineAt - CLOCK_DIFFERENCE_MS || listenedUntil(incident, now) !== undefined
}

function behind(incident: Incident, { from, incident: theirs }: Answer<Incident>, now: Instant): Gated {
  if (theirs === undefined) return { incident, effects: [] }
  return { ...follow(incident, theirs, from, now), waits: 'paged elsewhere' }
}

/** It is well, and has been told of the incident by the question. */
function waitOnce(incident: Incident, now: Instant): Gated {
  const { duty } = incident
  if (duty === undefined) return { incident, effects: [] }
  const deadlineAt = guardedUntil(now, now, duty)
  const next: Incident = {
    ...incident,
    step: incident.step + 1,
    duty: { ...duty, waited: true },
    escalation: { ...incident.escalation, phase: 'guarded', deadlineAt },
  }
  return { incident: next, effects: [stepAt(next, deadlineAt)], waits: 'guarded' }
}

/** It goes on here, and its words say whether anybody can be rung: where nobody can, whoever hears them pages it beside. */
function stay(incident: Incident, now: Instant): Gated {
  const { duty, escalation } = incident
  if (duty === undefined || !isMute(incident)) return { incident, effects: [] }
  const { muteAt } = duty
  const next = {
    ...incident,
    duty: { ...duty, ...(muteAt === undefined && { muteAt: now, muteIn: placeOf(escalation) }) },
  }
  const isKnown =
    muteAt !== undefined || escalation.phase !== 'layer' || now >= escalation.deadlineAt - CLOCK_DIFFERENCE_MS
  return isKnown ? { incident: next, effects: [] } : saidAtOnce(next)
}

/** The layer that has rung nobody; it is passed where an answer was lost, and somebody may have been rung. */
function placeOf({ phase, round, layer, attempts }: Escalation): NonNullable<Duty['muteIn']> {
  const isPassed = phase === 'layer' && !rangNobody(attempts)
  return { round, layer, ...(isPassed && { isPassed }) }
}

/** The layer goes on under another number, which is a word. */
function saidAtOnce(incident: Incident): Gated {
  const next = { ...incident, step: incident.step + 1 }
  return { incident: next, effects: [stepAt(next, incident.escalation.deadlineAt)] }
}

function takeOver(incident: Incident, why: TakeOver, now: Instant): Gated {
  return { incident: takenOver(incident, why), effects: [dutyLine(incident, incident.duty?.pages ?? '', why, now)] }
}

/** Another region goes on with it between two steps: with the next layer, or the same one where nobody of it can have been rung. */
function handTo(to: string, why: 'back' | 'handed' | 'mute-here', incident: Incident, now: Instant): Gated {
  const isMuteHere = isMute(incident)
  const ended =
    incident.escalation.phase === 'layer'
      ? endLayer(incident, { code: isMuteHere ? 'unrung' : 'ack-timeout', args: {} }, now)
      : { incident, effects: [] }
  const { duty, escalation, step } = ended.incident
  if (duty === undefined) return ended
  const { isUnrung, lost: _, ...reached } = escalation
  const { muteIn: __, ...rest } = paging(duty, to)
  const deadlineAt = guardedUntil(now, now, duty)
  const next: Incident = {
    ...ended.incident,
    step: step + 1,
    duty: { ...rest, handed: true, ...(isMuteHere && { muteAt: now }) },
    escalation: {
      ...reached,
      phase: 'guarded',
      deadlineAt,
      attempts: [],
      ...(isUnrung && { reached: reachedBefore(escalation, escalation.layer) }),
      ...(escalation.phase === 'next' && !isUnrung && { isPassed: true as const }),
    },
  }
  return {
    incident: next,
    effects: [...ended.effects, stepAt(next, deadlineAt), dutyLine(next, to, why, now)],
    waits: isMuteHere ? 'handed on' : 'handed back',
  }
}
