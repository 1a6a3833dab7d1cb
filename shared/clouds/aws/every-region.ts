import type { CompiledConfig } from '../../contracts/compiled-config.ts'
import type { Env } from './lambda.ts'
import { queueIn } from './other-regions.ts'
import { queueElsewhere, queueOf } from './queue-of.ts'
import { regionOf, type SqsQueue } from './sqs-call.ts'

/** A queue in every region of a deployment, this one first, by its address here. One region alone has this one. */
export function inEveryRegion(
  queueUrl: string,
  { regions }: Pick<CompiledConfig, 'regions'> = {},
): [string, ...string[]] {
  const own = queueIn('any', queueUrl) === undefined ? undefined : regionOf({ queueUrl })
  const others = regions?.order.filter((region) => own !== undefined && region !== own) ?? []
  return [queueUrl, ...others.flatMap((region) => queueIn(region, queueUrl) ?? [])]
}

/** The same as a function on AWS speaks to them. Throws without a region or keys. */
export function queuesInEveryRegion(
  queueUrl: string,
  config: Pick<CompiledConfig, 'regions'>,
  env: Env,
): [SqsQueue, ...SqsQueue[]] {
  const [own, ...others] = inEveryRegion(queueUrl, config)
  return [queueOf(own, env), ...others.map((url) => queueElsewhere(url, env))]
}
