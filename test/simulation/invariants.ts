import type { TimelineEntry } from '../../shared/incidents/incident.ts'
import { parseReference } from '../../shared/incidents/reference.ts'
import { isSettled, nameOf } from './outcome.ts'
import type { Outcome } from './run.ts'
import { CHECK } from './setting.ts'
import { Trouble } from './world.ts'

/** Who dials has looked at the incident before, in the same invocation: nobody begins to ring so long after its end. */
const NO_RING_AFTER_MS = 15_000

/** Where nothing crashes it is stopped within this. */
const STOPPED_IN_CALM_MS = 2_000

/** Whoever took it has died: an invocation's time, its message, and stopping. */
const STOPPED_AFTER_DEATH_MS = 14_000

/** What must hold at the end of every seed. Each broken promise is one line. */
export function broken(outcome: Outcome): string[] {
  return [
    ...everyIncidentEnds(outcome),
    ...nothingIsLost(outcome),
    ...wordIsKept(outcome),
    ...checksAreBelieved(outcome),
    ...nobodyIsCalledTwice(outcome),
    ...nobodyIsCalledAfterwards(outcome),
    ...layersEndOnce(outcome),
    ...peopleAreTold(outcome),
    ...robotsAreSpared(outcome),
    ...outcome.echoes.map((echo) => `a message that came again changed what was over: ${echo}`),
    ...historyIsWhole(outcome),
    ...outcome.errors.filter((error) => !isExpected(error)).map((error) => `error: ${String(error)}`),
  ]
}

function everyIncidentEnds({ incidents, told, unsure, leftOutboxes }: Outcome): string[] {
  const faults = incidents
    .filter((incident) => !isSettled(incident))
    .map((incident) => `#${incident.number} is still ${incident.status}, ${incident.escalation.phase}`)
  for (const incident of incidents) {
    if (incident.status !== 'open' || incident.escalation.phase !== 'exhausted') continue
    const name = nameOf(incident)
    const isLoud = told.some((one) => one.kind === 'exhausted' && one.incident === name)
    if (!isLoud && !unsure.has(`${name} exhausted`)) faults.push(`#${incident.number} is exhausted, silently`)
  }
  return [...faults, ...leftOutboxes.map((outbox) => `undelivered: ${outbox.slice(0, 300)}`)]
}

function nothingIsLost({ accepted, incidents }: Outcome): string[] {
  return accepted
    .filter(({ project, dedupKey }) => {
      const isIt = (groupKey: string) =>
        dedupKey.endsWith('*') ? groupKey.startsWith(dedupKey.slice(0, -1)) : groupKey === dedupKey
      return !incidents.some((one) => one.project === project && isIt(one.groupKey))
    })
    .map(({ project, dedupKey }) => `lost: ${project} ${dedupKey}`)
}

/** What somebody was told has been taken, resolved or noted is so. */
function wordIsKept({ promised, incidents, timelines, faults: { lostAnswers } }: Outcome): string[] {
  return promised.flatMap(({ incident, what, text }) => {
    const { project, generation, groupKey } = parseReference(incident)
    const now = incidents.find((one) => one.project === project && one.groupKey === groupKey)
    const isCurrent = now?.generation === generation
    if (what === 'taken')
      return isCurrent && now.status === 'open' && now.outgrown === undefined
        ? [`${incident} was taken, and is open`]
        : []
    if (what === 'resolved')
      return isCurrent && now.status !== 'resolved' ? [`${incident} was resolved, and is not`] : []
    const lines = timelines.get(`${project}#${groupKey}`) ?? []
    const times = lines.filter((line) => line.kind === 'note' && line.text === text).length
    // Who meets their own write after somebody else's takes it for lost.
    return times === 1 || (times > 1 && lostAnswers > 0) ? [] : [`a note to ${incident} is there ${times} times`]
  })
}

/** What is down everywhere is an incident, and over at the end. What is well, or faulty from one vantage only, pages nobody. */
function checksAreBelieved({ breakdown, incidents, faults: { outage } }: Outcome): string[] {
  const incident = incidents.find(({ groupKey }) => groupKey === CHECK)
  const { where } = breakdown
  if (where === 'everywhere' && incident === undefined) return [`${CHECK} was down, and nobody was told`]
  if (incident !== undefined && incident.status !== 'resolved') return [`${CHECK} is up, and ${incident.status}`]
  // While the tables refuse everything the others' reports may be missing: then one is all there is to go by.
  const isFair = where === 'nowhere' || outage.until === outage.from
  return isFair && where !== 'everywhere' && incident !== undefined ? [`${CHECK} was called down: broken ${where}`] : []
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
      const decision = `${incident} step ${step} to ${ring.phoneHash}`
      if (decisions.has(decision)) faults.push(`dialled twice: ${decision}`)
      decisions.add(decision)
    }
    const other = rings.find(
      (one) =>
        one !== ring &&
        one.phoneHash === ring.phoneHash &&
        one.startedAt <= ring.startedAt &&
        one !== ring &&
        (one.endedAt ?? Number.POSITIVE_INFINITY) > ring.startedAt &&
        one.contactId < ring.contactId,
    )
    if (other !== undefined && !wasUnknown(other))
      faults.push(`${ring.phoneHash} has two calls: ${other.token}, ${ring.token}`)
  }
  return faults

  // A call whose answer was lost may still ring when the phone line gives it up, never before Connect's own 60 s are over.
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
    if (ring.startedAt > allEndedAt + NO_RING_AFTER_MS)
      faults.push(`${ring.token} rang ${(ring.startedAt - allEndedAt) / 1000} s after the end`)
    const stopsAt = Math.max(allEndedAt, ring.toldAt ?? Number.POSITIVE_INFINITY)
    const rangOn =
      Math.min(ring.answeredAt ?? Number.POSITIVE_INFINITY, ring.endedAt ?? Number.POSITIVE_INFINITY) - stopsAt
    // Who took it died: what nobody knew yet is stopped by who placed it, and what rang already once the death is certain.
    const isLeft = ring.about.some(({ incident }) => abandoned.has(incident)) && allEndedAt > (ring.toldAt ?? 0)
    if (calm && rangOn > (isLeft ? STOPPED_AFTER_DEATH_MS : STOPPED_IN_CALM_MS))
      faults.push(`${ring.token} went on ringing for ${rangOn / 1000} s`)
    for (const { incident, step } of ring.about) {
      const of = incidents.find((one) => nameOf(one) === incident)
      if (of !== undefined && of.status !== 'open' && step >= of.step)
        faults.push(`${ring.token} rang for step ${step} of ${incident}, which ended at step ${of.step}`)
    }
  }
  return faults
}

/** Where nothing crashes a phone that still rings when its layer ends is stopped. */
function layersEndOnce({ rings, timelines, calm }: Outcome): string[] {
  if (!calm) return []
  return rings.flatMap(({ token, about, startedAt, toldAt, answeredAt, endedAt }) => {
    const [only, ...others] = about
    if (only === undefined || others.length > 0 || toldAt === undefined) return []
    const { project, generation, groupKey } = parseReference(only.incident)
    const ends = (timelines.get(`${project}#${groupKey}`) ?? []).flatMap((line) =>
      line.kind === 'layer-ended' && line.generation === generation && line.at > startedAt ? [line.at] : [],
    )
    const rangUntil = Math.min(answeredAt ?? Number.POSITIVE_INFINITY, endedAt ?? Number.POSITIVE_INFINITY)
    const rangOn = rangUntil - Math.max(Math.min(...ends), toldAt)
    return rangOn > STOPPED_IN_CALM_MS ? [`${token} went on ringing for ${rangOn / 1000} s after its layer`] : []
  })
}

/** What was put off until something else was carried out has been put on record, once, and in order. */
function historyIsWhole(outcome: Outcome): string[] {
  const { incidents, timelines, numbers, forgotten, everlasting, leftOutboxes } = outcome
  // Lines are sorted by the clocks of the machines that wrote them.
  const isInOrder = outcome.faults.skewMs === 0
  const faults = [
    ...everlasting.map((name) => `${name} is resolved, and never forgotten`),
    ...forgotten.map((name) => `nobody finds ${name} any more`),
  ]
  for (const { project, groupKey, number, generation, status } of incidents) {
    const lines = timelines.get(`${project}#${groupKey}`) ?? []
    if (number > 0 && !numbers.has(number)) faults.push(`nobody finds #${number}`)
    for (let each = 1; each <= generation; each++) {
      const kinds = lines.filter((line) => line.generation === each).map(({ kind }) => kind)
      const times = (kind: TimelineEntry['kind']) => kinds.filter((one) => one === kind).length
      const name = `history of ${project}#${each}#${groupKey}`
      if ((isInOrder && kinds[0] !== 'opened') || times('opened') !== 1)
        faults.push(`${name} opens ${times('opened')} times`)
      if (times('acknowledged') > 1 + outgrown(lines, each))
        faults.push(`${name}: acknowledged ${times('acknowledged')} times`)
      const resolved = each < generation || status === 'resolved' ? 1 : 0
      // A sender that tells of no end is over when it was taken.
      const isEndless = groupKey.startsWith('seed:') && each < generation && times('acknowledged') === 1
      if (!isEndless && times('resolved') !== resolved) faults.push(`${name}: resolved ${times('resolved')} times`)
      if (each === generation && status === 'acknowledged' && times('acknowledged') === 0)
        faults.push(`${name}: nobody acknowledged`)
    }
    // A note may be made of a generation that is over.
    const isBack = (line: TimelineEntry, last: TimelineEntry | undefined) =>
      line.generation === last?.generation && line.at < last.at
    if (isInOrder && lines.some((line, index) => isBack(line, lines[index - 1])))
      faults.push(`history of ${project} ${groupKey} is out of order`)
  }
  return leftOutboxes.length > 0 ? [] : faults
}

/** A robot hears of each state change at least once unless it became moot, at most twice, and then marked. */
function peopleAreTold(outcome: Outcome): string[] {
  const { told, unsure, incidents, setting } = outcome
  const faults: string[] = []
  const seen = new Map<string, number>()
  for (const one of told) {
    const name = `${one.incident} ${one.kind} ${one.change} to ${one.to}`
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    if (times > 2) faults.push(`told ${times} times: ${name}`)
    if (times === 2 && !one.repeat) faults.push(`repeated without saying so: ${name}`)
  }
  for (const incident of incidents) {
    const name = nameOf(incident)
    const of = told.filter((one) => one.incident === name)
    for (const kind of ['acknowledged', 'resolved']) {
      const changes = new Set(of.filter((one) => one.kind === kind).map(({ change }) => change))
      const { project, generation, groupKey } = incident
      const again =
        kind === 'resolved' ? 0 : outgrown(outcome.timelines.get(`${project}#${groupKey}`) ?? [], generation)
      if (changes.size > 1 + again) faults.push(`${name} was ${kind} ${changes.size} times over`)
    }
    const isUnsure = [...troubles, 'resolved'].some((kind) => unsure.has(`${name} ${kind}`))
    if (isUnsure) continue
    for (const to of new Set(of.map((one) => one.to))) {
      const knows = of.some((one) => one.to === to && one.arrived && troubles.includes(one.kind))
      const isRelieved = of.some((one) => one.to === to && one.kind === 'resolved')
      const isOnCall = to === 'robot' || !setting.edited
      if (isRelieved && !knows && isOnCall) faults.push(`${name}: recovery told without a problem to ${to}`)
      if (knows && !isRelieved && incident.status === 'resolved' && isOnCall)
        faults.push(`${name}: recovery not told to ${to}`)
    }
  }
  return faults
}

const troubles = ['opened', 'page', 'escalated', 'passed', 'exhausted']

/** Each post has a turn of its own, and no minute has more of them than the vendor takes. */
function robotsAreSpared({ posts, turns, perMinute }: Outcome): string[] {
  if (perMinute === undefined) return []
  const faults = posts.length > turns ? [`${posts.length} posts for ${turns} turns`] : []
  for (const start of posts) {
    const count = posts.filter((at) => at >= start && at < start + 60_000).length
    if (count > perMinute) return [...faults, `${count} posts in one minute, of ${perMinute}`]
  }
  return faults
}

/** Whether the world itself made it: whoever called comes again. */
function isExpected(error: unknown): boolean {
  if (error instanceof Trouble) return true
  if (error instanceof Error && error.message.startsWith('Not everything could be delivered')) return true
  return error instanceof AggregateError && error.errors.every(isExpected)
}

/** How often an incident got worse than what somebody had taken: then it pages again, and may be taken again. */
function outgrown(lines: TimelineEntry[], generation: number): number {
  return lines.filter((line) => line.generation === generation && line.kind === 'changed' && line.outgrown).length
}
