import { parseDuration } from '../shared/contracts/duration.ts'
import { tryEach } from '../shared/contracts/in-each.ts'
import { isSnooze } from '../shared/contracts/snooze.ts'
import type { Instant } from '../shared/contracts/words.ts'
import { dispatchToIncident } from '../shared/engine/dispatch.ts'
import { isOfThisLife } from '../shared/incidents/duty/same-life.ts'
import type { Incident, IncidentEvent } from '../shared/incidents/incident.ts'
import type { PersonName } from '../shared/incidents/notice.ts'
import { readIncident } from '../shared/store/incidents.ts'
import { audited } from './audited.ts'
import { engineOf, incidentsOf } from './engine.ts'
import { findTargets, tellMissed } from './every-region.ts'
import { CommandError } from './failure.ts'
import { actorOf, type Found, findIncident } from './incident.ts'
import type { CliIo } from './io.ts'
import type { Target, TargetOptions } from './target.ts'
import { actingWords } from './words/acting.ts'

/** What somebody does to an incident, and what it is then. `changed` is false where that changed nothing. */
export interface Acted {
  /** As it was. */
  found: Incident
  state: Incident
  changed: boolean
  by: PersonName
  /** The region where it was done first. */
  target: Target
}

/** What somebody does to an incident, as that is in a region. */
export type EventIn = (incident: Incident, target: Target) => Promise<IncidentEvent> | IncidentEvent

/** Does something to the incident of a number, in the name of `--as`. Throws a `CommandError` for a number or a name that nobody has. */
export async function act(
  number: number,
  options: TargetOptions & { as?: string },
  eventOf: (incident: Incident, by: PersonName, target: Target) => ReturnType<EventIn>,
  io: CliIo,
): Promise<Acted> {
  const one = await findIncident(number, options, io)
  const by = await actorOf(options.as, one.found.project, one.target, io)
  const done = await carryOut(one, (incident, where) => eventOf(incident, by, where), options, io)
  return { found: one.found, ...done, by, target: one.target }
}

/** The incident of a number where it is paged. */
export async function findWherePaged(number: number, options: TargetOptions, io: CliIo): Promise<Found> {
  const one = await findIncident(number, options, io)
  const pages = one.found.duty?.pages
  const target = findTargets(options, io).find(({ region }) => region === pages) ?? one.target
  const found = (await lifeIn(target, one, io)) ?? one.found
  return found === one.found ? one : { found, target }
}

/** What is said wherever it can be: that takes an incident, ends it, or keeps it quiet whoever pages it next. */
const everywhere: IncidentEvent['type'][] = ['acknowledge', 'resolve', 'snooze', 'merge']

/**
 * Has an incident decide on an event in the region whose number was given. What takes or ends it is said in each other region, too, that
 * can be reached: that one's queues may accept the word for the others, and not be worked on. That word says nothing of what is merged,
 * so a region where that was not said is named.
 */
export async function carryOut(
  one: Found,
  eventIn: EventIn,
  options: TargetOptions,
  io: CliIo,
): Promise<{ state: Incident; changed: boolean }> {
  const { found, target } = one
  const event = await eventIn(found, target)
  const others = findTargets(options, io).filter(({ region }) => region !== target.region)
  const deed = { action: event.type, about: `/incidents/${found.number}`, by: byIn(event) }
  return audited(deed, [target, ...others], io, async () => {
    const { state = found, changed } = await dispatchToIncident(found, { event }, await engineOf(target, io))
    if (changed && everywhere.includes(event.type)) {
      const { missed } = await tryEach(others, (other) => sayIn(other, one, eventIn, io))
      if (event.type === 'merge') tellMissed(missed, ({ region }) => actingWords[io.language].merge.again(region), io)
    }
    return { state, changed }
  })
}

/** A note has a name alone. */
function byIn(event: IncidentEvent): PersonName | undefined {
  if (!('by' in event)) return undefined
  const { by } = event
  return typeof by === 'string' ? { contact: by, name: by } : by
}

async function sayIn(other: Target, one: Found, eventIn: EventIn, io: CliIo): Promise<void> {
  const theirs = await lifeIn(other, one, io)
  if (theirs === undefined) return
  await dispatchToIncident(theirs, { event: await eventIn(theirs, other) }, await engineOf(other, io))
}

/** An incident as another region has it; undefined: it does not, or no longer. */
export async function lifeIn(other: Target, { found, target }: Found, io: CliIo): Promise<Incident | undefined> {
  if (other.region === target.region) return found
  const theirs = await readIncident(found, incidentsOf(other))
  const sent = { generation: found.generation, region: target.region, at: io.now() }
  return theirs !== undefined && isOfThisLife(theirs, sent) ? theirs : undefined
}

/** When a snooze of such a length is over. Throws a `CommandError` for what is none. */
export function snoozedUntil(text: string, now: Instant): Instant {
  const ms = parseDuration(text)
  if (ms !== undefined && isSnooze(ms)) return now + ms
  throw new CommandError({
    en: `--for ${text}: write 30m, 2h or 1d, from 1m to 7d`,
    zh: `--for ${text}：写成 30m、2h、1d 这样，从 1m 到 7d`,
  })
}
