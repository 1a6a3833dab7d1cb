import { AsyncLocalStorage } from 'node:async_hooks'
import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'
import { type Patience, persistently } from '../provider/attempts.ts'
import type { FoundVersion } from '../provider/backend.ts'
import { cloudError, isMissing, isUnchanged } from './errors.ts'

/** What is heard of an answer while a call runs: the SDKs drop its status where they can't read its body. */
const heard = new AsyncLocalStorage<{ status?: number }>()

// Node tells of each answer to a request of its own HTTP client, which both SDKs use (Node.js, "Diagnostics Channel").
subscribe('http.client.response.finish', (message) => {
  const { statusCode } = (message as { response: IncomingMessage }).response
  const answer = heard.getStore()
  if (answer && statusCode !== undefined) answer.status = statusCode
})

/** Runs one call of an SDK. What it throws is a `CloudError`, and what is transient has been repeated. */
export type Call = <T>(action: string, run: () => Promise<T>) => Promise<T>

/** `secrets` are kept out of what errors say. */
export function caller(secrets: readonly string[], patience: Patience): Call {
  return (action, run) => persistently(() => once(action, run, secrets), patience)
}

/** For what must not happen twice: nothing is repeated. */
export async function once<T>(action: string, run: () => Promise<T>, secrets: readonly string[]): Promise<T> {
  const answer: { status?: number } = {}
  try {
    return await heard.run(answer, run)
  } catch (thrown) {
    throw cloudError(thrown, action, secrets, answer.status)
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
