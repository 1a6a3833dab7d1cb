import type { CompiledConfig } from '../../contracts/compiled-config.ts'
import { queueIn } from './other-regions.ts'
import { regionOf } from './sqs-call.ts'

/** A queue in every region of a deployment, this one first, by its address here. One region alone has this one. */
export function inEveryRegion(queueUrl: string, { regions }: Pick<CompiledConfig, 'regions'> = {}): string[] {
  const own = queueIn('any', queueUrl) === undefined ? undefined : regionOf({ queueUrl })
  const others = regions?.order.filter((region) => own !== undefined && region !== own) ?? []
  return [queueUrl, ...others.flatMap((region) => queueIn(region, queueUrl) ?? [])]
}
