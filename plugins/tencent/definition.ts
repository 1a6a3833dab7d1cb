import type { FunctionDefinition, ProviderDefinition } from '../provider/service.ts'

/** What both the provider and a function may say; the function's word counts. */
interface Placement {
  vpc?: { vpcId: string; subnetId: string }
  /** Of Cloud Log Service; without them SCF keeps no logs that `logs` could read. */
  logs?: { logsetId: string; topicId: string }
  /** Whether a function in a VPC may reach the public network. */
  internetAccess?: boolean
}

export interface TencentProviderDefinition extends ProviderDefinition, Placement {
  /** Default: `default`. */
  namespace?: string
}

export interface TencentFunctionDefinition extends FunctionDefinition, Placement {
  /**
   * Whether asynchronous calls, timers' too, are events of their own that can be listed and ended while they run
   * (CreateFunction, AsyncRunEnable); it can't be changed once a function is there. Default: false.
   */
  asyncRun?: boolean
  /** Whether it has an address of its own, which anybody may call: the function judges who may. Default: false. */
  url?: boolean
  /** Whether its requests to the public network come from an address that stays: one for a namespace. Default: false. */
  fixedEgress?: boolean
  /** Where calls end up that failed for good. */
  deadLetter?: { type: string; name: string; filterType?: string }
}

const text = { type: 'string', minLength: 1 }

const placement = {
  vpc: object({ vpcId: text, subnetId: text }),
  logs: object({ logsetId: text, topicId: text }),
  internetAccess: { type: 'boolean' },
}

/** JSON schemas of the above. */
export const tencentSchema = {
  provider: { ...placement, namespace: text },
  function: {
    ...placement,
    asyncRun: { type: 'boolean' },
    url: { type: 'boolean' },
    fixedEgress: { type: 'boolean' },
    deadLetter: object({ type: text, name: text, filterType: text }, ['type', 'name']),
  },
}

function object(properties: Record<string, unknown>, required = Object.keys(properties)) {
  return { type: 'object', properties, required, additionalProperties: false }
}
