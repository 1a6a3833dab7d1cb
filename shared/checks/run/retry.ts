import type { CompiledCheck } from '../../contracts/compiled-config.ts'
import type { Instant } from '../../contracts/words.ts'
import type { CheckIo, CheckKind, RunResult } from '../kind.ts'
import { fact } from './fault.ts'
import type { RunFault } from './faults.ts'

/** What failed at this moment often goes on doing so for a few milliseconds. */
const PAUSE_MS = 200

/**
 * Runs a check, and again while it is down and has `retries` left, all until `deadline`. Each try may take its share of the
 * time that is left, so that one that hears nothing leaves some to the next. What is seen is what the last try saw.
 */
export async function withRetries(
  kind: CheckKind<unknown>,
  check: CompiledCheck,
  io: CheckIo,
  deadline: Instant,
): Promise<RunResult> {
  const { retries = 0 } = check
  let before: RunResult | undefined
  for (let left = retries + 1; ; left--) {
    const share = (deadline - io.now()) / left
    const seen = await kind.run(check, io, left === 1 ? deadline : Math.floor(io.now() + share))
    const tries = retries + 2 - left
    if (seen.outcome !== 'down') return before === undefined ? seen : recovered(seen, before, tries)
    if (left === 1 || io.now() + PAUSE_MS >= deadline) return before === undefined ? seen : exhausted(seen, tries)
    before = seen
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    if (io.signal.aborted) return seen
  }
}

/** Says that it was not one try alone: its time was shared among them. */
function exhausted(seen: RunResult, tries: number): RunResult {
  const { fault: last } = seen
  return last === undefined ? seen : { ...seen, fault: fact('after-tries', { tries, last }) satisfies RunFault }
}

/** Says what the tries before had seen: a target that often needs them is not well. */
function recovered(seen: RunResult, before: RunResult, tries: number): RunResult {
  if (before.fault === undefined) return seen
  const args = { try: tries, before: before.fault, ...(seen.fault === undefined ? {} : { now: seen.fault }) }
  return { ...seen, fault: fact('recovered', args) }
}
