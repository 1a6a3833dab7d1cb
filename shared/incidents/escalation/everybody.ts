import { type PersonalReach, personalReaches } from '../../contracts/reach.ts'
import type { Plan, PlannedLayer, PlannedTarget } from '../../oncall/plan.ts'

/** Everybody of every layer at once, each by all the channels that any layer has for them. */
export function everybody(plan: Plan): PlannedLayer {
  const people = new Map<string, PlannedTarget>()
  for (const target of plan.layers.flatMap(({ targets }) => targets)) {
    const known = people.get(target.contact)
    people.set(target.contact, known === undefined ? target : louder(known, target))
  }
  return {
    targets: [...people.values()],
    calls: Math.max(1, ...plan.layers.map((layer) => layer.calls)),
    ackTimeoutMs: Math.max(60_000, ...plan.layers.map((layer) => layer.ackTimeoutMs)),
    // Where a layer wants a key, answering is not enough of any of them: it may be their voicemail.
    ...(plan.layers.some(({ acknowledgeOn }) => acknowledgeOn === 'key') && { acknowledgeOn: 'key' }),
    notes: [],
  }
}

function louder(one: PlannedTarget, other: PlannedTarget): PlannedTarget {
  const isAtOnce = (channel: PersonalReach) => one.channels.includes(channel) || other.channels.includes(channel)
  const fallback = [...new Set([...one.fallback, ...other.fallback])]
  return {
    ...one,
    channels: personalReaches.filter(isAtOnce),
    fallback: fallback.filter((channel) => !isAtOnce(channel)),
  }
}
