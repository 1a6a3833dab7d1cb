import type { CompiledConfig } from '../../contracts/compiled-config.ts'
import { type Inhibitions, inhibitionsOf, isTarget } from '../../incidents/pause/inhibition.ts'
import type { Matched } from '../../incidents/pause/matched.ts'
import { recently } from '../../store/recently.ts'
import type { EngineIo } from '../io.ts'
import { readOpen } from './read-open.ts'

/** The steps that one invocation takes at once ask one list, ms: it lags as much as that anyway. */
const SHARED_MS = 1_000

/** By invocation. */
const readers = new WeakMap<object, (key: string) => Promise<Inhibitions>>()

/**
 * Reads what the rules of the configuration come to now for these incidents; of such as no rule is for nothing is read. The list lags a
 * moment behind: watch puts right what came of that.
 */
export async function readInhibitionsFor(
  asked: Matched[],
  { inhibit = {} }: Pick<CompiledConfig, 'inhibit'>,
  io: Pick<EngineIo, 'incidents' | 'log' | 'now'>,
): Promise<Inhibitions> {
  if (!asked.some((incident) => isTarget(inhibit, incident))) return () => undefined
  const readAll = async () => inhibitionsOf(inhibit, await readOpen(io))
  const read = readers.get(io) ?? recently(readAll, SHARED_MS, io.now)
  readers.set(io, read)
  return await read('')
}
