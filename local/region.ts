import { isRegionsFunction } from '../shared/contracts/functions.ts'
import type { Instant } from '../shared/contracts/words.ts'
import { startInvoked } from '../test/simulators/invoked.ts'
import type { Definition } from './definition.ts'
import type { Resources } from './intrinsics.ts'
import type { LocalFunction } from './invoke.ts'
import type { localCredentials, Queue } from './resources.ts'
import { localAccount } from './variables.ts'

/** A stack that is one of several regions, each with a stack of its own. */
export interface OneOfRegions {
  name: string
  /** By which its functions reach the queues and functions of the others: `FENGHUO_REGIONS_URL`. */
  othersUrl: string
}

/** Queues whose addresses tell their region, as AWS's do: by these functions know where they stand. */
export function regionalQueues(queues: Record<string, Queue>, { name: region }: OneOfRegions): Record<string, Queue> {
  const url = (name: string) => `https://sqs.${region}.amazonaws.com/${localAccount}/${name}`
  return Object.fromEntries(Object.entries(queues).map(([id, queue]) => [id, { ...queue, url: url(queue.name) }]))
}

/** Serves the function by which the other regions ask this one, as AWS Lambda does. */
export async function servePeer(
  { name: region }: OneOfRegions,
  {
    definition,
    resources,
    functions,
    credentials,
    now,
  }: {
    definition: Definition
    resources: Resources
    functions: Record<string, LocalFunction>
    credentials: typeof localCredentials
    now(): Instant
  },
): Promise<{ url: string; stop(): Promise<void> }> {
  const peer = Object.values(definition.functions).find(({ key }) => isRegionsFunction(key))
  const { url, close } = await startInvoked({
    now,
    keys: { ...credentials, region },
    functionName: peer?.environment(resources).PEER_FUNCTION ?? '',
    work: async (input) => functions[peer?.name ?? '']?.invoke(input),
  })
  return { url, stop: close }
}
