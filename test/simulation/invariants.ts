import type { TimelineEntry } from '../../shared/incidents/incident.ts'
import { isSettled, type Outcome } from './run.ts'

/** A call that was under way when an incident ended is stopped within 2 s of the vendor's answer; crashes cost a watch's round. */
const STOPPED_AFTER_MS = 90_000

/** Where nothing crashes it is stopped within this. */
const STOPPED_IN_CALM_MS = 2_000

/** What must hold at the end of every seed. Each broken promise is one line. */
export function broken(outcome: Outcome): string[] {
  return [
    ...everyIncidentEnds(outcome),
    ...nothingIsLost(outcome),
    ...nobodyIsCalledTwice(outcome),
    ...nobodyIsCalledAfterwards(outcome),
    ...peopleAreTold(outcome),
    ...historyIsWhole(outcome),
    ...outcome.errors.filter((error) => !isExpected(error)).map((error) => `error: ${String(error)}`),
  ]
}

function everyIncidentEnds({ incidents, told, uncertain, leftOutboxes }: Outcome): string[] {
  const faults = incidents
    .filter((incident) => !isSettled(incident))
    .map((incident) => `#${incident.number} is still ${incident.status}, ${incident.escalation.phase}`)
  for (const incident of incidents) {
    if (incident.status !== 'open' || incident.escalation.phase !== 'exhausted') continue
    const name = `${incident.project}#${incident.generation}#${incident.groupKey}`
    const isLoud = told.some((one) => one.kind === 'exhausted' && one.incident === name)
    if (!isLoud && !uncertain.has(`${name} exhausted`)) faults.push(`#${incident.number} is exhausted, silently`)
  }
  return [...faults, ...leftOutboxes.map((outbox) => `undelivered: ${outbox.slice(0, 300)}`)]
}

function nothingIsLost({ accepted, incidents }: Outcome): string[] {
  return accepted
    .filter(({ project, dedupKey }) => !incidents.some((one) => one.project === project && one.groupKey === dedupKey))
    .map(({ project, dedupKey }) => `lost: ${project} ${dedupKey}`)
}

function nobodyIsCalledTwice({ rings }: Outcome): string[] {
  const faults: string[] = []
  const tokens = new Set<string>()
  const decisions = new Set<string>()
  for (const ring of rings) {
    if (tokens.has(ring.token)) faults.push(`two calls for ${ring.token}`)
    tokens.add(ring.token)
    if (ring.about.length === 0) faults.push(`${ring.token} is about nothing`)
    for (const { incident, step } of ring.about) {
      const decision = `${incident} step ${step} to ${ring.person}`
      if (decisions.has(decision)) faults.push(`dialled twice: ${decision}`)
      decisions.add(decision)
    }
    const other = rings.find(
      (one) =>
        one !== ring &&
        one.person === ring.person &&
        one.startedAt <= ring.startedAt &&
        one !== ring &&
        (one.endedAt ?? Number.POSITIVE_INFINITY) > ring.startedAt &&
        one.contactId < ring.contactId,
    )
    if (other !== undefined && !wasUnknown(other))
      faults.push(`${ring.person} has two calls: ${other.token}, ${ring.token}`)
  }
  return faults

  // A call whose answer was lost may still ring when the desk gives it up, never before Connect's own 60 s are over.
  function wasUnknown(ring: Outcome['rings'][number]): boolean {
    return (ring.endedAt ?? 0) - ring.startedAt > 75_000
  }
}

/** Nobody is dialled for a decision taken after the acknowledgement, and what rang before is called off. */
function nobodyIsCalledAfterwards({ rings, acknowledgedAt, abandoned, incidents, calm }: Outcome): string[] {
  const faults: string[] = []
  for (const ring of rings) {
    const ends = ring.about.map(({ incident }) => acknowledgedAt.get(incident) ?? Number.POSITIVE_INFINITY)
    const allEndedAt = Math.max(...ends)
    if (ring.startedAt > allEndedAt + STOPPED_AFTER_MS)
      faults.push(`${ring.token} rang ${(ring.startedAt - allEndedAt) / 1000} s after the end`)
    const stopsAt = Math.max(allEndedAt, ring.toldAt ?? Number.POSITIVE_INFINITY)
    const rangOn =
      Math.min(ring.answeredAt ?? Number.POSITIVE_INFINITY, ring.endedAt ?? Number.POSITIVE_INFINITY) - stopsAt
    // Who took it died: what nobody knew yet is stopped by who placed it, and what rang already by watch.
    const isLeft = ring.about.some(({ incident }) => abandoned.has(incident)) && allEndedAt > (ring.toldAt ?? 0)
    if (calm && !isLeft && rangOn > STOPPED_IN_CALM_MS)
      faults.push(`${ring.token} went on ringing for ${rangOn / 1000} s`)
    for (const { incident, step } of ring.about) {
      const of = incidents.find((one) => `${one.project}#${one.generation}#${one.groupKey}` === incident)
      if (of !== undefined && of.status !== 'open' && step >= of.step)
        faults.push(`${ring.token} rang for step ${step} of ${incident}, which ended at step ${of.step}`)
    }
  }
  return faults
}

/** What was put off until something else was carried out has been put on record, once, and in order. */
function historyIsWhole({ incidents, timelines, numbers, everlasting, leftOutboxes }: Outcome): string[] {
  const faults = everlasting.map((name) => `${name} is resolved, and never forgotten`)
  for (const { project, groupKey, number, generation, status } of incidents) {
    const lines = timelines.get(`${project}#${groupKey}`) ?? []
    if (number > 0 && !numbers.has(number)) faults.push(`nobody finds #${number}`)
    for (let each = 1; each <= generation; each++) {
      const kinds = lines.filter((line) => line.generation === each).map(({ kind }) => kind)
      const times = (kind: TimelineEntry['kind']) => kinds.filter((one) => one === kind).length
      const name = `history of ${project}#${each}#${groupKey}`
      if (kinds[0] !== 'opened' || times('opened') !== 1) faults.push(`${name} opens ${times('opened')} times`)
      if (times('acknowledged') > 1) faults.push(`${name}: acknowledged ${times('acknowledged')} times`)
      const resolved = each < generation || status === 'resolved' ? 1 : 0
      if (times('resolved') !== resolved) faults.push(`${name}: resolved ${times('resolved')} times`)
      if (each === generation && status === 'acknowledged' && times('acknowledged') === 0)
        faults.push(`${name}: nobody acknowledged`)
    }
    if (lines.some(({ at }, index) => at < (lines[index - 1]?.at ?? 0)))
      faults.push(`history of ${project} ${groupKey} is out of order`)
  }
  return leftOutboxes.length > 0 ? [] : faults
}

/** A robot hears of each state change at least once unless it became moot, at most twice, and then marked. */
function peopleAreTold({ told, uncertain, incidents }: Outcome): string[] {
  const faults: string[] = []
  const seen = new Map<string, number>()
  for (const one of told) {
    const name = `${one.incident} ${one.kind} ${one.change}`
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    if (times > 2) faults.push(`told ${times} times: ${name}`)
    if (times === 2 && !one.repeat) faults.push(`repeated without saying so: ${name}`)
  }
  for (const incident of incidents) {
    const name = `${incident.project}#${incident.generation}#${incident.groupKey}`
    const opened = told.some((one) => one.incident === name && one.kind === 'opened')
    const resolved = told.some((one) => one.incident === name && one.kind === 'resolved')
    for (const kind of ['acknowledged', 'resolved']) {
      const changes = new Set(
        told.filter((one) => one.incident === name && one.kind === kind).map(({ change }) => change),
      )
      if (changes.size > 1) faults.push(`${name} was ${kind} ${changes.size} times over`)
    }
    if (resolved && !opened && !uncertain.has(`${name} opened`)) faults.push(`${name}: recovery told without a problem`)
  }
  return faults
}

/** Trouble that the world itself makes. */
function isExpected(error: unknown): boolean {
  return error instanceof AggregateError && error.errors.length === 0
}
