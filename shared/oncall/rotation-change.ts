import type { Instant } from '../contracts/words.ts'
import { parseHandoff } from './handoff.ts'
import { onCall } from './on-call.ts'
import type { Directory, Layer, Roster, Schedule } from './plan.ts'
import { layersOf, type PlacedLayer, peopleFrom, turnAt } from './rotation.ts'
import { shiftsBetween } from './shifts.ts'

/**
 * The schedule as `after` has it, so that whoever is on call finishes the shift and the order goes on from there. A longer list counts
 * every turn anew: its start is moved by as few turns as it takes. Whoever would be relieved nevertheless, being in no list any more or
 * because windows have changed, is kept until the present shift ends; somebody who is no contact any more is not.
 */
export function keepingPresent(before: Roster, after: Directory, name: string, at: Instant): Schedule {
  const [old, wanted] = [before.schedules[name], after.schedules[name]]
  if (old === undefined || wanted === undefined) throw new RangeError(`there is no schedule ${name}`)
  const olds = layersOf(old)
  const layers = layersOf(wanted).map((layer, index) => startKept(olds[index], layer, at))
  const moved = withStarts(wanted, layers)
  const [was, is] = [withoutOverrides(before), withoutOverrides(after)]
  const present = onCall(was, name, at).contacts
  const changed = onCall({ ...is, schedules: { ...is.schedules, [name]: moved } }, name, at).contacts
  const still = present.filter((person) => Object.hasOwn(after.contacts, person))
  if (still.length === 0 || isSameGroup(still, changed)) return moved
  const until = shiftsBetween(was, name, at, at + 1)[0]?.end
  return until === undefined ? moved : { ...moved, keep: { contacts: still, until } }
}

/** An override is meant to act at once: only the rotations are kept. */
function withoutOverrides(roster: Roster): Roster {
  return { ...roster, overrides: [] }
}

/** The start that a layer has to have for its turns to go on as those of `old` do. */
function startKept(old: PlacedLayer | undefined, layer: PlacedLayer, at: Instant): string {
  if (old === undefined || isSameRhythm(old, layer)) return layer.start
  const handoff = parseHandoff(layer.handoff, layer.start)
  const moves = layer.rotation.flatMap((_, index) => [index + 1, -index - 1])
  const starts = [layer.start, ...moves.map(handoff.startMovedBy)]
  const turn = turnAt(old, at)
  const upcoming = peopleFrom(old, turn.number)
  const remaining = upcoming.slice(1).find((people) => people.some((person) => isIn(layer, person)))
  const rated = starts.map((start) => {
    const candidate = { ...layer, start }
    const coming = peopleFrom(candidate, turnAt(candidate, at).number)
    const afterwards = peopleFrom(candidate, turnAt(candidate, turn.end).number)[0]
    const goesOn =
      shares(coming[0], upcoming[0]) || (!shares(layer.rotation.flat(), upcoming[0]) && shares(afterwards, remaining))
    const agreeing = coming.filter((people, index) => isSameGroup(people, upcoming[index] ?? [])).length
    return { start, rating: goesOn ? 1 + agreeing : 0 }
  })
  return rated.reduce((best, one) => (one.rating > best.rating ? one : best)).start
}

function isSameRhythm(a: PlacedLayer, b: PlacedLayer): boolean {
  const said = ({ rotation, handoff, start, timezone }: PlacedLayer) =>
    JSON.stringify([rotation, handoff, start, timezone])
  return said(a) === said(b)
}

const isIn = ({ rotation }: Layer, person: string) => rotation.flat().includes(person)

const shares = (some: string[] = [], others: string[] = []) => some.some((person) => others.includes(person))

const isSameGroup = (a: string[], b: string[]) => a.length === b.length && a.every((person) => b.includes(person))

function withStarts(schedule: Schedule, starts: string[]): Schedule {
  if (!('layers' in schedule)) return { ...schedule, start: starts[0] ?? schedule.start }
  return {
    ...schedule,
    layers: schedule.layers.map((each, index) => ({ ...each, start: starts[index] ?? each.start })),
  }
}

/** A rotation's start that is not as oncall.yml has it; `layer` counts from 0, absent in a schedule without layers. */
export interface MovedStart {
  schedule: string
  layer?: number
  start: string
}

/** The starts of a schedule that `applied` has otherwise than `written`. */
export function movedStarts(schedule: string, written: Schedule, applied: Schedule): MovedStart[] {
  const before = layersOf(written)
  return layersOf(applied).flatMap(({ start }, layer) => {
    if (before[layer]?.start === start) return []
    return [{ schedule, ...('layers' in written && { layer }), start }]
  })
}

/** From `from` on, UTC ms, others are on call than would have been. */
export interface ShiftChange {
  from: Instant
  before: string[]
  after: string[]
}

/** As far as people plan: after so many weeks the two rotations are told by their lists. */
const LOOK_AHEAD_MS = 56 * 86_400_000

/** Who changes when within eight weeks from `at`, overrides included. */
export function shiftChanges(before: Roster, after: Roster, name: string, at: Instant): ShiftChange[] {
  const changes: ShiftChange[] = []
  const starts = [before, after].flatMap((roster) =>
    shiftsBetween(roster, name, at, at + LOOK_AHEAD_MS).map(({ start }) => Math.max(start, at)),
  )
  let last = ''
  for (const from of [...new Set(starts)].sort((a, b) => a - b)) {
    const change = { from, before: onCall(before, name, from).contacts, after: onCall(after, name, from).contacts }
    const pair = JSON.stringify([change.before, change.after])
    if (!isSameGroup(change.before, change.after) && pair !== last) changes.push(change)
    last = pair
  }
  return changes
}
