import { consoleOf } from '../desk/place.ts'
import type { CliIo } from '../io.ts'
import type { TargetOptions } from '../target.ts'
import type { SilenceKeeper } from './keeper.ts'

/** Opens the keeper that options, or else the environment, say. */
export async function openKeeper(options: TargetOptions & { as?: string }, io: CliIo): Promise<SilenceKeeper> {
  const place = consoleOf(options, io)
  if (place !== undefined) return (await import('./console-keeper.ts')).consoleKeeper(place, options, io)
  return (await import('./tables-keeper.ts')).tablesKeeper(options, io)
}
