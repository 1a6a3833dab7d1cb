import { forEachAtMost } from '../contracts/at-most.ts'
import { ownProperty } from '../contracts/own-property.ts'
import type { Instant } from '../contracts/words.ts'
import { ownId } from '../evaluation/own-condition.ts'
import type { OwnFact } from '../evaluation/own-fact.ts'
import type { DatedAlert } from '../incidents/incident.ts'
import { oneLine } from '../messages/cut.ts'
import type { HandedOver } from '../oncall/handoffs.ts'
import type { Directory } from '../oncall/plan.ts'
import { listIncidents, readIncident } from '../store/incidents.ts'
import type { EngineIo } from './io.ts'
import { takeAlert } from './take-alert.ts'
import { type OnCallPeople, pagedIn } from './tell-gaps.ts'
import { type EvaluationConfig, updateOwnVerdict } from './update-verdicts.ts'

const MINUTE_MS = 60_000

/** Each look reads every project's row: hand-offs lie on the quarters of an hour as a rule. */
const EVERY_MINUTES = 5

/** A look that nobody took is made up for so long. */
const LATE_MS = 15 * MINUTE_MS

/** A proof has ended one way or the other by then: a layer's time, and that of two calls. */
const PROVEN_MS = 60 * MINUTE_MS

/** A hand-off may be proven on the evening before. */
const AHEAD_MS = 24 * 3_600_000

/** Open incidents that a notice names; more are counted. */
const NAMED = 5
const LISTED = 200
const TITLE_CHARACTERS = 24

/** A schedule that is paged, with the projects that page it and the people of the first of these. */
interface Paged {
  schedule: string
  projects: string[]
  directory: Directory
}

/** At a hand-off the groups hear who has it now and what is still open, and whoever is next proves that they can be reached, as each schedule asks. */
export async function tellHandoffs(people: OnCallPeople, config: EvaluationConfig, io: EngineIo): Promise<void> {
  if (Math.floor(io.now() / MINUTE_MS) % EVERY_MINUTES !== 0) return
  await forEachAtMost(await pagedSchedules(people, config), async (paged) => {
    const duties = ownProperty(paged.directory.schedules, paged.schedule)?.atHandoff ?? []
    if (duties.includes('tell')) await tell(paged, config, io)
    if (duties.includes('prove')) await prove(paged, config, io)
  })
}

async function pagedSchedules(people: OnCallPeople, config: EvaluationConfig): Promise<Paged[]> {
  const found = new Map<string, Paged>()
  for (const project of Object.keys(config.projects)) {
    const directory = await people.directory(project)
    for (const schedule of pagedIn(people, project, config)) {
      if (directory === undefined || ownProperty(directory.schedules, schedule) === undefined) continue
      const known = found.get(schedule)
      if (known === undefined) found.set(schedule, { schedule, projects: [project], directory })
      else known.projects.push(project)
    }
  }
  return [...found.values()]
}

async function tell({ schedule, projects, directory }: Paged, config: EvaluationConfig, io: EngineIo): Promise<void> {
  const { handoffsBetween } = await import('../oncall/handoffs.ts')
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
    raise(
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

async function prove(paged: Paged, config: EvaluationConfig, io: EngineIo): Promise<void> {
  const {
    schedule,
    directory,
    projects: [project = ''],
  } = paged
  const timezone = directory.schedules[schedule]?.timezone ?? 'UTC'
  const now = io.now()
  const { handoffsBetween, proofAt } = await import('../oncall/handoffs.ts')
  const proofs = handoffsBetween(directory, schedule, now - PROVEN_MS, now + AHEAD_MS)
    .map((handedOver) => ({ handedOver, at: proofAt(handedOver, timezone) }))
    .filter(({ at, handedOver }) => at <= now && at > now - PROVEN_MS && handedOver.contacts.length > 0)
  for (const { handedOver, at } of proofs) {
    if (at > now - LATE_MS)
      await forEachAtMost(handedOver.contacts, (contact) =>
        raise(
          { project, key: ['proof', schedule, handedOver.at, contact], at, severity: 'critical', proof: [contact] },
          { code: 'prove-reach', args: { schedule, from: handedOver.at, timezone } },
          config,
          io,
        ),
      )
    await judge(paged, handedOver, config, io)
  }
}

/** Whoever could not be reached is a notice, until a later proof of the schedule succeeds. */
async function judge(
  { schedule, projects: [project = ''], directory }: Paged,
  handedOver: HandedOver,
  config: EvaluationConfig,
  io: EngineIo,
): Promise<void> {
  const incidents = await Promise.all(
    handedOver.contacts.map((contact) =>
      readIncident({ project, groupKey: keyOf('proof', schedule, handedOver.at, contact) }, io.incidents),
    ),
  )
  if (incidents.some((incident) => incident?.status !== 'resolved')) return
  const missed = handedOver.contacts.filter((_, index) => incidents[index]?.resolved?.via === 'unproven')
  const fact: OwnFact =
    missed.length === 0
      ? { code: 'reach-proven', args: { schedule } }
      : { code: 'reach-unproven', args: { schedule, people: namesOf(missed, directory) } }
  const subject = { id: ownId({ of: 'reach', schedule }), severity: 'error' as const }
  await updateOwnVerdict(subject, missed.length === 0 ? 'up' : 'down', fact, config, io)
}

function namesOf(contacts: string[], { contacts: known }: Directory): string[] {
  return contacts.map((contact) => ownProperty(known, contact)?.name ?? contact)
}

const keyOf = (...parts: (string | Instant)[]) => `fenghuo:${parts.join(':')}`

/** The same however often it is looked at: its time is that of what it is about, and the same alert once more is late. */
async function raise(
  {
    project,
    key,
    at,
    ...what
  }: { project: string; key: (string | Instant)[]; at: Instant } & Pick<DatedAlert, 'severity' | 'once' | 'proof'>,
  fact: OwnFact,
  config: EvaluationConfig,
  io: EngineIo,
): Promise<void> {
  const alert: DatedAlert = {
    action: 'trigger',
    project,
    dedupKey: keyOf(...key),
    summary: '',
    source: 'fenghuo',
    takenAt: at,
    fact,
    ...what,
  }
  await takeAlert(alert, config.projects[project]?.title ?? project, io)
}
