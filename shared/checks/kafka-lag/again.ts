import { setTimeout as wait } from 'node:timers/promises'

/** Waits before a further try, ms; after the last the fault stands. */
const PAUSES_MS = [300, 900]

/** Calls again what has failed in a way that passes, as long as `scope` lasts. */
export async function again<T>(
  call: () => Promise<T>,
  passes: (error: unknown) => boolean,
  scope: AbortSignal,
): Promise<T> {
  for (const pauseMs of PAUSES_MS) {
    try {
      return await call()
    } catch (error) {
      if (!passes(error) || scope.aborted) throw error
      await wait(pauseMs, undefined, { signal: scope }).catch(() => {})
    }
  }
  return call()
}
