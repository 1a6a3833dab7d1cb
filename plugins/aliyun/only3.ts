import { parseSchedule, type Schedule, type ScheduleEvent } from '../provider/schedule.ts'
import type { Problem } from '../provider/service.ts'
import type { AliyunFunctionDefinition } from './definition.ts'

/** What the service has for all of its functions in 2.0. */
const OF_THE_SERVICE = ['role', 'vpc', 'logs', 'internetAccess', 'tags'] as const

/** What 2.0 has no word for. */
const UNKNOWN = ['cpu', 'diskSize', 'reservedConcurrency', 'asyncTask'] as const

/** Tells what a function asks for that Function Compute 2.0 can't do for it alone, or not at all. */
export function refusedBy2(definition: AliyunFunctionDefinition, problem: Problem): void {
  for (const key of OF_THE_SERVICE) {
    if (definition[key] !== undefined) {
      problem({
        en: `${key}: in Function Compute 2.0 all functions of a service share it: set provider.${key}`,
        zh: `${key}：函数计算 2.0 中由服务的所有函数共用：写在 provider.${key}`,
      })
    }
  }
  for (const key of UNKNOWN) {
    if (definition[key] !== undefined)
      problem({ en: `${key}: only Function Compute 3.0 has it`, zh: `${key}：只有函数计算 3.0 有` })
  }
  if (definition.events.some(({ schedule }) => schedules(schedule).some(({ description }) => description))) {
    problem({
      en: 'a description of a timer: only Function Compute 3.0 has it',
      zh: '定时器的描述：只有函数计算 3.0 有',
    })
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
