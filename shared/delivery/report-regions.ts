import { required } from '../clouds/aws/env.ts'
import { inEveryRegion } from '../clouds/aws/every-region.ts'
import type { Env } from '../clouds/aws/lambda.ts'
import { credentialsOf } from '../clouds/aws/sigv4.ts'
import type { SqsQueue } from '../clouds/aws/sqs-call.ts'
import { sqsSender } from '../clouds/aws/sqs-sender.ts'
import type { CompiledConfig } from '../contracts/compiled-config.ts'
import type { Instant } from '../contracts/words.ts'
import type { Send } from './report-sender.ts'
import { sendToEvery } from './send-to-every.ts'

/** A region that does not take a report is waited for no longer than this beside the others, of a run's minute. */
const BESIDE_MS = 5_000

/** Sends reports to every region, each by its own way. */
export function sendToAll(ways: Send[], now: () => Instant): Send {
  return sendToEvery(ways, BESIDE_MS, now)
}

/** Sends reports to the events queue of this region by `own`, and to those of the other regions. */
export function sendToQueues(
  own: Send,
  regions: NonNullable<CompiledConfig['regions']>,
  env: Env,
  { now, random }: Pick<SqsQueue, 'now' | 'random'>,
): Send {
  const [, ...urls] = inEveryRegion(required(env, 'EVENTS_QUEUE_URL'), { regions })
  const moved = env.FENGHUO_REGIONS_URL ? { endpoint: env.FENGHUO_REGIONS_URL } : {}
  const others = urls.map((queueUrl) => sqsSender({ queueUrl, ...moved, credentials: credentialsOf(env), now, random }))
  return sendToAll([own, ...others], now)
}
