import { forEachAtMost } from '../../contracts/at-most.ts'
import type { CompiledPolicy } from '../../contracts/compiled-config.ts'
import { ownProperty } from '../../contracts/own-property.ts'
import type { Instant } from '../../contracts/words.ts'
import type { OwnFact } from '../../evaluation/own-fact.ts'
import type { Recipient } from '../../incidents/notice.ts'
import { sameRecipient } from '../../incidents/notices.ts'
import { policiesOf } from '../../oncall/owner.ts'
import { nameOfPage } from '../../oncall/pages.ts'
import type { Directory } from '../../oncall/plan.ts'
import type { EngineIo } from '../io.ts'
import type { EvaluationConfig } from '../verdicts/update-verdicts.ts'
import { raiseOwn } from './raise-own.ts'
import type { OnCallPeople } from './tell-gaps.ts'

/** Somebody who takes over a schedule, and was asked at `at`, could not be reached. */
interface Unproven {
  schedule: string
  /** The projects that page it. */
  projects: string[]
  at: Instant
  /** When the hand-off is. */
  from: Instant
  /** Contacts. */
  missed: string[]
}

/**
 * The groups of the policies that page the schedule are told, and whoever comes in the layer beside it: these by mail alone, which wakes
 * nobody. Each is told once, however often it is looked at, and of however many projects they are.
 */
export async function tellUnproven(
  unproven: Unproven,
  fact: OwnFact,
  people: OnCallPeople,
  config: EvaluationConfig,
  io: EngineIo,
): Promise<void> {
  const { schedule, projects, at } = unproven
  const told: Recipient[] = []
  const news: { project: string; tells: Recipient[] }[] = []
  for (const project of projects) {
    const all = await recipientsOf(project, unproven, people, config, io)
    const tells = all.filter((one, index) => {
      const before = [...told, ...all.slice(0, index)]
      return !before.some((other) => sameRecipient(other, one))
    })
    told.push(...tells)
    if (tells.length > 0) news.push({ project, tells })
  }
  await forEachAtMost(news, ({ project, tells }) =>
    raiseOwn({ project, key: ['unproven', schedule, at], at, severity: 'error', once: true, tells }, fact, config, io),
  )
}

async function recipientsOf(
  project: string,
  { schedule, from, missed }: Unproven,
  people: OnCallPeople,
  { projects }: EvaluationConfig,
  io: EngineIo,
): Promise<Recipient[]> {
  const configured = ownProperty(projects, project)
  const directory = await people.directory(project)
  if (configured === undefined || directory === undefined) return []
  const policies = [...policiesOf(configured, people).values()].filter(
    (policy) => layersWith(schedule, policy).length > 0,
  )
  const robots = [
    ...(configured.chat ?? []),
    ...policies.flatMap(({ layers }) => layers.flatMap(({ chat = [] }) => chat)),
  ]
  const beside = policies.flatMap((policy) => layersBeside(schedule, policy)).flatMap(({ page }) => page)
  const contacts = await contactsOf(beside, directory, Math.max(from, io.now()))
  return [...robots.map((chat) => ({ chat })), ...contacts.filter((name) => !missed.includes(name)).flatMap(byMail)]

  function byMail(contact: string): Recipient[] {
    const known = ownProperty(directory?.contacts ?? {}, contact)
    if (known?.email === undefined) return []
    const { name, language } = known
    return [{ contact, name, channel: 'email', ...(language && { language }) }]
  }
}

function layersWith(schedule: string, { layers }: CompiledPolicy): number[] {
  return [...layers.keys()].filter((index) => layers[index]?.page.some((page) => nameOfPage(page) === schedule))
}

/** Who would be paged in their place: the layer after that of a schedule, and of the last one the first. */
function layersBeside(schedule: string, policy: CompiledPolicy): CompiledPolicy['layers'] {
  const { layers } = policy
  return layersWith(schedule, policy).flatMap((index) => {
    const beside = (index + 1) % layers.length
    return beside === index ? [] : (layers[beside] ?? [])
  })
}

/** Rotations are loaded when somebody was not reached. */
async function contactsOf(pages: string[], directory: Directory, at: Instant): Promise<string[]> {
  const { nextOnCall, onCall } = await import('../../oncall/on-call.ts')
  return pages.flatMap((page) => {
    const schedule = nameOfPage(page)
    if (ownProperty(directory.schedules, schedule) === undefined) return [page]
    return page === schedule ? onCall(directory, schedule, at).contacts : nextOnCall(directory, schedule, at)
  })
}
