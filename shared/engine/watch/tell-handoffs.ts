import { forEachAtMost } from '../../contracts/at-most.ts'
import { MINUTE_MS } from '../../contracts/milliseconds.ts'
import { ownProperty } from '../../contracts/own-property.ts'
import type { Instant } from '../../contracts/words.ts'
import { ownId } from '../../evaluation/own-condition.ts'
import type { OwnFact } from '../../evaluation/own-fact.ts'
import { oneLine } from '../../messages/cut.ts'
import type { HandoffDuty } from '../../oncall/handoff-duty.ts'
import type { Proof } from '../../oncall/handoffs.ts'
import { pagedBy } from '../../oncall/pages.ts'
import type { Directory } from '../../oncall/plan.ts'
import { listIncidents, readIncident } from '../../store/incidents.ts'
import type { EngineIo } from '../io.ts'
import { type EvaluationConfig, updateOwnVerdict } from '../verdicts/update-verdicts.ts'
import { ownKey, raiseOwn } from './raise-own.ts'
import { type OnCallPeople, pagedIn } from './tell-gaps.ts'
import { tellUnproven } from './tell-unproven.ts'

/** Hand-offs lie on the quarters of an hour as a rule. */
const EVERY_MINUTES = 5

/** So often every project's row is read, ms; in between those alone whose schedules ask for something. */
const ALL_ROWS_MS = 60 * MINUTE_MS

/** The projects whose schedules asked for something when all rows were read. */
const asking = new WeakMap<OnCallPeople, { at: Instant; projects: string[] }>()

/** A look that nobody took is made up for so long. */
const LATE_MS = 15 * MINUTE_MS

/** A proof has ended one way or the other by then: a layer's time, and that of two calls. */
const PROVEN_MS = 60 * MINUTE_MS

/** Open incidents that a notice names; more are counted. */
const NAMED = 5
const LISTED = 200
const TITLE_CHARACTERS = 24

/** A schedule that is paged, with the projects that page it and the people of the first of these. */
interface Paged {
  schedule: string
  duties: HandoffDuty[]
  /** Where no project's own policy pages it, those that hand over to it. */
  projects: string[]
  isOwn: boolean
  directory: Directory
}

/** At a hand-off the groups hear who has it now and what is still open, and whoever is next proves that they can be reached, as each schedule asks. */
export async function tellHandoffs(people: OnCallPeople, config: EvaluationConfig, io: EngineIo): Promise<void> {
  if (Math.floor(io.now() / MINUTE_MS) % EVERY_MINUTES !== 0) return
  await forEachAtMost(await pagedSchedules(people, config, io.now()), async (paged) => {
    if (paged.duties.includes('tell')) await tell(paged, config, io)
    if (paged.duties.includes('prove')) await prove(paged, people, config, io)
  })
}

/** The paged schedules that ask for something. */
async function pagedSchedules(people: OnCallPeople, config: EvaluationConfig, now: Instant): Promise<Paged[]> {
  const before = asking.get(people)
  const isKnown = before !== undefined && now - before.at < ALL_ROWS_MS
  const found = new Map<string, Paged>()
  for (const project of isKnown ? before.projects : Object.keys(config.projects)) {
    const directory = await people.directory(project)
    if (directory === undefined) continue
    const policy = ownProperty(people.policies, config.projects[project]?.policy ?? '')
    const own = pagedBy(policy === undefined ? [] : [policy])
    for (const schedule of pagedIn(people, project, config)) {
      const duties = ownProperty(directory.schedules, schedule)?.atHandoff
      if (duties === undefined) continue
      const isOwn = own.has(schedule)
      const known = found.get(schedule)
      if (known?.isOwn === isOwn) known.projects.push(project)
      else if (known === undefined || isOwn)
        found.set(schedule, { schedule, duties, projects: [project], isOwn, directory })
    }
  }
  const schedules = [...found.values()]
  if (!isKnown) asking.set(people, { at: now, projects: [...new Set(schedules.flatMap(({ projects }) => projects))] })
  return schedules
}

async function tell({ schedule, projects, directory }: Paged, config: EvaluationConfig, io: EngineIo): Promise<void> {
  const { handoffsBetween } = await import('../../oncall/handoffs.ts')
  const [handedOver] = handoffsBetween(directory, schedule, io.now() - LATE_MS, io.now()).slice(-1)
  if (handedOver === undefined) return
  const open = (await listIncidents('open', LISTED, io)).filter(
    ({ project, fact }) => projects.includes(project) && fact?.code !== 'prove-reach',
  )
  const args = {
    schedule,
    before: namesOf(handedOver.before, directory),
    now: namesOf(handedOver.contacts, directory),
    until: handedOver.until,
    timezone: directory.schedules[schedule]?.timezone ?? 'UTC',
    open: open.slice(0, NAMED).map(({ number, title, fact }) => ({
      number,
      title: oneLine(title, TITLE_CHARACTERS),
      ...(fact && { code: fact.code }),
    })),
    more: Math.max(0, open.length - NAMED),
  }
  await forEachAtMost(withOwnRobots(projects, config), (project) =>
    raiseOwn(
      { project, key: ['handoff', schedule, handedOver.at], at: handedOver.at, severity: 'info', once: true },
      { code: 'handed-over', args },
      config,
      io,
    ),
  )
}

/** Of several projects those that a robot needs to hear it: each once. */
function withOwnRobots(projects: string[], config: EvaluationConfig): string[] {
  const told = new Set<string>()
  return projects.filter((project) => {
    const news = (config.projects[project]?.chat ?? []).filter((robot) => !told.has(robot))
    for (const robot of news) told.add(robot)
    return news.length > 0
  })
}

/** Who takes over is called by daylight on their own clock. */
async function prove(paged: Paged, people: OnCallPeople, config: EvaluationConfig, io: EngineIo): Promise<void> {
  const { schedule, directory, projects } = paged
  const [project = ''] = projects
  const { timezone = 'UTC' } = directory.schedules[schedule] ?? {}
  const now = io.now()
  const { proofsBetween } = await import('../../oncall/handoffs.ts')
  const zoneOf = (contact: string) => ownProperty(directory.contacts, contact)?.timezone ?? timezone
  const proofs = proofsBetween(directory, schedule, zoneOf, now - PROVEN_MS, now)
  const due = proofs.filter(({ at }) => at > now - LATE_MS)
  await forEachAtMost(due, ({ contact, from, at }) =>
    raiseOwn(
      { project, key: ['proof', schedule, from, contact], at, severity: 'critical', proof: [contact] },
      { code: 'prove-reach', args: { schedule, from, timezone } },
      config,
      io,
    ),
  )
  await judge(paged, proofs, people, config, io)
}

/** Whoever could not be reached is a notice, until a later proof of the schedule succeeds: the last ones that are over count, all of one time. */
async function judge(
  { schedule, projects, directory }: Paged,
  proofs: Proof[],
  everybody: OnCallPeople,
  config: EvaluationConfig,
  io: EngineIo,
): Promise<void> {
  const [project = ''] = projects
  const byTime = [...Map.groupBy(proofs, ({ at }) => at)].toSorted(([one], [other]) => other - one)
  for (const [at, together] of byTime) {
    const incidents = await Promise.all(
      together.map(({ contact, from }) =>
        readIncident({ project, groupKey: ownKey('proof', schedule, from, contact) }, io.incidents),
      ),
    )
    if (incidents.some((incident) => incident?.status !== 'resolved')) continue
    const failed = together.filter((_, index) => incidents[index]?.resolved?.via === 'unproven')
    const missed = failed.map(({ contact }) => contact)
    const people = namesOf(missed, directory)
    const fact: OwnFact =
      people.length === 0
        ? { code: 'reach-proven', args: { schedule } }
        : { code: 'reach-unproven', args: { schedule, people } }
    const subject = { id: ownId({ of: 'reach', schedule }), severity: 'error' as const }
    await updateOwnVerdict(subject, people.length === 0 ? 'up' : 'down', fact, config, io)
    const from = Math.max(...failed.map((proof) => proof.from))
    if (people.length > 0) await tellUnproven({ schedule, projects, at, from, missed }, fact, everybody, config, io)
    return
  }
}

function namesOf(contacts: string[], { contacts: known }: Directory): string[] {
  return contacts.map((contact) => ownProperty(known, contact)?.name ?? contact)
}
