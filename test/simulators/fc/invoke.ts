import type { VendorAnswer, VendorRequest } from '../server.ts'
import type { Account } from './account.ts'
import { Fault, invalid } from './fault.ts'
import { answer } from './router.ts'
import type { AsyncConfig } from './rules.ts'
import { logTail, type Target, throttled } from './runner.ts'

// "InvokeFunction" and "Limits".
const SYNC_BYTES = 32 * 1024 * 1024
const ASYNC_BYTES = 128 * 1024
const RETRY_MS = 500

/** "InvokeFunction" of both APIs: headers say how. A function that fails is a 200 with `x-fc-error-type`. */
export async function invoke(
  { invocations }: Account,
  { headers, body }: VendorRequest,
  target: Target,
  { asyncConfig, atOnce = Number.POSITIVE_INFINITY }: { asyncConfig: AsyncConfig; atOnce?: number },
): Promise<VendorAnswer> {
  const type = headers['x-fc-invocation-type'] ?? 'Sync'
  const log = headers['x-fc-log-type'] ?? 'None'
  if (type !== 'Sync' && type !== 'Async') throw invalid(`x-fc-invocation-type: ${type} is neither Sync nor Async`)
  if (log !== 'None' && log !== 'Tail') throw invalid(`x-fc-log-type: ${log} is neither None nor Tail`)
  const limit = type === 'Sync' ? SYNC_BYTES : ASYNC_BYTES
  if (body.length > limit) throw new Fault(413, 'EntityTooLarge', `the payload size exceeds ${limit} bytes`)
  const { functionName } = target.deployed
  if (invocations.running(functionName) >= atOnce) throw throttled(functionName, RETRY_MS)
  if (type === 'Async') {
    void invocations.async(target, body, asyncConfig)
    return answer(Buffer.alloc(0), { 'x-fc-invocation-type': 'Async' }, 202)
  }
  const result = await invocations.sync(target, body)
  return answer(result.body, {
    'content-type': 'application/octet-stream',
    'x-fc-request-id': result.requestId,
    ...(log === 'Tail' ? { 'x-fc-log-result': logTail(result.log) } : {}),
    ...(result.errorType ? { 'x-fc-error-type': result.errorType } : {}),
  })
}
