import type { CompiledLayer, CompiledPolicy, CompiledRoute } from '../contracts/compiled-config.ts'
import { ownProperty } from '../contracts/own-property.ts'
import { type PersonalReach, personalReaches } from '../contracts/reach.ts'
import { routeFor } from '../contracts/route-for.ts'
import type { Instant, Language, Severity } from '../contracts/words.ts'
import { personalOf, reachesOf, roleOf, usesOf } from './layer-reach.ts'
import { neededBy } from './needed-by.ts'
import type { PlanNote } from './notes.ts'
import { numbersOf } from './numbers.ts'
import { nextOnCall, onCall } from './on-call.ts'
import { isLoud, ownReach, quietWindow } from './own-reach.ts'
import { nameOfPage } from './pages.ts'
import type { Contact, Directory, LaterRobots, Plan, PlannedLayer, PlannedTarget } from './plan.ts'

/** What a contact is reached at on each channel. */
export const addressOf = { phone: 'phone', sms: 'phone', email: 'email' } as const satisfies Record<
  PersonalReach,
  keyof Contact
>

export interface PlanQuestion {
  policy: CompiledPolicy
  severity: Severity
  directory: Directory
  /** The project's robots: keys of the configuration's channels. */
  chat: string[]
  /** HMAC of a phone number. */
  phoneHashOf: (phone: string) => string
  now: Instant
  /** Of a contact who has none. */
  language: Language
  /** IANA name, of a contact who has none. */
  timezone: string
  /** Of phone calls, in their listed order; absent: none is known. */
  routes?: readonly CompiledRoute[]
  /** The personal channels that the configuration has; absent: all of them. */
  configured?: readonly PersonalReach[]
  /** Contacts that each layer of this round has reached, from the first one on. */
  reached?: string[][]
  /** It is told once: by the chat, whatever the policy has for its severity. */
  once?: boolean
}

/**
 * Who is to be reached now, layer by layer and channel by channel. A hand-off may fall between two layers: `next` follows whom the
 * layers before it have reached, or will as far as can be said now.
 */
export function resolvePlan(question: PlanQuestion): Plan {
  const { policy, severity, directory, now, once = false } = question
  const pages = !once && personalOf(usesOf(policy, severity)).length > 0
  const chat = robotsOf(policy.layers[0], question)
  const later = pages || once ? [] : laterRobots(chat, question)
  const needs = once ? undefined : neededBy(policy, directory, now)
  const raiseAfterMs = once ? undefined : policy.raiseAfterMs?.[severity]
  return {
    layers: pages ? resolveLayers(chat, question) : [],
    rounds: policy.rounds,
    repeatEveryMs: policy.repeatEveryMs,
    ...(policy.remindEveryMs === undefined ? {} : { remindEveryMs: policy.remindEveryMs }),
    acknowledgeOn: policy.acknowledgeOn,
    ...(policy.ackExpiresMs === undefined ? {} : { ackExpiresMs: policy.ackExpiresMs }),
    ...(needs && { needs }),
    ...(raiseAfterMs === undefined ? {} : { raiseAfterMs }),
    chat,
    ...(later.length > 0 && { later }),
    pages,
    at: now,
  }
}

/** The layers before one: the schedules and contacts that they name, and whom they reach. */
interface Earlier {
  pages: string[]
  reached: string[]
}

/** The robots that a layer tells: the project's, and its own. */
function robotsOf(layer: CompiledLayer | undefined, { policy, severity, chat, once }: PlanQuestion): string[] {
  const reaches = layer === undefined ? policy.channels[severity] : reachesOf(layer, policy, severity)
  return once || reaches.includes('chat') ? [...new Set([...chat, ...(layer?.chat ?? [])])] : []
}

/** The layers that tell robots beside those of the first one; a layer that is left out for the severity has no time. */
function laterRobots(told: string[], question: PlanQuestion): LaterRobots[] {
  const { policy, severity } = question
  const later: LaterRobots[] = []
  const known = new Set(told)
  let afterMs = 0
  for (const [layer, each] of policy.layers.entries()) {
    const chat = robotsOf(each, question).filter((robot) => !known.has(robot))
    for (const robot of chat) known.add(robot)
    if (chat.length > 0) {
      later.push({ layer, chat, afterMs })
      afterMs = 0
    }
    if (roleOf(each, reachesOf(each, policy, severity)) === 'tells') afterMs += each.ackTimeoutMs
  }
  return later
}

/** `told`: the robots of the first layer. */
function resolveLayers(told: string[], question: PlanQuestion): PlannedLayer[] {
  const { layers } = question.policy
  // A round that has had all its layers says nothing about the next one.
  const reached = (question.reached ?? []).length < layers.length ? (question.reached ?? []) : []
  const resolved: PlannedLayer[] = []
  const earlier: Earlier = { pages: [], reached: [] }
  for (const [index, layer] of layers.entries()) {
    const planned = resolveLayer(layer, earlier, question)
    const known = [...told, ...resolved.flatMap(({ chat = [] }) => chat)]
    const news = robotsOf(layer, question).filter((robot) => !known.includes(robot))
    resolved.push({ ...planned, ...(news.length > 0 && { chat: news }) })
    earlier.pages.push(...layer.page)
    earlier.reached.push(...(reached[index] ?? planned.targets.map(({ contact }) => contact)))
  }
  return resolved
}

function resolveLayer(layer: CompiledLayer, earlier: Earlier, question: PlanQuestion): PlannedLayer {
  const { calls, ackTimeoutMs, acknowledgeOn } = layer
  const { policy, severity } = question
  const as = { calls, ackTimeoutMs, ...(acknowledgeOn && { acknowledgeOn }) }
  const reaches = reachesOf(layer, policy, severity)
  const role = roleOf(layer, reaches)
  if (role === 'tells') return { ...as, targets: [], tellsOnly: true, notes: [] }
  if (role === 'nothing') return { ...as, targets: [], notes: [{ code: 'not-for-severity', args: { severity } }] }
  return { ...as, ...peopleOf(layer, personalOf(reaches), earlier, question) }
}

function peopleOf(
  layer: CompiledLayer,
  wanted: PersonalReach[],
  earlier: Earlier,
  question: PlanQuestion,
): Pick<PlannedLayer, 'targets' | 'notes'> {
  const targets: PlannedTarget[] = []
  const notes: PlanNote[] = []
  for (const page of layer.page) {
    const found = contactsOf(page, wanted, earlier, question)
    if ('note' in found) notes.push(found.note)
    for (const name of 'names' in found ? found.names : []) {
      if (targets.some((target) => target.contact === name)) continue
      const contact = ownProperty(question.directory.contacts, name)
      const target = contact && targetOf(name, contact, wanted, question)
      if (target) targets.push(withFewerCalls(target, contact, layer, question))
      else notes.push(contact ? unreachable(contact, wanted, question) : noSuch(name))
    }
  }
  return { targets, notes: eachOnce(notes) }
}

/** The contacts behind `lin`, `sre` or `sre.next`. */
function contactsOf(
  page: string,
  wanted: PersonalReach[],
  earlier: Earlier,
  question: PlanQuestion,
): { names: string[] } | { note: PlanNote } {
  const { directory, now } = question
  const schedule = nameOfPage(page)
  if (ownProperty(directory.schedules, schedule) === undefined) return { names: [page] }
  const current = onCall(directory, schedule, now).contacts
  if (page === schedule)
    return current.length > 0 ? { names: current } : { note: { code: 'nobody-on-call', args: { schedule } } }
  // Whom a hand-off has put on call after the schedule's own layer: they come before whoever is next to them.
  const passedOver = earlier.pages.includes(schedule) ? current.filter((name) => !earlier.reached.includes(name)) : []
  const reachable = passedOver.filter((name) => {
    const contact = ownProperty(directory.contacts, name)
    return contact && targetOf(name, contact, wanted, question)
  })
  if (reachable.length > 0) return { names: reachable }
  const names = nextOnCall(directory, schedule, now, earlier.reached)
  return names.length > 0 ? { names } : { note: { code: 'nobody-next', args: { schedule } } }
}

function noSuch(contact: string): PlanNote {
  return { code: 'no-such-contact', args: { contact } }
}

/** Two pages of one layer may come to the same person. */
function eachOnce(notes: PlanNote[]): PlanNote[] {
  return [...new Map(notes.map((note) => [JSON.stringify(note), note])).values()]
}

function targetOf(
  name: string,
  contact: Contact,
  wanted: PersonalReach[],
  question: PlanQuestion,
): PlannedTarget | undefined {
  const { configured = personalReaches, language, severity, phoneHashOf } = question
  const isQuiet = quietNow(contact, question) !== undefined
  const usable = personalReaches.filter(
    (channel) => configured.includes(channel) && contact[addressOf[channel]] && !(isQuiet && isLoud(channel)),
  )
  const { channels, fallback } = ownReach(usable, wanted, contact.channels?.[severity], severity)
  if (channels.length === 0) return undefined
  const [first, ...others] = numbersOf(contact).map((phone) => ({ phoneHash: phoneHashOf(phone) }))
  return {
    contact: name,
    name: contact.name,
    language: contact.language ?? language,
    channels,
    fallback,
    ...first,
    ...(others.length > 0 && { others }),
  }
}

function quietNow(contact: Contact, { severity, now, timezone, directory: { calendars = {} } }: PlanQuestion) {
  return quietWindow(contact, { severity, now, timezone, calendars })
}

/** A policy may ask a route less often than its layers call. */
function withFewerCalls(
  target: PlannedTarget,
  contact: Contact,
  layer: CompiledLayer,
  { policy, routes = [] }: PlanQuestion,
): PlannedTarget {
  const [first, ...others] = numbersOf(contact).map((phone) => {
    const calls = ownProperty(policy.callsBy ?? {}, routeFor(routes, phone)[0]?.type ?? '')
    return calls === undefined || calls >= layer.calls ? {} : { calls }
  })
  return {
    ...target,
    ...first,
    ...(target.others && { others: target.others.map((number, index) => ({ ...number, ...others[index] })) }),
  }
}

function unreachable(known: Contact, channels: PersonalReach[], question: PlanQuestion): PlanNote {
  const { name: contact, phone, email } = known
  const window = phone && quietNow(known, question)
  if (window) return { code: 'quiet-hours', args: { contact, window } }
  if (!phone && !email) return { code: 'without-address', args: { contact } }
  if (!phone) return { code: 'without-phone', args: { contact } }
  return { code: 'not-reached-by', args: { contact, channels } }
}
