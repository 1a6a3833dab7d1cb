import { ownProperty } from '../contracts/own-property.ts'
import { broughtIn } from './override.ts'
import type { Override, Roster } from './plan.ts'
import { layersOf } from './rotation.ts'

type Turning = Pick<Roster, 'schedules' | 'overrides'>

/** Everybody whom a schedule, or what it falls back on, may ever have on call. */
export function everybodyIn({ schedules, overrides }: Turning, name: string): Set<string> {
  const asked = new Set<string>()
  const people = new Set<string>()
  const ask = (entry: string) => {
    const schedule = ownProperty(schedules, entry)
    if (schedule === undefined) people.add(entry)
    if (schedule === undefined || asked.has(entry)) return
    asked.add(entry)
    for (const person of layersOf(schedule).flatMap(({ rotation }) => rotation.flat())) people.add(person)
    for (const person of schedule.keep?.contacts ?? []) people.add(person)
    for (const override of overrides)
      if (!('away' in override) && override.schedule === entry) for (const one of broughtIn(override)) people.add(one)
    for (const other of schedule.then ?? []) ask(other)
  }
  ask(name)
  return people
}

/** How many a page of a schedule, or what it falls back on, may come to at most, overrides left out: one turn may have several. */
export function mostAtOnce({ schedules }: Pick<Roster, 'schedules'>, name: string): number {
  const asked = new Set<string>()
  const most = (entry: string): number => {
    const schedule = ownProperty(schedules, entry)
    if (schedule === undefined) return 1
    if (asked.has(entry)) return 0
    asked.add(entry)
    const turns = layersOf(schedule).flatMap(({ rotation }) => rotation.map((turn) => [turn].flat().length))
    return Math.max(...turns, ...(schedule.then ?? []).map(most))
  }
  return most(name)
}

/** Of whom an override takes turns who has none in its schedule, whatever the others say: it would change nothing. */
export function withoutTurns(override: Override, { schedules, overrides }: Turning): string | undefined {
  if ('away' in override || ownProperty(schedules, override.schedule) === undefined) return undefined
  const moved =
    'swap' in override
      ? override.swap
      : 'remove' in override
        ? [override.remove]
        : 'contact' in override && override.for !== undefined
          ? [override.for]
          : []
  const known = everybodyIn({ schedules, overrides: overrides.filter((one) => one !== override) }, override.schedule)
  return moved.find((person) => !known.has(person))
}
