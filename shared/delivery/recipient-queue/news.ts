import { inFairOrder } from '../../contracts/fair-order.ts'
import type { Incident } from '../../incidents/incident.ts'
import { isOfHeld, ofKind } from '../../incidents/notice-kinds.ts'
import { formatReference } from '../../incidents/reference.ts'
import { escalatedAs } from '../../incidents/severity.ts'
import { isMoot } from '../moot.ts'
import type { WaitingNotice } from './queue.ts'

/** What a recipient is to be told of one incident. */
export interface News {
  incident: Incident
  /** The one that stands for all of them: it is told as the incident is now. */
  notice: WaitingNotice
  /** In the order in which it happened. */
  effects: WaitingNotice[]
}

/** What is still news of the notices that wait, and what is overtaken. */
export interface Sorted {
  news: News[]
  over: WaitingNotice[]
}

/**
 * What is still news of the notices that wait, one entry per incident. Exhaustion comes first, then the severest; among equals each
 * project has its turn, the oldest incident first. `incidents` are as they are now. Pure.
 */
export function newsOf(waiting: WaitingNotice[], incidents: Incident[]): Sorted {
  const known = new Map(incidents.map((incident) => [formatReference(incident), incident]))
  const fresh = new Map<Incident, WaitingNotice[]>()
  const over: WaitingNotice[] = []
  for (const effect of waiting) {
    const incident = known.get(effect.incident)
    if (incident === undefined || isMoot(effect, incident)) over.push(effect)
    else fresh.set(incident, [...(fresh.get(incident) ?? []), effect])
  }
  const news = [...fresh].map(([incident, effects]): News => ({ incident, effects, notice: noticeToSend(effects) }))
  return { news: inOrder(news), over }
}

/**
 * That nobody answers is never passed over, and who has not heard of the incident yet is told of it, not of what became of it. That a
 * phone can't be called yet is said where others are said to be called.
 */
function noticeToSend(effects: WaitingNotice[]): WaitingNotice {
  const last = (kind: WaitingNotice['kind']) => effects.findLast((effect) => effect.kind === kind)
  const newest =
    last('exhausted') ??
    last('opened') ??
    effects.findLast(({ kind }) => isOfHeld(kind)) ??
    effects.findLast(({ kind }) => kind !== 'unplaced') ??
    effects[0]
  if (newest === undefined) throw new Error('No news without a notice')
  return newest
}

function inOrder(news: News[]): News[] {
  const oldestFirst = news.toSorted((a, b) => a.incident.openedAt - b.incident.openedAt)
  return inFairOrder(oldestFirst, ({ incident, notice }) => ({
    project: incident.project,
    severity: escalatedAs(incident),
    first: notice.kind === 'exhausted',
  }))
}

/**
 * What each text to a person tells. A text is one sentence of the worst that counts the others with it: what is over is another sentence,
 * and so is what a vendor took in no common one. Pure.
 */
export function sentencesOf(news: News[]): News[][] {
  const isAlone = ({ effects }: News) => effects.some(({ alone }) => alone)
  const isOver = ({ notice }: News) => ofKind(notice.kind).leaves === 'over'
  const together = news.filter((one) => !isAlone(one))
  const goesOn = together.filter((one) => !isOver(one))
  const alone = news.filter(isAlone).map((one) => [one])
  return [goesOn, together.filter(isOver), ...alone].filter(({ length }) => length > 0)
}
