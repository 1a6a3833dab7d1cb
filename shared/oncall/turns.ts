import { ownProperty } from '../contracts/own-property.ts'
import { broughtIn } from './override.ts'
import type { Override, Roster, Schedule } from './plan.ts'
import { layersOf, takingTurns } from './rotation.ts'

type Turning = Pick<Roster, 'schedules' | 'overrides'>

/** The schedules among some names, and those that they fall back on, each once: they may stand in for each other. */
export function withFallbacks(
  { schedules }: Pick<Roster, 'schedules'>,
  names: Iterable<string>,
): Map<string, Schedule> {
  const found = new Map<string, Schedule>()
  const add = (name: string) => {
    const schedule = found.has(name) ? undefined : ownProperty(schedules, name)
    if (schedule === undefined) return
    found.set(name, schedule)
    for (const entry of schedule.then ?? []) add(entry)
  }
  for (const name of names) add(name)
  return found
}

/** Everybody whom a schedule, or what it falls back on, may ever have on call. */
export function everybodyIn({ schedules, overrides }: Turning, name: string): Set<string> {
  const asked = withFallbacks({ schedules }, [name])
  const own = [...asked.values()].flatMap((schedule) => [...takingTurns(schedule), ...(schedule.keep?.contacts ?? [])])
  const brought = overrides.flatMap((one) => ('away' in one || !asked.has(one.schedule) ? [] : broughtIn(one)))
  const entries = [name, ...[...asked.values()].flatMap(({ then = [] }) => then)]
  return new Set([...own, ...brought, ...entries.filter((entry) => !asked.has(entry))])
}

/** How many a page of a schedule, or what it falls back on, may come to at most, overrides left out: one turn may have several. */
export function mostAtOnce({ schedules }: Pick<Roster, 'schedules'>, name: string): number {
  const rotations = [...withFallbacks({ schedules }, [name]).values()].flatMap(layersOf)
  return Math.max(1, ...rotations.flatMap(({ rotation }) => rotation.map((turn) => [turn].flat().length)))
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
