import type { Fields, WantedTimer } from './backend.ts'
import { parseSchedule, type Schedule } from './schedule.ts'
import type { FunctionDefinition } from './service.ts'

/**
 * The timers of a function's schedules, `schedule-1` and so on where they have no name of their own. `fieldsOf` gives what the
 * vendor's trigger holds, and tells of what it can't, or throws a RangeError. `most` is the vendor's limit. All problems are
 * told.
 */
export function wantedTimers(
  events: FunctionDefinition['events'],
  most: number,
  fieldsOf: (schedule: Schedule, name: string, problem: (text: string) => void) => Fields,
  problem: (text: string) => void,
): WantedTimer[] {
  const schedules = events.flatMap(({ schedule }) => attempt(() => parseSchedule(schedule), problem) ?? [])
  const timers = schedules.flatMap((schedule, index): WantedTimer[] => {
    const name = schedule.name ?? `schedule-${index + 1}`
    const fields = attempt(() => fieldsOf(schedule, name, problem), problem)
    return fields ? [{ name, fields }] : []
  })
  if (timers.length > most) problem(`${timers.length} timers: at most ${most} for a function`)
  const names = timers.map(({ name }) => name)
  const twice = new Set(names.filter((name, index) => names.indexOf(name) < index))
  for (const name of twice) problem(`two timers are called ${name}`)
  return timers
}

function attempt<T>(work: () => T, problem: (text: string) => void): T | undefined {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    problem(error.message)
    return undefined
  }
}
