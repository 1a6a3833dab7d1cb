import type { CompiledConfig } from '../../contracts/compiled-config.ts'
import type { Place } from '../../incidents/duty/duty.ts'
import type { Env } from './lambda.ts'

/** The part of a queue's address that says its region (Amazon SQS Developer Guide, "Queue and message identifiers"). */
const REGION = /(?<=^https:\/\/sqs\.)[a-z0-9-]+(?=\.amazonaws\.com)/

/** The queue of the same name in another region; undefined where the address tells no region, as on one machine. */
export function queueIn(region: string, queueUrl: string): string | undefined {
  return REGION.test(queueUrl) ? queueUrl.replace(REGION, region) : undefined
}

/** Where this function stands among the regions of its deployment; undefined where it stands alone, or in none of them. */
export function placeOf(
  { regions }: Pick<CompiledConfig, 'regions'>,
  { AWS_REGION: own = '', ESCALATION_QUEUE_URL: queue = '' }: Env,
): Place | undefined {
  if (regions === undefined || !regions.order.includes(own) || queueIn(own, queue) === undefined) return undefined
  return { own, ...regions }
}
