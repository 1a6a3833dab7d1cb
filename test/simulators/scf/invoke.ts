import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { byteLength } from '../server.ts'
import { type Action, action, functionOf, type Scope } from './action.ts'
import { acceptEvent } from './events.ts'
import { checkQualifier, findFunction } from './lookup.ts'
import { Refused } from './refused.ts'
import { run } from './run.ts'
import { type ScfFunction, timeText, versionOf } from './state.ts'

// cloud.tencent.com/document/product/583/17243 (Invoke) and 58400 (InvokeFunction).
const SYNC_BYTES = 6 * 1024 * 1024
const ASYNC_BYTES = 128 * 1024
const TAIL_BYTES = 4096
/** How far back GetRequestStatus looks by itself. */
const STATUS_MS = 15 * 60_000

const common = {
  ...functionOf,
  LogType: z.enum(['None', 'Tail']).default('None'),
  RoutingKey: z.string().max(1024).optional(),
}
const invokeRequest = z.strictObject({
  ...common,
  Qualifier: z.string().default('$LATEST'),
  InvocationType: z.enum(['RequestResponse', 'Event']).default('RequestResponse'),
  ClientContext: z.string().default('{}'),
})

function invoke(given: z.output<typeof invokeRequest>, scope: Scope) {
  const found = invocable(given, scope)
  if (given.InvocationType === 'RequestResponse') {
    return answer(found, given.Qualifier, payload(given.ClientContext, SYNC_BYTES), given.LogType, scope)
  }
  const event = payload(given.ClientContext, ASYNC_BYTES)
  const at = scope.cloud.settings.now()
  const FunctionRequestId = acceptEvent(
    { at, function: found, qualifier: given.Qualifier, event, by: 'invoke' },
    scope.cloud,
  )
  const empty = { Log: '', RetMsg: '', ErrMsg: '', MemUsage: 0, Duration: 0, BillDuration: 0, InvokeResult: 0 }
  return { Result: { ...empty, FunctionRequestId } }
}

const functionRequest = z.strictObject({
  ...common,
  Qualifier: z.string().default('$DEFAULT'),
  Event: z.string().default('{}'),
})

function invokeFunction(given: z.output<typeof functionRequest>, scope: Scope) {
  const found = invocable(given, scope)
  return answer(found, given.Qualifier, payload(given.Event, SYNC_BYTES), given.LogType, scope)
}

function invocable(given: { FunctionName: string; Namespace: string; Qualifier: string }, scope: Scope): ScfFunction {
  const found = findFunction(given, scope)
  checkQualifier(found, given.Qualifier)
  const version = versionOf(found, found.aliases.get(given.Qualifier)?.version ?? given.Qualifier)
  if (version?.status !== 'Active') {
    throw new Refused('FailedOperation.FunctionStatusError', `The function is ${version?.status}.`)
  }
  return found
}

function payload(text: string, bytes: number): Buffer {
  if (byteLength(text) > bytes)
    throw new Refused('InvalidParameter.Payload', `The event is larger than ${bytes} bytes.`)
  try {
    JSON.parse(text)
  } catch {
    throw new Refused('InvalidParameter.Payload', 'The event is no JSON.')
  }
  return Buffer.from(text)
}

/** A function that fails is no error of the call: ErrMsg tells. */
async function answer(found: ScfFunction, qualifier: string, event: Buffer, logType: string, { cloud }: Scope) {
  const requestId = randomUUID()
  const result = await run({ function: found, qualifier, event, requestId, by: 'invoke', retry: 0 }, cloud)
  const Log = logType === 'Tail' ? Buffer.from(result.log).subarray(-TAIL_BYTES).toString() : ''
  return {
    Result: {
      Log,
      RetMsg: result.message,
      ErrMsg: result.error,
      MemUsage: result.memoryBytes,
      Duration: result.durationMs,
      BillDuration: result.durationMs,
      FunctionRequestId: requestId,
      InvokeResult: result.error === '' ? 0 : 1,
    },
  }
}

const statusRequest = z.strictObject({
  ...functionOf,
  FunctionRequestId: z.string(),
  StartTime: z.string().optional(),
  EndTime: z.string().optional(),
})

function requestStatus(given: z.output<typeof statusRequest>, scope: Scope) {
  const found = findFunction(given, scope)
  const { settings, requests } = scope.cloud
  const from = given.StartTime ?? timeText(settings.now() - STATUS_MS, settings)
  const to = given.EndTime ?? timeText(settings.now(), settings)
  const matching = requests.filter((record) => {
    const at = timeText(record.startedAt, settings)
    return record.function === found && record.requestId === given.FunctionRequestId && at >= from && at <= to
  })
  return {
    TotalCount: matching.length,
    Data: matching.map((record) => ({
      FunctionName: found.name,
      RequestId: record.requestId,
      StartTime: timeText(record.startedAt, settings),
      RetCode: record.code,
      RetMsg: record.message,
      Duration: record.durationMs,
      MemUsage: record.memoryBytes / 1024 / 1024,
      RetryNum: record.retry,
    })),
  }
}

export const invokeActions: Record<string, Action> = {
  Invoke: action(invokeRequest, invoke),
  InvokeFunction: action(functionRequest, invokeFunction),
  GetRequestStatus: action(statusRequest, requestStatus),
  GetFunctionLogs: () => {
    throw new Refused('ActionOffline', 'The action is offline: see the log service.')
  },
}
