import { forEachAtMost } from '../contracts/at-most.ts'
import { ownProperty } from '../contracts/own-property.ts'
import { DEFAULT_STORM_LIMIT, STORM_KEY } from '../contracts/storm.ts'
import { bySeverity } from '../contracts/words.ts'
import { type DatedAlert, type Incident, incidentShape } from '../incidents/incident.ts'
import { isLate } from '../incidents/machine.ts'
import { incidentKey } from '../store/keys.ts'
import { leftOut, statesIn } from '../store/shape.ts'
import { countOpenings, readMembers } from '../store/storm-members.ts'
import type { Row } from '../store/table.ts'
import type { EngineIo } from './io.ts'
import { opensAnIncident, takeAlert } from './take-alert.ts'
import { isRaging, takeStorm, wordOf } from './take-storm.ts'
import type { EvaluationConfig } from './update-verdicts.ts'

/** An invocation begins nothing more in its last seconds: it would be killed in the middle, and its message is brought again. */
const LAST_MS = 6_000

/** The alerts of one key, in their order. */
type OfOneKey = [DatedAlert, ...DatedAlert[]]

/**
 * Takes the alerts of a message. What an earlier try has done is seen by one read, and not done again. Of a project that has more new
 * incidents than its limit in this minute the rest is joined in one, the worst last. Rejects if the invocation's time is over before
 * its work: what is left is done when the message comes again.
 */
export async function takeAlerts(
  alerts: DatedAlert[],
  config: Pick<EvaluationConfig, 'projects'>,
  io: EngineIo,
): Promise<void> {
  const byProject = [...Map.groupBy(alerts, ({ project }) => project)]
  await forEachAtMost(byProject, ([project, all]) => takeOfProject(project, all, config, io))
}

async function takeOfProject(
  name: string,
  alerts: DatedAlert[],
  config: Pick<EvaluationConfig, 'projects'>,
  io: EngineIo,
): Promise<void> {
  // What is not begun is not counted, or its next try would look like a storm.
  stopInTime(io)
  const configured = ownProperty(config.projects, name)
  const project = { name, title: configured?.title ?? name, limit: configured?.stormLimit ?? DEFAULT_STORM_LIMIT }
  const groups = [...Map.groupBy(alerts, ({ dedupKey }) => dedupKey).values()] as OfOneKey[]
  const keyOf = (groupKey: string) => incidentKey({ project: name, groupKey })
  const keys = new Map(
    [STORM_KEY, ...groups.map(([{ dedupKey }]) => dedupKey)].map((key) => [keyOf(key).pk, keyOf(key)]),
  )
  const rows = new Map((await io.incidents.getMany([...keys.values()])).map((row) => [row.pk, row]))
  const known = statesIn([...rows.values()], incidentShape, io.incidents, io.log)
  const incidents = new Map(known.map(({ row, state }) => [row.pk, state]))
  const storm = incidents.get(keyOf(STORM_KEY).pk)
  // Whose members cannot be read is not known to rage: who is new gets an incident, and what is above the limit is refused.
  const members = isRaging(storm)
    ? await readMembers(name, storm.generation, io).catch((error: unknown) => leftOut(error, io.log))
    : undefined

  const joined: DatedAlert[] = []
  const ended: DatedAlert[] = []
  const opening: OfOneKey[] = []
  const others: OfOneKey[] = []
  for (const group of groups) {
    const last = group.at(-1) ?? group[0]
    const { pk } = keyOf(last.dedupKey)
    const row = rows.get(pk)
    const incident = incidents.get(pk)
    const isUnreadable = row?.state !== undefined && incident === undefined
    const word = incident === undefined || incident.status === 'resolved' ? wordOf(members, last) : undefined
    // Taking it is refused, after the others were taken: the message comes again, and the alert is not lost.
    if (isUnreadable) others.push(group)
    else if (word === 'joins') joined.push(last)
    else if (word === 'ends') ended.push(last)
    else if (word === undefined && opensAnIncident(incident, last, io.now())) opening.push(group)
    else if (word === undefined && !isDone(row, incident, group)) others.push(group)
  }
  const free =
    opening.length === 0 ? 0 : project.limit - (await countOpenings(name, opening.length, io)) + opening.length
  const inOrder = opening.toSorted(([a], [b]) => bySeverity(a.severity, b.severity))
  const own = inOrder.slice(0, Math.max(0, free))
  joined.push(...inOrder.slice(own.length).map((group) => group.at(-1) ?? group[0]))

  const works = [...own, ...others].map((group) => async () => {
    for (const alert of group) {
      stopInTime(io)
      await takeAlert(alert, project.title, io)
    }
  })
  if (joined.length + ended.length > 0) {
    const takenAt = [...joined, ...ended].reduce((least, alert) => Math.min(least, alert.takenAt), io.now())
    works.unshift(() => takeStorm(project, { takenAt, joined, ended }, io))
  }
  await forEachAtMost(works, (work) => work())
}

function stopInTime({ now, leaseUntil }: EngineIo): void {
  if (now() > leaseUntil - LAST_MS) throw new Error('The time of this invocation is over: the rest comes again')
}

/** Whether an earlier try has taken all of them, and left nothing to be carried out. */
function isDone(row: Row | undefined, incident: Incident | undefined, group: OfOneKey): boolean {
  return incident !== undefined && row?.outbox === undefined && group.every((alert) => isLate(incident, alert))
}
