import { type Patience, persistently } from '../provider/attempts.ts'
import type { FoundVersion } from '../provider/backend.ts'
import { cloudError, isMissing, isUnchanged } from './errors.ts'

/** Runs one call of an SDK. What it throws is a `CloudError`, and what is transient has been repeated. */
export type Call = <T>(action: string, run: () => Promise<T>) => Promise<T>

/** `secrets` are kept out of what errors say. */
export function caller(secrets: readonly string[], patience: Patience): Call {
  return (action, run) => persistently(() => once(action, run, secrets), patience)
}

/** For what must not happen twice: nothing is repeated. */
export async function once<T>(action: string, run: () => Promise<T>, secrets: readonly string[]): Promise<T> {
  try {
    return await run()
  } catch (thrown) {
    throw cloudError(thrown, action, secrets)
  }
}

/** Undefined instead of the error that says that it is not there. */
export async function ifThere<T>(result: Promise<T>): Promise<T | undefined> {
  try {
    return await result
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/**
 * The version that was published; the newest there is if the vendor refuses to make one that holds the same: a deployment was
 * cut off after publishing, or one goes forward again after a rollback.
 */
export async function publishedOr(
  published: Promise<string | undefined>,
  versions: () => Promise<FoundVersion[]>,
): Promise<string | undefined> {
  try {
    return await published
  } catch (error) {
    const [newest] = isUnchanged(error) ? await versions() : []
    if (!newest) throw error
    return newest.version
  }
}
