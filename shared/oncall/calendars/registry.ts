import { cn } from './cn.ts'
import { sg } from './sg.ts'

/** The calendars that everybody has, by the name that `holidays` says. */
export const publicHolidays = { cn, sg }
