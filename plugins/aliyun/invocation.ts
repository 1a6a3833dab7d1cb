import type { Invocation } from '../provider/backend.ts'

/** An invocation's answer: the function's own failure comes with status 200 and is told by a header ("InvokeFunction"). */
export function invocationOf(headers: Record<string, string | undefined>, result: string): Invocation {
  const log = headers['x-fc-log-result']
  return {
    result,
    failed: headers['x-fc-error-type'] !== undefined,
    requestId: headers['x-fc-request-id'] ?? '',
    ...(log === undefined ? {} : { log: Buffer.from(log, 'base64').toString() }),
  }
}
