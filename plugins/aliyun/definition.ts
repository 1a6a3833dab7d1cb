import type { FunctionDefinition, ProviderDefinition } from '../provider/service.ts'

/** What both the provider and a function may say; the function's word counts. */
interface Placement {
  vpc?: { vpcId: string; vSwitchIds: string[]; securityGroupId: string }
  /** Of Simple Log Service; without them nothing is kept that `logs` could read. */
  logs?: {
    project: string
    logstore: string
    requestMetrics?: boolean
    instanceMetrics?: boolean
    /** How what is printed is cut into entries; `DefaultRegex`: where a line begins with a date. Default: `None`. */
    beginRule?: 'None' | 'DefaultRegex'
  }
  /** Whether a function may reach the public network. Default: true. */
  internetAccess?: boolean
}

/** The API that functions are made with: `3.0`, or `2.0` for accounts that run on it. */
export type Api = '2.0' | '3.0'

export interface AliyunProviderDefinition extends ProviderDefinition, Placement {
  api?: Api
  /** In place of `ALIBABA_CLOUD_ACCOUNT_ID`. */
  accountId?: string
}

export interface AliyunFunctionDefinition extends FunctionDefinition, Placement {
  /** In vCPU. */
  cpu?: number
  /** In MB. */
  diskSize?: number
  /** Calls that one instance takes at a time. */
  instanceConcurrency?: number
  /** Whether asynchronous calls, timers' too, are tasks whose state is kept and can be asked for. Default: false. */
  asyncTask?: boolean
  /** ARNs of where the outcomes of asynchronous calls go, timers' too. */
  destinations?: { onSuccess?: string; onFailure?: string }
}

const text = { type: 'string', minLength: 1 }

const placement = {
  vpc: object({ vpcId: text, vSwitchIds: { type: 'array', items: text, minItems: 1 }, securityGroupId: text }),
  logs: object(
    {
      // A parameter that is not set is an empty value.
      project: { type: 'string' },
      logstore: { type: 'string' },
      requestMetrics: { type: 'boolean' },
      instanceMetrics: { type: 'boolean' },
      beginRule: { enum: ['None', 'DefaultRegex'] },
    },
    ['project', 'logstore'],
  ),
  internetAccess: { type: 'boolean' },
}

/** JSON schemas of the above. */
export const aliyunSchema = {
  provider: { ...placement, api: { enum: ['2.0', '3.0'] }, accountId: text },
  function: {
    ...placement,
    cpu: { type: 'number' },
    diskSize: { type: 'integer' },
    instanceConcurrency: { type: 'integer' },
    asyncTask: { type: 'boolean' },
    destinations: object({ onSuccess: text, onFailure: text }, []),
  },
}

function object(properties: Record<string, unknown>, required = Object.keys(properties)) {
  return { type: 'object', properties, required, additionalProperties: false }
}
