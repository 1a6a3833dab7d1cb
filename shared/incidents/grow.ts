import type { Instant } from '../contracts/words.ts'
import type { GroupFact } from './alert-group.ts'
import { isOurs } from './duty/duty.ts'
import type { Growth } from './growth.ts'
import type { Change, DatedAlert, Incident } from './incident.ts'
import { chatsOf } from './life.ts'
import { tell } from './notices.ts'
import { isBeyond } from './severity.ts'

/** When people are to hear of who has joined a group; undefined: nobody has. */
export function growthDueAt({ status, growth }: Incident): Instant | undefined {
  return status === 'resolved' ? undefined : growth?.dueAt
}

/**
 * The change that a trigger of a group makes, with what has joined by it: told at the next interval, or at once if it is worse and
 * pages nobody anew. What is yet to be told of at all lists them then.
 */
export function grown(change: Change, before: Incident | undefined, alert: DatedAlert, now: Instant): Change {
  const { gathersMs } = alert
  if (gathersMs === undefined) return change
  const { incident } = change
  const joined = joinedBy(alert.fact)
  const known = before?.growth ?? { joined, told: joined, at: now }
  // Since the last word of it nobody was open: they are all new.
  const told = known.told > joined ? 0 : known.told
  const waits = known.dueAt ?? nextOf(known.at, gathersMs, now)
  const growth: Growth = { joined, told, at: known.at, ...(joined > told ? { dueAt: waits } : {}) }
  if (before === undefined || isYetToBeTold(incident))
    return { ...change, incident: { ...incident, growth: { joined, told: joined, at: now } } }
  const next = { ...change, incident: { ...incident, growth } }
  if (growth.dueAt === undefined || !isBeyond(incident.severity, before)) return next
  const said = toldOf(next.incident, growth, now)
  return { incident: said.incident, effects: [...change.effects, ...said.effects] }
}

/** Tells the chat, in one message, of all that have joined since it heard last, once that is due. */
export function tellGrowth(incident: Incident, now: Instant): Change {
  const isDue = now >= (growthDueAt(incident) ?? Number.POSITIVE_INFINITY)
  return isDue && incident.growth ? toldOf(incident, incident.growth, now) : { incident, effects: [] }
}

function toldOf(incident: Incident, { joined, told }: Growth, now: Instant): Change {
  const next: Incident = { ...incident, growth: { joined, told: joined, at: now } }
  if (isYetToBeTold(incident)) return { incident: next, effects: [] }
  return { incident: next, effects: tell(next, 'grown', now, chatsOf(incident), { joined: joined - told }) }
}

/** The next of the times that begin at one and come again so often: what joins meanwhile waits for it together. */
function nextOf(from: Instant, everyMs: number, now: Instant): Instant {
  return from + everyMs * Math.max(1, Math.ceil((now - from) / everyMs))
}

/** A group of one says what that one says. */
function joinedBy(fact: DatedAlert['fact']): number {
  const code: GroupFact['code'] = 'alert-group'
  return fact?.code === code && typeof fact.args.joined === 'number' ? fact.args.joined : 1
}

/** Its next page lists all; or it is for others to tell. */
function isYetToBeTold(incident: Incident): boolean {
  const { phase } = incident.escalation
  const isBeforePage = phase === 'starting' || phase === 'paused' || phase === 'guarded'
  const isOfOthers = incident.mergedInto !== undefined || incident.heldUntil !== undefined
  return isBeforePage || isOfOthers || !isOurs(incident)
}
