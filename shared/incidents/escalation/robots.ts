import type { Plan } from '../../oncall/plan.ts'
import { EVERYBODY, type Incident } from '../incident.ts'
import type { Recipient } from '../notice.ts'

/** The robots that hear of a layer: those of the first one, and those that layers up to it have brought in; in later rounds all. */
export function robotsAt(plan: Plan, round: number, layer: number): string[] {
  const begun = round > 0 || layer === EVERYBODY ? plan.layers : plan.layers.slice(0, layer + 1)
  return [...new Set([...plan.chat, ...begun.flatMap(({ chat = [] }) => chat)])]
}

/** Robots that have not been asked to tell of this incident yet, and those that have: their answer may still be under way. */
export function newsFor(robots: string[], incident: Incident): { news: Recipient[]; known: Recipient[] } {
  const told = incident.notified.flatMap((recipient) => ('chat' in recipient ? [recipient.chat] : []))
  const heard = new Set([...told, ...(incident.escalation.pending ?? [])])
  return {
    news: robots.filter((chat) => !heard.has(chat)).map((chat) => ({ chat })),
    known: robots.filter((chat) => heard.has(chat)).map((chat) => ({ chat })),
  }
}
