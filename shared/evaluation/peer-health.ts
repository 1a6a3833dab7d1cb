import type { Fact } from '../contracts/fact.ts'
import type { Decision, Machine } from '../contracts/machine.ts'
import type { Instant } from '../contracts/words.ts'
import { confirmed, UNKNOWN } from './confirmed.ts'
import type { OwnFact } from './own-fact.ts'
import {
  type PeerChange,
  type PeerEffect,
  type PeerRecord,
  type PeerSeen,
  type PeersEvent,
  type PeersState,
  type PeerTrouble,
  peersShape,
} from './peer-state.ts'
import { peerTroubles } from './peer-troubles.ts'

/** As of what fails over, unless its configuration says otherwise (`shared/config/failover-schema.ts`). */
const CONFIRM = { m: 2, n: 3 }

/** So many changes are kept. */
const MOST_CHANGES = 50

/**
 * Judges the other regions of a deployment: two of the last three looks say that one is well, or faulty, and people are told of each
 * trouble once, and once of its end. Who pages is not decided here: a guard that runs out asks by itself.
 */
export const peersMachine: Machine<PeersState, PeersEvent, PeerEffect> = { shape: peersShape, transition }

function transition(known: PeersState | undefined, seen: PeersEvent, now: Instant): Decision<PeersState, PeerEffect> {
  const before: PeersState = known ?? { regions: {}, history: [] }
  const outbox: PeerEffect[] = []
  const changes: PeerChange[] = []
  const regions = Object.fromEntries(
    Object.entries(seen).map(([region, one]) => {
      const was = before.regions[region] ?? { ...UNKNOWN, since: now, told: {} }
      const is = withSeen(was, one, now)
      if (is.is !== was.is) changes.push({ at: now, region, is: is.is, ...(is.fault && { why: is.fault }) })
      const { told, effects } = tell(region, is, now)
      outbox.push(...effects)
      return [region, { ...is, told }]
    }),
  )
  for (const [region, { told }] of Object.entries(before.regions))
    if (seen[region] === undefined)
      for (const trouble of Object.keys(told) as PeerTrouble[])
        outbox.push({
          type: 'alert',
          action: 'resolve',
          trouble,
          region,
          fact: { code: 'region-gone', args: { region } },
        })
  const state = { regions, history: [...changes, ...before.history].slice(0, MOST_CHANGES) }
  const isSame = known !== undefined && JSON.stringify(state) === JSON.stringify(known)
  const reason = changes.length > 0 ? 'changed' : isSame ? 'as before' : 'seen'
  return { state: isSame ? known : state, outbox, reason }
}

function withSeen({ since, otherVersion: ran, told, ...was }: PeerRecord, seen: PeerSeen, now: Instant): PeerRecord {
  // What goes on says other numbers each minute, and is written once.
  const fault = seen.fault?.code === was.fault?.code ? was.fault : seen.fault
  const is = confirmed(was, { found: seen.found, ...(fault && { fault }) }, CONFIRM, now)
  const runs = withVersion(ran, seen.otherVersion, now)
  return { ...is, since: is.is === was.is ? since : now, ...(runs && { otherVersion: runs }), told }
}

function withVersion(before: PeerRecord['otherVersion'], seen: PeerSeen['otherVersion'], now: Instant) {
  if (seen === undefined) return before
  return seen === 'none' ? undefined : (before ?? { fact: seen as Fact, since: now })
}

function tell(region: string, record: PeerRecord, now: Instant): { told: PeerRecord['told']; effects: PeerEffect[] } {
  const told = { ...record.told }
  const effects: PeerEffect[] = []
  for (const [name, { holds, isOver, end }] of Object.entries(peerTroubles)) {
    const trouble = name as PeerTrouble
    const fact = holds(record, now)
    if (fact !== undefined && told[trouble] !== fact.code) {
      told[trouble] = fact.code
      effects.push({ type: 'alert', action: 'trigger', trouble, region, fact: fact as OwnFact })
    } else if (fact === undefined && told[trouble] !== undefined && isOver(record, now)) {
      delete told[trouble]
      effects.push({ type: 'alert', action: 'resolve', trouble, region, fact: end(region) })
    }
  }
  return { told, effects }
}
