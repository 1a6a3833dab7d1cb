import type { Incident } from '../../shared/incidents/incident.ts'
import type { Cloud } from './cloud.ts'
import type { Faults } from './faults.ts'
import type { Ledger } from './ledger.ts'
import type { Logged } from './logged.ts'
import { incidentsIn, isSettled, type Left, linesIn, nameOf, outboxesIn } from './outcome.ts'
import type { People } from './people.ts'
import type { Phones } from './phones.ts'
import type { Setting } from './setting.ts'
import type { Texts } from './texts.ts'
import type { World } from './world.ts'

/** What has become of a cloud, and of whoever it reached. */
export interface Lived extends Left {
  /** What nobody had carried out when the world had come to rest. */
  leftOutboxes: string[]
  /** Who was still in a call then. */
  leftCalls: string[]
  /** What had not come to an end by then. */
  unsettled: Incident[]
  seed: number
  world: World
  faults: Faults
  /** Nothing crashes and nobody fails in this one. */
  calm: boolean
  setting: Setting
  rings: Phones['rings']
  requests: Phones['requests']
  stops: Phones['stops']
  told: Texts['told']
  asked: Texts['asked']
  posts: Texts['posts']
  texted: Texts['texted']
  perMinute: number | undefined
  people: People
  ledger: Ledger
  /** Dead letters that people have to look at. */
  letters: { body: string; reason?: string | undefined }[]
  /** Dead letters that were nowhere for a moment. */
  risked: string[]
  /** When it had come to rest: what comes after that is seen to by no watch. */
  restedAt: number
  /** What changed when everything that was ever sent came once more, after the end. */
  echoes: string[]
  /** How often each incident may be taken: by regions, and by people where several have to; once if absent. */
  takers?: number
  /** What nobody finds any more though it is not old. */
  gone: string[]
  errors: unknown[]
  log: Logged[]
}

/** A cloud and whoever it reaches. */
export interface Living {
  cloud: Cloud
  people: People
  phones: Phones
  texts: Texts
  ledger: Ledger
}

/** Whether everything that was sent to it has been taken, so that it may be at rest. */
export function isIdle({ events, overflow, escalation }: Cloud): boolean {
  return events.waiting + overflow.waiting + escalation.waiting === 0
}

export function isAtRest(cloud: Cloud, isDone = isSettled): boolean {
  return incidentsIn(cloud).every(isDone) && outboxesIn(cloud).length === 0 && linesIn(cloud).length === 0
}

/** What keeps a cloud from being at rest. */
export function undoneIn(cloud: Cloud, isDone = isSettled): Pick<Lived, 'leftOutboxes' | 'leftCalls' | 'unsettled'> {
  return {
    leftOutboxes: outboxesIn(cloud),
    leftCalls: linesIn(cloud),
    unsettled: incidentsIn(cloud).filter((incident) => !isDone(incident)),
  }
}

/** Whether what was ever sent comes once more at the end of a world: nothing is drawn for that where it always does. */
export function comesOnceMore(world: World): boolean {
  const { echoes } = world.size
  return echoes === 1 || world.chance(echoes)
}

/** Everything that was ever sent comes once more. */
export function echo({ events, overflow, escalation }: Cloud): void {
  for (const queue of [events, overflow, escalation]) queue.echo()
}

/** What is over, in a form that shows any change. */
export function overIn(cloud: Cloud): Map<string, string> {
  // What is taken for a while is not over.
  const over = incidentsIn(cloud).filter(({ status, ackEnd }) => status !== 'open' && ackEnd === undefined)
  return new Map(over.map((incident) => [nameOf(incident), `${incident.status} at step ${incident.step}`]))
}

/** What of it is otherwise by now. */
export function changedSince(before: Map<string, string>, cloud: Cloud): string[] {
  const after = overIn(cloud)
  return [...before].flatMap(([name, was]) =>
    after.get(name) === was ? [] : [`${name}: ${was}, then ${after.get(name)}`],
  )
}

export function lettersIn({ events, escalation }: Cloud): Lived['letters'] {
  return [events, escalation].flatMap(({ dead }) =>
    dead.forHumans.map(({ body, attributes: { reason } }) => ({ body, reason })),
  )
}

/** What vendors, people and queues have seen. */
export function seenOf({ cloud, people, phones, texts, ledger }: Living) {
  const { rings, requests, stops } = phones
  const { told, asked, posts, texted, perMinute } = texts
  const { events, escalation, errors, log } = cloud
  const risked = [events, escalation].flatMap(({ dead }) => dead.risked)
  return { rings, requests, stops, told, asked, posts, texted, perMinute, people, ledger, risked, errors, log }
}
