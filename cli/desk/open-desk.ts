import type { CliIo } from '../io.ts'
import type { ActingOptions } from '../target.ts'
import type { Desk } from './desk.ts'
import { consoleOf } from './place.ts'

/** Opens the desk that options, or else the environment, say. */
export async function openDesk(options: ActingOptions & { config?: string }, io: CliIo): Promise<Desk> {
  const place = consoleOf(options, io)
  if (place !== undefined) return (await import('./console-desk.ts')).consoleDesk(place, options, io)
  return (await import('./tables-desk.ts')).tablesDesk(options, io)
}
