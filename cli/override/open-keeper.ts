import { consoleOf } from '../desk/place.ts'
import type { CliIo } from '../io.ts'
import type { OverrideKeeper, OverrideOptions } from './keeper.ts'

/** Opens the keeper that options, or else the environment, say. */
export async function openOverrides(options: OverrideOptions, io: CliIo): Promise<OverrideKeeper> {
  const place = consoleOf(options, io)
  if (place !== undefined) return (await import('./console-keeper.ts')).consoleKeeper(place, options, io)
  return (await import('./tables-keeper.ts')).tablesKeeper(options, io)
}
