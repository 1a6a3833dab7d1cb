import type { Instant, VerdictWord } from '../contracts/words.ts'
import type { Incident } from './incident.ts'
import type { TimelineEntry } from './timeline-entry.ts'

/** One time that somebody was reached out to, or was to be. */
export type Outreach = Extract<TimelineEntry, { kind: 'call' | 'message' }>

/** How a check was seen from one vantage, run by run. */
export interface Series {
  vantage: string
  points: { at: Instant; outcome: VerdictWord; latencyMs: number }[]
}

/** How long it took, ms from its opening; absent: it never came to that. */
export interface Milestones {
  /** The first layer that reached people. */
  paged?: number
  /** The first call that rang, or message that was sent. */
  reached?: number
  acknowledged?: number
  resolved?: number
}

/** Who was told what and when, in its order: what became of each call and message in the end. */
export function outreachIn(entries: TimelineEntry[]): Outreach[] {
  const told: Outreach[] = []
  for (const entry of entries) {
    if (entry.kind !== 'call' && entry.kind !== 'message') continue
    const before = told.findLastIndex((one) => isSame(one, entry))
    const known = told[before]
    // It is told when it began, and as it ended; one that is no further than the one before is another.
    if (known === undefined || stageOf(entry) <= stageOf(known)) told.push(entry)
    else told[before] = { ...entry, at: known.at }
  }
  return told
}

function isSame(one: Outreach, other: Outreach): boolean {
  if (one.kind === 'call')
    return other.kind === 'call' && one.name === other.name && one.call === other.call && one.number === other.number
  return other.kind === 'message' && one.what === other.what && JSON.stringify(one.to) === JSON.stringify(other.to)
}

/** In the order in which calls and messages go through them; all else is an end. */
const course = ['requested', 'waiting', 'unknown', 'ringing', 'listening', 'sent']

function stageOf(told: Outreach): number {
  const stage = course.indexOf(told.kind === 'message' ? told.status : told.outcome)
  return stage < 0 ? course.length : stage
}

/** How long an incident took, as its history has it. */
export function milestonesOf({ openedAt }: Pick<Incident, 'openedAt'>, entries: TimelineEntry[]): Milestones {
  const after = (found: { at: Instant } | undefined) => found && Math.max(0, found.at - openedAt)
  const found: Record<keyof Milestones, number | undefined> = {
    paged: after(entries.find((one) => one.kind === 'layer' && one.names.length > 0)),
    reached: after(entries.find(hasReached)),
    acknowledged: after(entries.find(({ kind }) => kind === 'acknowledged')),
    resolved: after(entries.find(({ kind }) => kind === 'resolved')),
  }
  return Object.fromEntries(Object.entries(found).filter(([, ms]) => ms !== undefined))
}

function hasReached(entry: TimelineEntry): boolean {
  if (entry.kind === 'call')
    return ['ringing', 'listening', 'unanswered', 'busy', 'no-key', 'passed'].includes(entry.outcome)
  return entry.kind === 'message' && (entry.status === 'sent' || entry.status === 'arrived')
}
