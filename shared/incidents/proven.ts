import { type PersonalReach, type Proof, proofs } from '../contracts/reach.ts'
import type { Instant } from '../contracts/words.ts'
import type { Recorded } from './report.ts'
import type { TimelineEntry } from './timeline-entry.ts'

/** When somebody was last reached by a channel, and what shows it. */
export interface Proven {
  at: Instant
  by: Proof
}

/** By the name that messages have for somebody: when each of their channels last worked. */
export function provenIn(recorded: Recorded[]): Map<string, Partial<Record<PersonalReach, Proven>>> {
  const people = new Map<string, Partial<Record<PersonalReach, Proven>>>()
  for (const { entries } of recorded)
    for (const entry of entries) {
      const found = proofOf(entry)
      if (found === undefined) continue
      const { name, channel, by } = found
      const known = people.get(name) ?? {}
      people.set(name, { ...known, [channel]: later(known[channel], { at: entry.at, by }) })
    }
  return people
}

function proofOf(entry: TimelineEntry): { name: string; channel: PersonalReach; by: Proof } | undefined {
  if (entry.kind === 'acknowledged' && entry.action.via === 'phone' && entry.action.by !== undefined)
    return { name: entry.action.by.name, channel: 'phone', by: entry.action.key === undefined ? 'answered' : 'key' }
  if (entry.kind === 'call') {
    const by = entry.outcome === 'passed' ? 'key' : entry.outcome === 'no-key' ? 'answered' : undefined
    return by && { name: entry.name, channel: 'phone', by }
  }
  if (entry.kind !== 'message' || 'chat' in entry.to || entry.to.name === undefined) return undefined
  const by = entry.status === 'arrived' || entry.status === 'sent' ? entry.status : undefined
  return by && { name: entry.to.name, channel: entry.to.channel, by }
}

/** The later one counts; within the minutes of one page the surer does. */
function later(known: Proven | undefined, found: Proven): Proven {
  if (known === undefined) return found
  if (Math.abs(found.at - known.at) > ONE_PAGE_MS) return found.at > known.at ? found : known
  return proofs.indexOf(found.by) <= proofs.indexOf(known.by) ? found : known
}

const ONE_PAGE_MS = 600_000
