import { CloudError } from './backend.ts'

/** How waiting is done: handed in, so that tests need no time. */
export interface Patience {
  wait(ms: number): Promise<void>
  /** In [0, 1). */
  random(): number
}

/** In all about half a minute: neither vendor's SDK repeats anything by itself. */
const ATTEMPTS = 6
const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 20_000

/** Calls again what failed with a transient `CloudError`, with doubling waits; another failure, or the last, is thrown. */
export async function persistently<T>(call: () => Promise<T>, { wait, random }: Patience): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call()
    } catch (error) {
      if (!(error instanceof CloudError) || error.kind !== 'transient' || attempt === ATTEMPTS) throw error
      const most = Math.min(FIRST_WAIT_MS * 2 ** (attempt - 1), LONGEST_WAIT_MS)
      await wait(Math.max(error.retryAfterMs ?? 0, most * (0.5 + random() / 2)))
    }
  }
}

/** Lets at most so many calls begin within a time; the others wait for their turn. */
export function atMost(
  most: number,
  withinMs: number,
  { wait, now }: Pick<Patience, 'wait'> & { now(): number },
): () => Promise<void> {
  const begun: number[] = []
  let last = Promise.resolve()
  return () => {
    last = last.then(async () => {
      const earliest = begun.length < most ? undefined : begun.shift()
      const left = earliest === undefined ? 0 : earliest + withinMs - now()
      if (left > 0) await wait(left)
      begun.push(now())
    })
    return last
  }
}
