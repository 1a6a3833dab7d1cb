import { forEachAtMost } from '../../contracts/at-most.ts'
import { OutOfTime } from '../../contracts/out-of-time.ts'
import { ownProperty } from '../../contracts/own-property.ts'
import { DEFAULT_STORM_LIMIT, STORM_KEY } from '../../contracts/storm.ts'
import { bySeverity, type Instant } from '../../contracts/words.ts'
import { described } from '../../incidents/facts.ts'
import type { DatedAlert, Incident } from '../../incidents/incident.ts'
import { isLate } from '../../incidents/machine.ts'
import { openingsKey } from '../../store/keys.ts'
import { leftOut } from '../../store/shape.ts'
import { countOpenings, type Members, minuteOf, readMembers, readPastMembers } from '../../store/storm-members.ts'
import type { Row } from '../../store/table.ts'
import { coalesce } from '../coalesce.ts'
import type { ReadAlert } from '../ingest/read-alerts.ts'
import type { EngineIo } from '../io.ts'
import { canBePassedOn, passOn } from '../overflow.ts'
import type { PauseConfig } from '../pauses/pause-for.ts'
import { endMissed } from './end-missed.ts'
import { inGroups, lastOf, type OfOneKey } from './group-alerts.ts'
import { joinGroups } from './join-groups.ts'
import { type Known, knownBy, readKnown, rowKeysOf } from './known-incidents.ts'
import { allotNumbers, opensAnIncident, takeAlert } from './take-alert.ts'
import { isRaging, takeStorm, wordOf } from './take-storm.ts'

/** An invocation begins nothing more in its last seconds: it would be killed in the middle, and its message is brought again. */
const LAST_MS = 6_000

/**
 * So many of a project's incidents are written side by side: the first has gone on to `page` while the last waits, and others' find the
 * tables free.
 */
const INCIDENTS_AT_ONCE = 4

/** So many are read in one request, with what else is read (DynamoDB API reference, BatchGetItem: 100 keys). */
const FIRST_READ = 98

interface Project {
  name: string
  title: string
  limit: number
}

/**
 * Takes the alerts of a message; those that one invocation is brought for a project are taken together. What an earlier try has done is
 * seen by one read, and not done again. Of a project that has more new incidents than its limit in a minute the rest is joined in
 * one, the worst last; it is left to the overflow queue where there is one, and so is what comes then. Rejects with `OutOfTime` if the
 * invocation's time is over before its work.
 */
export async function takeAlerts(alerts: ReadAlert[], config: PauseConfig, io: EngineIo): Promise<void> {
  const byProject = [...Map.groupBy(alerts, ({ project }) => project)]
  await forEachAtMost(byProject, ([project, some]) =>
    coalesce(io, `alerts ${project}`, some, (take, next) => takeOfProject(project, take().flat(), config, io, next)),
  )
}

async function takeOfProject(
  name: string,
  alerts: ReadAlert[],
  config: PauseConfig,
  io: EngineIo,
  next: () => void,
): Promise<void> {
  // What is not begun is not counted, or its next try would look like a storm.
  stopInTime(io)
  const configured = ownProperty(config.projects, name)
  const project = { name, title: configured?.title ?? name, limit: configured?.stormLimit ?? DEFAULT_STORM_LIMIT }
  const joined = await joinGroups(name, configured, alerts, io)
  // All rounds write the same groups; of incidents each has many, and seldom those of another.
  next()
  const all = inGroups(joined).toSorted((a, b) => bySeverity(lastOf(a).severity, lastOf(b).severity))
  const { groups, rest } = io.lanes?.overflow === undefined ? { groups: all, rest: [] } : worstOf(all, project)
  const { opened, known } = await readIncidents(project, groups, io)
  const above = known === undefined ? [...groups.filter(canBePassedOn), ...rest] : rest
  const ended = await endsOfOpen(name, above, io)
  if (ended.groups.length > 0) await takeGroups(project, ended.groups, { opened, known: ended.known }, config, io)
  const own = known === undefined ? groups.filter((group) => !canBePassedOn(group)) : groups
  if (own.length > 0) {
    const read = known ?? (await readKnown(name, own.map(keyOf), io))
    await takeGroups(project, own, { opened, known: read }, config, io)
  }
  await passOn(above.filter((group) => !ended.groups.includes(group)).flat(), io)
}

/**
 * Those of the groups that end, or take, an incident of their own that is not over: its phones do not ring on until a storm has been
 * joined. They may overtake alerts of their keys that wait in the overflow queue, for those are ordered by when they came.
 */
async function endsOfOpen(
  project: string,
  groups: OfOneKey[],
  io: EngineIo,
): Promise<{ groups: OfOneKey[]; known: Known }> {
  const ends = groups.filter((group) => lastOf(group).action !== 'trigger').slice(0, FIRST_READ)
  const known = ends.length === 0 ? knownBy(project, [], io) : await readKnown(project, ends.map(keyOf), io)
  const isOpen = (group: OfOneKey) => (known.incidentOf(keyOf(group))?.status ?? 'resolved') !== 'resolved'
  return { groups: ends.filter(isOpen), known }
}

/** What an invocation takes of a project at most, the worst of all, and what it leaves to the overflow queue unseen. */
function worstOf(all: OfOneKey[], { limit }: Project): { groups: OfOneKey[]; rest: OfOneKey[] } {
  const first = all.slice(0, Math.max(FIRST_READ, limit))
  const others = all.slice(first.length)
  return { groups: [...first, ...others.filter((group) => !canBePassedOn(group))], rest: others.filter(canBePassedOn) }
}

/** What was read before the alerts of a project are taken: its incidents, and how many of them were opened in this minute. */
interface Before {
  known: Known
  opened: number
}

async function takeGroups(
  project: Project,
  groups: OfOneKey[],
  { known, opened }: Before,
  config: PauseConfig,
  io: EngineIo,
): Promise<void> {
  const storm = known.incidentOf(STORM_KEY)
  // Whose members cannot be read is not known to rage: who is new gets an incident, and what is above the limit is refused.
  const members = await membersFor(project.name, storm, groups, io).catch((error: unknown) => leftOut(error, io.log))
  const joined: DatedAlert[] = []
  const ended: DatedAlert[] = []
  const opening: OfOneKey[] = []
  const others: OfOneKey[] = []
  for (const group of groups) {
    const last = lastOf(group)
    const row = known.rowOf(last.dedupKey)
    const incident = known.incidentOf(last.dedupKey)
    const isOwn = incident !== undefined && incident.status !== 'resolved'
    const word = wordOf(members, last, isRaging(storm))
    // Two tries side by side may have opened it and joined it.
    if (word === 'ends') ended.push(last)
    // Taking what cannot be read is refused, after the others were taken: the message comes again, and the alert is not lost.
    if (row?.state !== undefined && incident === undefined) others.push(group)
    else if (isOwn || word === undefined) {
      if (opensAnIncident(incident, last, io.now())) opening.push(group)
      else if (!isDone(row, incident, group)) others.push(group)
    } else if (word === 'joins') joined.push(last)
  }
  const { own, above, isCounted } = await withinLimit(project, opening, opened, io)
  const { paused, loud } = await whatIsPaused(above, config, io)
  const goesOn = (group: OfOneKey) => io.lanes?.overflow !== undefined && canBePassedOn(group)
  joined.push(...loud.filter((group) => !goesOn(group)).map(lastOf))
  const unopened = new Set(own)
  const works = [
    ...own.map((one) => () => takeGroup(one, project, known, io, () => void unopened.delete(one))),
    ...[...paused, ...others].map((group) => () => takeGroup({ group }, project, known, io)),
  ]
  if (joined.length + ended.length > 0) works.unshift(() => takeStorm(project, { joined, ended }, io))
  // Whoever is to be woken by the first of them does not wait until the rest is put elsewhere.
  works.push(() => passOn(loud.filter(goesOn).flat(), io))
  try {
    await forEachAtMost(works, (work) => work(), INCIDENTS_AT_ONCE)
  } catch (error) {
    // They are counted when they come again, or their next try would look like a storm.
    if (isCounted && unopened.size > 0)
      await countOpenings(project.name, newestOf(opening), -unopened.size, io).catch(notCounted(io))
    throw error
  }
  const ending = others.filter((group) => lastOf(group).action === 'resolve').map(keyOf)
  await endMissed(project, [...joined.map(({ dedupKey }) => dedupKey), ...ending], io)
}

/** Whose word an alert may be: of the storm that rages, and for what came before its last change, of those before it. */
async function membersFor(
  project: string,
  storm: Incident | undefined,
  groups: OfOneKey[],
  io: EngineIo,
): Promise<Members | undefined> {
  if (storm === undefined) return undefined
  const raging = isRaging(storm) ? storm.generation : undefined
  if (groups.some((group) => lastOf(group).takenAt <= storm.lastAlertAt)) return readPastMembers(project, raging, io)
  return raging === undefined ? undefined : readMembers(project, raging, io)
}

/** The alerts of one key, and the number of the incident that they open. */
interface Opening {
  group: OfOneKey
  number?: number
}

/** The worst have incidents of their own. Their numbers are given out while they are counted, to as many as have room by what was read. */
async function withinLimit(
  { name, limit }: Project,
  opening: OfOneKey[],
  opened: number,
  io: EngineIo,
): Promise<{ own: Opening[]; above: OfOneKey[]; isCounted: boolean }> {
  if (opening.length === 0) return { own: [], above: [], isCounted: false }
  const allotted = Math.min(opening.length, Math.max(0, limit - opened))
  // What fails here is made up for: were all of it to come again for that, it would be counted twice.
  const [count, numbers] = await Promise.all([
    countOpenings(name, newestOf(opening), opening.length, io).catch(notCounted(io)),
    allotted === 0 ? undefined : allotNumbers(allotted, io).catch(notCounted(io)),
  ])
  const counted = count ?? opened + opening.length
  if (counted > limit) io.lanes?.aboveLimit?.set(name, minuteOf(newestOf(opening)))
  const free = Math.max(0, limit - counted + opening.length)
  const worstFirst = opening.toSorted(([a], [b]) => bySeverity(a.severity, b.severity))
  // More may have room than was read: they came in another minute. Those get their numbers when they are opened.
  const own = worstFirst.slice(0, free).map((group, index) => ({ group, ...numbered(numbers?.[index]) }))
  return { own, above: worstFirst.slice(free), isCounted: count !== undefined }
}

function numbered(number: number | undefined) {
  return number !== undefined && { number }
}

function notCounted({ log }: EngineIo): (error: unknown) => undefined {
  return (error) => void log({ level: 'warn', event: 'openings not counted', error: String(error) })
}

/**
 * What pages nobody now is no part of a storm that pages: it has incidents of its own, which tell nobody. What reads silences and windows is
 * loaded where there is a storm.
 */
async function whatIsPaused(
  above: OfOneKey[],
  config: PauseConfig,
  io: EngineIo,
): Promise<{ paused: OfOneKey[]; loud: OfOneKey[] }> {
  if (above.length === 0) return { paused: [], loud: [] }
  const asked = above.map((group) => {
    const alert = lastOf(group)
    return { group, said: { ...described(alert), project: alert.project, groupKey: alert.dedupKey } }
  })
  const said = asked.map((one) => one.said)
  const { readPauses } = await import('../pauses/pause-for.ts')
  const pauses = await readPauses(said, config, io.now(), io, io.silences?.())
  const isPaused = ({ said }: (typeof asked)[number]) => pauses.of(said) !== undefined
  const groups = (of: typeof asked) => of.map(({ group }) => group)
  return { paused: groups(asked.filter(isPaused)), loud: groups(asked.filter((one) => !isPaused(one))) }
}

async function takeGroup(
  { group, number }: Opening,
  { title }: Project,
  known: Known,
  io: EngineIo,
  written = () => {},
): Promise<void> {
  const [first, ...more] = group
  stopInTime(io)
  await takeAlert(first, title, io, { row: known.rowOf(first.dedupKey), number, written })
  for (const alert of more) {
    stopInTime(io)
    await takeAlert(alert, title, io)
  }
}

function stopInTime({ now, leaseUntil }: EngineIo): void {
  if (now() > leaseUntil - LAST_MS) throw new OutOfTime()
}

/** What was read; `known` is absent when the project is above its limit already, and there is a queue for that. */
async function readIncidents(
  { name, limit }: Project,
  groups: OfOneKey[],
  io: EngineIo,
): Promise<Partial<Before> & Pick<Before, 'opened'>> {
  const minute = minuteOf(newestOf(groups))
  const { overflow, aboveLimit } = io.lanes ?? {}
  // Known by this instance: nothing has to be asked, and in a storm that is nearly all.
  if (overflow !== undefined && aboveLimit?.get(name) === minute) return { opened: limit }
  const counter = openingsKey(name, minute)
  // With the first read, so that it costs nothing: of ten thousand alerts the rest is not looked at.
  const rows = await io.incidents.getMany([counter, ...rowKeysOf(name, groups.slice(0, FIRST_READ).map(keyOf))])
  const opened = rows.find(({ sk }) => sk === counter.sk)?.count ?? 0
  if (opened > limit && overflow !== undefined) {
    aboveLimit?.set(name, minute)
    return { opened }
  }
  const others = groups.slice(FIRST_READ)
  if (others.length > 0) rows.push(...(await io.incidents.getMany(rowKeysOf(name, others.map(keyOf)))))
  return { opened, known: knownBy(name, rows, io) }
}

function keyOf([{ dedupKey }]: OfOneKey): string {
  return dedupKey
}

function newestOf(groups: OfOneKey[]): Instant {
  return groups.reduce((newest, group) => Math.max(newest, lastOf(group).takenAt), 0)
}

/** Whether an earlier try has taken all of them, and left nothing to be carried out. */
function isDone(row: Row | undefined, incident: Incident | undefined, group: OfOneKey): boolean {
  return incident !== undefined && row?.outbox === undefined && group.every((alert) => isLate(incident, alert))
}
