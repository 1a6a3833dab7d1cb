import { parseSchedule, type Schedule, type ScheduleEvent } from '../provider/schedule.ts'
import type { AliyunFunctionDefinition } from './definition.ts'

/** What the service has for all of its functions in 2.0. */
const OF_THE_SERVICE = ['role', 'vpc', 'logs', 'internetAccess', 'tags'] as const

/** What 2.0 has no word for. */
const UNKNOWN = ['cpu', 'diskSize', 'reservedConcurrency', 'asyncTask'] as const

/** Tells what a function asks for that Function Compute 2.0 can't do for it alone, or not at all. */
export function refusedBy2(definition: AliyunFunctionDefinition, problem: (text: string) => void): void {
  for (const key of OF_THE_SERVICE) {
    if (definition[key] !== undefined) {
      problem(`${key}: in Function Compute 2.0 all functions of a service share it: set provider.${key}`)
    }
  }
  for (const key of UNKNOWN) {
    if (definition[key] !== undefined) problem(`${key}: only Function Compute 3.0 has it`)
  }
  if (definition.events.some(({ schedule }) => schedules(schedule).some(({ description }) => description))) {
    problem('a description of a timer: only Function Compute 3.0 has it')
  }
}

/** A schedule that can't be read is told where timers are made of them. */
function schedules(event: ScheduleEvent): Schedule[] {
  try {
    return parseSchedule(event)
  } catch {
    return []
  }
}
