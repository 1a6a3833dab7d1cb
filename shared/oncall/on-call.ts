import { ownProperty } from '../contracts/own-property.ts'
import type { Instant } from '../contracts/words.ts'
import { overridesAt } from './override.ts'
import type { Override, Roster, Schedule } from './plan.ts'
import { isActive, layersOf, peopleFrom, placeOf, turnAt } from './rotation.ts'

/** Who is on call by a schedule at an instant, and what says so. */
export interface OnCall {
  /** Nobody: a gap. */
  contacts: string[]
  /** The same for as long as one turn, one stand-in or one fallback lasts. */
  source: string
}

/** Who has a schedule at an instant, as its turns and whatever overrides them say. */
interface Standing extends OnCall {
  /** The layer's turns from the present one on, without those who are not there. */
  turns: string[][]
  /** Who comes when the layer has nobody else. */
  further: string[][]
}

/** Who is on call: everything that shows it or pages by it asks here. A schedule that nobody knows has nobody. */
export function onCall(roster: Roster, name: string, at: Instant): OnCall {
  const { contacts, source } = standingAt(roster, name, at, [])
  return { contacts, source }
}

/**
 * Who is next: the first turn after the present one that has anybody who is not on call already. With `reached`, who has been reached in
 * this round already, the first after the last of those; then who comes after the rotation; once all have been, they begin anew. Nobody
 * when there is nobody else.
 */
export function nextOnCall(roster: Roster, name: string, at: Instant, reached: string[] = []): string[] {
  const { contacts, turns, further } = standingAt(roster, name, at, [])
  const without = (groups: string[][], names: string[]) =>
    groups.map((group) => group.filter((person) => !names.includes(person))).filter((group) => group.length > 0)
  const last = reached.findLast((person) => turns.flat().includes(person))
  const from = last === undefined || contacts.includes(last) ? 1 : turns.findIndex((turn) => turn.includes(last)) + 1
  const others = without([...turns.slice(from), ...turns.slice(0, from), ...further], contacts)
  return without(others, reached)[0] ?? without([...turns.slice(1), ...others], contacts)[0] ?? []
}

/** `asked`: the schedules on the way here, so that none falls back on itself. */
function standingAt(roster: Roster, name: string, at: Instant, asked: string[]): Standing {
  const schedule = asked.includes(name) ? undefined : ownProperty(roster.schedules, name)
  if (schedule === undefined) return { contacts: [], source: 'none', turns: [], further: [] }
  const overrides = overridesAt(roster, name, schedule.timezone, at)
  const gone = new Set(overrides.flatMap(goneBy))
  const there = (people: string[]) => [...new Set(people)].filter((person) => !gone.has(person))
  const found = layersAt(roster, schedule, at).map(({ source, turns }) => ({
    source,
    turns: turns.map((turn) => there(turn.map((person) => standInFor(person, overrides)))),
  }))
  const fallbacks = (schedule.then ?? []).map((entry) => ({
    source: `then ${entry}`,
    turns: [there(peopleOf(roster, entry, at, [...asked, name]))],
  }))
  const candidates = [...found, ...fallbacks]
  const index = candidates.findIndex(({ turns }) => turns.flat().length > 0)
  const { source, turns } = candidates[index] ?? { source: 'none', turns: [] }
  const further = candidates.slice(index + 1).map((each) => each.turns.flat())
  const whole = overrides.findLast((each) => 'contact' in each && each.for === undefined && !gone.has(each.contact))
  const present = whole && 'contact' in whole ? [whole.contact] : (turns.find((turn) => turn.length > 0) ?? [])
  const added = overrides.flatMap((each) => ('add' in each ? [each.add] : []))
  return {
    contacts: there([...present, ...added]),
    source: whole === undefined ? source : JSON.stringify(whole),
    turns,
    further,
  }
}

function layersAt(roster: Roster, schedule: Schedule, at: Instant): { source: string; turns: string[][] }[] {
  const { keep } = schedule
  const layers = turnsAt(roster, schedule, at)
  if (keep === undefined || at >= keep.until) return layers
  // Whoever is kept has the turn that the first layer has now: after it come those who come after that.
  const [present, ...later] = layers[0]?.turns ?? []
  const following = present === undefined ? later : [...later, present]
  return [{ source: 'kept', turns: [keep.contacts, ...following] }, ...layers.slice(1)]
}

function turnsAt(roster: Roster, schedule: Schedule, at: Instant): { source: string; turns: string[][] }[] {
  return layersOf(schedule).flatMap((layer, index) => {
    if (!isActive(layer, at, placeOf(layer, schedule, roster).calendars)) return []
    const { number } = turnAt(layer, at)
    return [{ source: `${index}:${number}`, turns: peopleFrom(layer, number) }]
  })
}

/** Of a fallback: a contact, or whoever another schedule has on call. */
function peopleOf(roster: Roster, entry: string, at: Instant, asked: string[]): string[] {
  if (ownProperty(roster.schedules, entry) === undefined) return [entry]
  return standingAt(roster, entry, at, asked).contacts
}

function goneBy(override: Override): string[] {
  if ('away' in override) return [override.away]
  return 'remove' in override ? [override.remove] : []
}

/** Whoever has somebody's turns: by overrides one after another. */
function standInFor(person: string, overrides: Override[]): string {
  return overrides.reduce((name, override) => {
    if ('contact' in override) return override.for === name ? override.contact : name
    if (!('swap' in override)) return name
    const [one, other] = override.swap
    if (name === one) return other
    return name === other ? one : name
  }, person)
}
