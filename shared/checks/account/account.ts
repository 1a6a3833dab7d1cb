import type { Instant } from '../../contracts/words.ts'
import type { CheckIo, RunResult } from '../kind.ts'
import { openLines } from '../network/ask-api.ts'
import { fromEnvironment } from '../run/environment.ts'
import { seenFault } from '../run/fault.ts'
import { withinLimit } from '../run/time-limit.ts'
import { aliyunResults } from './aliyun.ts'
import { awsResults } from './aws.ts'
import type { Asking } from './call.ts'
import type { AccountFault } from './faults.ts'
import type { AccountResult } from './result.ts'
import { robotResults } from './robots.ts'
import type { AccountSpec } from './spec.ts'
import { tencentResults } from './tencent.ts'

/** The worst first; what is unknown may be no worse than what is left. */
const order = ['down', 'degraded', 'unknown', 'up'] as const

function resultsOf(spec: AccountSpec, asking: Asking): Promise<AccountResult[]> {
  if (spec.vendor === 'robots') return robotResults(spec, asking)
  if (spec.vendor === 'aws') return awsResults(spec, asking)
  return spec.vendor === 'tencent' ? tencentResults(spec, asking) : aliyunResults(spec, asking)
}

/** Asks the cloud, or each robot, for all that the check names, and tells of what is worst. A question that the vendor does not answer is `unknown`. */
export async function runAccount(written: AccountSpec, io: CheckIo, deadline: Instant): Promise<RunResult> {
  const lines = openLines()
  try {
    const spec = fromEnvironment(written, io.env)
    return worst(await withinLimit(io, deadline, (scope) => resultsOf(spec, { io, lines, scope })))
  } catch (error) {
    // That an API is slow says nothing of the account.
    return { ...seenFault(error), outcome: 'unknown' }
  } finally {
    lines.hangUp()
  }
}

function worst(results: AccountResult[]): RunResult {
  const outcome = order.find((one) => results.some((result) => result.outcome === one)) ?? 'unknown'
  const facts = results.flatMap((result): AccountFault[] =>
    result.outcome === outcome && result.fact !== undefined ? [result.fact] : [],
  )
  const [first, ...others] = facts
  if (first === undefined) return { outcome }
  return { outcome, fault: others.length === 0 ? first : { code: 'account-several', args: { each: facts } } }
}
