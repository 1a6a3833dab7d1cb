import { required } from '../clouds/aws/env.ts'
import { inEveryRegion } from '../clouds/aws/every-region.ts'
import type { Env } from '../clouds/aws/lambda.ts'
import { credentialsOf } from '../clouds/aws/sigv4.ts'
import type { SqsQueue } from '../clouds/aws/sqs-call.ts'
import { sqsSender } from '../clouds/aws/sqs-sender.ts'
import type { CompiledConfig } from '../contracts/compiled-config.ts'
import type { Send } from './report-sender.ts'
import { sendToEvery } from './send-to-every.ts'

/** A region that does not take a report is waited for no longer than this beside the others, of a run's minute. */
const BESIDE_MS = 5_000

/**
 * Sends a report to every region: to `first`, which are the addresses of `ingest` in all of them; or, with `regions`, to the events queue
 * that `first` begins with, and to those of the other regions.
 */
export function sendToRegions(
  [report, deadline]: Parameters<Send>,
  first: Send[],
  regions: NonNullable<CompiledConfig['regions']> | false,
  env: Env,
  { now, random }: Pick<SqsQueue, 'now' | 'random'>,
): Promise<void> {
  if (regions === false) return sendToEvery(first, BESIDE_MS, now)(report, deadline)
  const [, ...urls] = inEveryRegion(required(env, 'EVENTS_QUEUE_URL'), { regions })
  const moved = env.FENGHUO_REGIONS_URL ? { endpoint: env.FENGHUO_REGIONS_URL } : {}
  const others = urls.map((queueUrl) => sqsSender({ queueUrl, ...moved, credentials: credentialsOf(env), now, random }))
  return sendToEvery([...first.slice(0, 1), ...others], BESIDE_MS, now)(report, deadline)
}
