import * as z from 'zod'
import { type Action, action, functionOf, type Scope } from './action.ts'
import { findFunction } from './lookup.ts'
import { Refused } from './refused.ts'
import type { ScfFunction } from './state.ts'

// Quotas of an account: cloud.tencent.com/document/product/583/11637. 12 800 MB stay free for all functions.
const RESERVABLE_MB = 128_000 - 12_800
const RETRIES = 2
const TTL_S = { min: 60, max: 21_600 }

function mustBeActive({ latest }: ScfFunction): void {
  if (latest.status === 'Active') return
  throw new Refused('FailedOperation.FunctionVersionStatusNotActive', `The function is ${latest.status}.`)
}

const putRequest = z.strictObject({ ...functionOf, ReservedConcurrencyMem: z.int().min(0) })

function putReserved({ ReservedConcurrencyMem: memory, ...named }: z.output<typeof putRequest>, scope: Scope) {
  const found = findFunction(named, scope)
  mustBeActive(found)
  const others = [...scope.region.values()]
    .filter((other) => other !== found)
    .reduce((sum, { reservedMemory = 0 }) => sum + reservedMemory, 0)
  if (others + memory > RESERVABLE_MB) {
    throw new Refused('LimitExceeded.FunctionReservedConcurrencyMemory', `At most ${RESERVABLE_MB} MB are reserved.`)
  }
  if (memory % found.latest.content.configuration.MemorySize !== 0) {
    throw new Refused('InvalidParameterValue', 'The memory reserved is a multiple of that of an instance.')
  }
  found.reservedMemory = memory
  return {}
}

const oneRequest = z.strictObject(functionOf)
const oneVersionRequest = z.strictObject({ ...functionOf, Qualifier: z.string().optional() })

function deleteReserved(named: z.output<typeof oneRequest>, scope: Scope) {
  delete findFunction(named, scope).reservedMemory
  return {}
}

/** Null: nothing is reserved. */
function getReserved(named: z.output<typeof oneRequest>, scope: Scope) {
  return { ReservedMem: findFunction(named, scope).reservedMemory ?? null }
}

const eventRequest = z.strictObject({
  ...functionOf,
  AsyncTriggerConfig: z.strictObject({
    RetryConfig: z.array(z.strictObject({ RetryNum: z.int().min(0) })).length(1),
    MsgTTL: z.int(),
  }),
})

function updateEventConfig({ AsyncTriggerConfig, ...named }: z.output<typeof eventRequest>, scope: Scope) {
  const found = findFunction(named, scope)
  mustBeActive(found)
  const { MsgTTL, RetryConfig } = AsyncTriggerConfig
  const RetryNum = RetryConfig[0]?.RetryNum ?? 0
  if (RetryNum > RETRIES) throw new Refused('LimitExceeded.RetryNum', `At most ${RETRIES} retries.`)
  if (MsgTTL < TTL_S.min || MsgTTL > TTL_S.max) {
    throw new Refused('LimitExceeded.MsgTTL', `Events are kept for ${TTL_S.min} to ${TTL_S.max} s.`)
  }
  found.asyncConfig = { RetryNum, MsgTTL }
  return {}
}

function getEventConfig(named: z.output<typeof oneVersionRequest>, scope: Scope) {
  const { RetryNum, MsgTTL } = findFunction(named, scope).asyncConfig
  return { AsyncTriggerConfig: { RetryConfig: [{ RetryNum }], MsgTTL } }
}

export const concurrencyActions: Record<string, Action> = {
  PutReservedConcurrencyConfig: action(putRequest, putReserved),
  GetReservedConcurrencyConfig: action(oneRequest, getReserved),
  DeleteReservedConcurrencyConfig: action(oneRequest, deleteReserved),
  UpdateFunctionEventInvokeConfig: action(eventRequest, updateEventConfig),
  GetFunctionEventInvokeConfig: action(oneVersionRequest, getEventConfig),
}
