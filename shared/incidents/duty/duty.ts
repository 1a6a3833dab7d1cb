import type { Instant } from '../../contracts/words.ts'
import type { Action } from '../notice.ts'

/** Where this region stands among the regions of its deployment. */
export interface Place {
  own: string
  /** All of them: the first pages, and each other one guards what those before it page. */
  order: string[]
  /** A region's word may be so late before another one asks, ms; twice that for the third region, and so on. */
  guardMs: number
  /** Who has taken duty by hand: it stands before all others for now. */
  first?: string
  /** When somebody last took or released it, or that was over; absent: it has always gone by the order. */
  changedAt?: Instant
}

/**
 * Why a region pages what another one should: that is silent, does not work on what it takes, can ring nobody, does not page it, is no more; or
 * by hand.
 */
export type TakeOver = 'silent' | 'faulty' | 'mute' | 'unpaged' | 'alone' | 'taken'

/** Who of several regions pages an incident, as this region knows it. Absent where there is one region alone. */
export interface Duty extends Omit<Place, 'changedAt'> {
  pages: string
  /** Of what this region has taken over. */
  why?: TakeOver
  /** The newest word of each other region. */
  heard: Record<string, Heard>
  /** A region before this one was well, and did not page it: it has been waited for. */
  waited?: true
  /** This region has paged it, and handed it to the one that pages it now. */
  handed?: true
  /** When it was found that no voice route here rings anybody for it: it was handed on, or nobody could take it; absent once one has. */
  muteAt?: Instant
  /** Where that was, of what nobody could take: whoever pages it beside begins there, or after it where somebody may have been rung. */
  muteIn?: { round: number; layer: number; isPassed?: true }
}

/** How far a region was heard: which of its generations is which of ours. */
export interface Heard {
  generation: number
  step: number
  /** Our own generation; absent: theirs had begun long before, and may be the one before that. */
  life?: number
  /** When it began there. */
  since?: Instant
  /** How it ended there, where it is none of ours. */
  over?: Pick<Action, 'at' | 'by'>
}

/** Whether a region that pages an incident can ring nobody for it, as it says, where this one has not just found that of itself. */
export function isInVain({ duty }: { duty?: Duty }, ours: Duty | undefined, now: Instant): boolean {
  if (duty?.muteAt === undefined || duty.pages === ours?.own) return false
  return now - (ours?.muteAt ?? Number.NEGATIVE_INFINITY) >= HAND_BACK_MS
}

/** An incident of which it is no longer known that nobody can be rung for it here. */
export function unmuted<I extends { duty?: Duty }>(incident: I): I {
  if (incident.duty?.muteAt === undefined) return incident
  const { muteAt: _, muteIn: __, ...duty } = incident.duty
  return { ...incident, duty }
}

/** What a region says of itself, and of one incident, when it is asked. */
export interface Answer<Incident> {
  from: string
  /** What came to its queues lately has been worked on. */
  isWell: boolean
  /** For so long without a gap, ms. */
  wellForMs: number
  /** As it knows it. */
  incident?: Incident
}

/** A duty at the beginning of an incident: the first region pages it. `heard`: what is known of earlier generations. */
export function dutyAt({ changedAt: _, ...place }: Place, heard: Duty['heard'] = {}): Duty {
  return { ...place, pages: firstOf(place), heard }
}

/** The regions in the order in which they page now. */
function orderOf({ order, first }: Pick<Place, 'order' | 'first'>): string[] {
  return first === undefined ? order : [first, ...order.filter((region) => region !== first)]
}

/** The region that pages what begins now. */
export function firstOf(place: Pick<Place, 'own' | 'order' | 'first'>): string {
  return orderOf(place)[0] ?? place.own
}

/** An incident as it stands since somebody has taken or released duty by hand. */
export function placedBy<I extends { duty?: Duty }>(incident: I, { first }: Place): I {
  const { duty } = incident
  if (duty === undefined || duty.first === first) return incident
  const { first: _, ...rest } = duty
  return { ...incident, duty: { ...rest, ...(first !== undefined && { first }) } }
}

/** Whether this region is the one that pages an incident. */
export function isOurs({ duty }: { duty?: Duty }): boolean {
  return duty === undefined || duty.pages === duty.own
}

/** How long this region waits for the word of another one, ms. */
export function guardOf(place: Place): number {
  return place.guardMs * Math.max(1, orderOf(place).indexOf(place.own))
}

/** Whether a region stands before this one. */
export function isBefore(region: string, place: Place): boolean {
  const order = orderOf(place)
  const index = order.indexOf(region)
  return index >= 0 && index < order.indexOf(place.own)
}

/** Every other region. */
export function othersOf({ own, order }: Pick<Place, 'own' | 'order'>): string[] {
  return order.filter((region) => region !== own)
}

/** When a step is so late that this region has perhaps been asleep: others are asked before it pages anybody, ms. */
export const ASLEEP_MS = 120_000

/** Two regions' clocks may differ by so much: what is closer together than this has no order. */
export const CLOCKS_MS = 60_000

/** When a region that was well has been on time for so long it pages again. */
export const HAND_BACK_MS = 300_000

/** A region that is well, and so late with its own step, does not page that incident. */
export const OVERDUE_MS = 180_000

/** The end of a wait for a word that was promised for a time. */
export function guardedUntil(promised: Instant, now: Instant, place: Place): Instant {
  return Math.max(promised, now) + guardOf(place)
}
