import { BilingualError } from '../../shared/contracts/bilingual-error.ts'
import type { Fields, WantedTimer } from './backend.ts'
import { parseSchedule, type Schedule } from './schedule.ts'
import type { FunctionDefinition, Problem } from './service.ts'

/**
 * The timers of a function's schedules, `schedule-1` and so on where they have no name of their own. `fieldsOf` gives what the
 * vendor's trigger holds, and tells of what it can't, or throws a `BilingualError`. `most` is the vendor's limit. All problems are
 * told.
 */
export function wantedTimers(
  events: FunctionDefinition['events'],
  most: number,
  fieldsOf: (schedule: Schedule, name: string, problem: Problem) => Fields,
  problem: Problem,
): WantedTimer[] {
  const schedules = events.flatMap(({ schedule }) => attempt(() => parseSchedule(schedule), problem) ?? [])
  const timers = schedules.flatMap((schedule, index): WantedTimer[] => {
    const name = schedule.name ?? `schedule-${index + 1}`
    const fields = attempt(() => fieldsOf(schedule, name, problem), problem)
    return fields ? [{ name, fields }] : []
  })
  if (timers.length > most)
    problem({
      en: `${timers.length} timers: at most ${most} for a function`,
      zh: `${timers.length} 个定时器：每个函数最多 ${most} 个`,
    })
  const names = timers.map(({ name }) => name)
  const twice = new Set(names.filter((name, index) => names.indexOf(name) < index))
  for (const name of twice) problem({ en: `two timers are called ${name}`, zh: `有两个定时器都叫 ${name}` })
  return timers
}

function attempt<T>(work: () => T, problem: Problem): T | undefined {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof BilingualError)) throw error
    problem(error.words)
    return undefined
  }
}
