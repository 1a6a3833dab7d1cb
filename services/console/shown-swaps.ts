import { DAY_MS } from '../../shared/contracts/milliseconds.ts'
import type { EngineIo } from '../../shared/engine/io.ts'
import { isAnswerable, isToFinish, readSwaps, type Swap } from '../../shared/store/swaps.ts'
import type { ConsoleDeps } from './deps.ts'

/** So long an answer is shown, ms. */
const ANSWERED_MS = 2 * DAY_MS

type Deps = Pick<ConsoleDeps, 'config' | 'regions'>

/**
 * What was asked for and may be accepted yet, and what was answered lately, the newest first. What somebody has accepted who died of it is finished
 * before: `url` makes the page that its letter leads to. Rejects when the table does.
 */
export async function shownSwaps(io: EngineIo, deps: Deps, url: () => string): Promise<Swap[]> {
  const swaps = await readSwaps(io)
  const known = swaps.some((swap) => isToFinish(swap, io.now())) ? await finished(swaps, io, deps, url) : swaps
  const now = io.now()
  return known.filter((swap) => isAnswerable(swap, now) || (swap.answered?.at ?? 0) > now - ANSWERED_MS)
}

async function finished(swaps: Swap[], io: EngineIo, { config, regions }: Deps, url: () => string): Promise<Swap[]> {
  const { finishSwaps } = await import('../../shared/engine/overrides/finish-swaps.ts')
  const making = {
    projects: Object.keys(config.projects),
    by: 'console',
    now: io.now(),
    newId: () => io.token(),
    timezone: config.timezone,
  }
  await finishSwaps(swaps, { regions: await regions(), making, io, url: url() })
  return readSwaps(io)
}
