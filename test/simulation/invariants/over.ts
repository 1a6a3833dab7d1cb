import { type Faults, onlyFails } from '../faults.ts'
import type { Lived } from '../lived.ts'
import { nameOf } from '../outcome.ts'

/** Who dials has looked at the incident before, in the same invocation: nobody begins to ring so long after its end. */
const NO_RING_AFTER_MS = 15_000

/** Where nothing fails it is stopped within this. */
const STOPPED_MS = 2_000

/** Whoever took it has died: an invocation's time, its message, and stopping. */
const STOPPED_AFTER_DEATH_MS = 14_000

/** A stop that was not confirmed is tried again after one second and two more, and then is. */
const STOPPED_AT_LAST_MS = 6_000

/** What has no part in stopping a call. */
const harmless = ['texts', 'calls', 'events', 'duplicates', 'lostReports', 'lostAnswers'] as const

function stoppedWithin(faults: Faults): number {
  if (onlyFails(faults, ...harmless)) return STOPPED_MS
  // Nobody's contacts are needed for it: in some worlds that is all that is in the way.
  if (faults.contactsOutagesInCalls > 0 && onlyFails(faults, 'contactsOutage')) return STOPPED_MS
  return onlyFails(faults, 'stops', ...harmless) ? STOPPED_AT_LAST_MS : Infinity
}

/** Nobody is dialled for a decision taken after the acknowledgement, and what rang before is called off. */
export function nobodyIsCalledAfterwards(outcome: Lived): string[] {
  const { rings, ledger, people, incidents, faults } = outcome
  const stopped = stoppedWithin(faults)
  const broken: string[] = []
  for (const ring of rings) {
    const ends = ring.about.map(({ incident }) => ledger.acknowledgedAt.get(incident) ?? Infinity)
    const allEndedAt = Math.max(...ends)
    if (ring.startedAt > allEndedAt + NO_RING_AFTER_MS)
      broken.push(`rung after it was over: ${ring.token}, ${(ring.startedAt - allEndedAt) / 1000} s after the end`)
    const stopsAt = Math.max(allEndedAt, ring.toldAt ?? Infinity)
    const rangOn = Math.min(ring.answeredAt ?? Infinity, ring.endedAt ?? Infinity) - stopsAt
    // Who took it died: what nobody knew yet is stopped by who placed it, and what rang already once the death is certain.
    const isLeft = ring.about.some(({ incident }) => people.abandoned.has(incident)) && allEndedAt > (ring.toldAt ?? 0)
    // Nobody can stop a call that its vendor ends by itself.
    if (ring.outId === undefined && rangOn > (isLeft ? Math.max(stopped, STOPPED_AFTER_DEATH_MS) : stopped))
      broken.push(`${ring.token} went on ringing for ${rangOn / 1000} s`)
    for (const { incident, step } of ring.about) {
      const of = incidents.find((one) => nameOf(one) === incident)
      if (of !== undefined && of.status !== 'open' && step >= of.step)
        broken.push(`${ring.token} rang for step ${step} of ${incident}, which ended at step ${of.step}`)
    }
  }
  return broken
}
