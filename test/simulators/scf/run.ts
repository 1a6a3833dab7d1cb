import { join } from 'node:path'
import { nodeBinary } from '../functions/node-binary.ts'
import type { Outcome } from '../functions/process.ts'
import { logRun } from './log.ts'
import { routedVersion } from './lookup.ts'
import type { Cloud, RequestRecord, RunRequest, ScfFunction, Version } from './state.ts'

const BOOTSTRAP = join(import.meta.dirname, 'bootstrap.cjs')

// Status codes of a run: cloud.tencent.com/document/product/583/42611.
const WELL = 200
const CODE_FAILED = 430
const NO_CAPACITY = 432
const TIMED_OUT = 433
const EXITED = 439

/** What functions run on here, by their runtime; others can be deployed. */
const NODES: Record<string, number> = { 'Nodejs18.15': 18, 'Nodejs20.19': 20 }

export interface RunResult {
  statusCode: number
  /** What the handler returned as JSON, or the error as JSON. */
  message: string
  /** Empty when it went well. */
  error: string
  output: string
  /** As the vendor's console shows it: the output between the platform's own lines. */
  log: string
  durationMs: number
  memoryBytes: number
}

/** Runs a function's code once. The version is that of the moment of the call. */
export async function run(request: RunRequest, cloud: Cloud): Promise<RunResult> {
  const { function: found, requestId, retry } = request
  const { settings, fleet } = cloud
  const version = routedVersion(found, request.qualifier, settings.random())
  const startedAt = settings.now()
  const record: RequestRecord = {
    function: found,
    requestId,
    startedAt,
    code: 1,
    message: '',
    durationMs: 0,
    memoryBytes: 0,
    retry,
  }
  cloud.requests.push(record)
  if (found.reservedMemory === 0) return notRun(record, NO_CAPACITY, 'ResourceLimitReached')
  const node = NODES[found.runtime]
  if (node === undefined) return notRun(record, CODE_FAILED, `runtime ${found.runtime} is not simulated`)

  const { zip, handler, configuration, id } = version.content
  const env = environment(found, version, cloud)
  const process = await fleet.process(id, zip, {
    handler,
    node: nodeBinary(node),
    bootstrap: BOOTSTRAP,
    env,
    startMs: configuration.InitTimeout * 1000,
  })
  const context = {
    request_id: requestId,
    function_name: found.name,
    function_version: version.name,
    namespace: found.namespace,
    memory_limit_in_mb: configuration.MemorySize,
    time_limit_in_ms: configuration.Timeout * 1000,
    environment: JSON.stringify(env),
    tencentcloud_region: found.region,
    tencentcloud_appid: settings.appId,
    tencentcloud_uin: settings.uin,
  }
  const invocation = await process.invoke(request.event, { context, timeoutMs: configuration.Timeout * 1000 })
  const { output, coldStart, memoryBytes } = invocation
  const durationMs = Math.ceil(invocation.durationMs)
  const { statusCode, message, error } = answerOf(invocation.outcome, requestId, configuration.Timeout)
  Object.assign(record, { code: statusCode === WELL ? 0 : -1, message, durationMs, memoryBytes })
  const log = logRun({ ...request, version, startedAt, statusCode, output, durationMs, memoryBytes }, cloud)
  settings.onRun?.({
    region: found.region,
    functionName: found.name,
    version: version.name,
    by: request.by,
    requestId,
    retry,
    statusCode,
    message,
    output,
    coldStart,
  })
  return { statusCode, message, error, output, log, durationMs, memoryBytes }
}

function notRun(record: RequestRecord, statusCode: number, error: string): RunResult {
  Object.assign(record, { code: -1, message: error })
  const message = JSON.stringify({ statusCode, errorMessage: error, requestId: record.requestId })
  return { statusCode, message, error, output: '', log: '', durationMs: 0, memoryBytes: 0 }
}

/** The function's own variables and those that the vendor adds. */
function environment(found: ScfFunction, version: Version, { settings }: Cloud): Record<string, string> {
  const { configuration, handler } = version.content
  return {
    ...settings.environment,
    ...Object.fromEntries(configuration.Environment.Variables.map(({ Key, Value }) => [Key, Value])),
    SCF_FUNCTIONNAME: found.name,
    SCF_FUNCTIONVERSION: version.name,
    SCF_NAMESPACE: found.namespace,
    SCF_RUNTIME: found.runtime,
    SCF_HANDLER: handler,
    TENCENTCLOUD_RUNENV: 'SCF',
    TENCENTCLOUD_REGION: found.region,
    TENCENTCLOUD_APPID: settings.appId,
    TENCENTCLOUD_UIN: settings.uin,
  }
}

function answerOf(outcome: Outcome, requestId: string, timeoutS: number) {
  const failed = (statusCode: number, errorMessage: string, stackTrace = '') => ({
    statusCode,
    message: JSON.stringify({ errorCode: -1, errorMessage, requestId, stackTrace, statusCode }),
    error: errorMessage,
  })
  switch (outcome.kind) {
    case 'returned':
      return { statusCode: WELL, message: outcome.result.toString(), error: '' }
    case 'threw':
    case 'not-loaded':
      return failed(CODE_FAILED, `${outcome.error.type}: ${outcome.error.message}`, outcome.error.stack)
    case 'timed-out':
      return failed(TIMED_OUT, `Invoking task timed out after ${timeoutS} seconds`)
    case 'exited':
      return failed(EXITED, `User process exit when running, code ${outcome.code}`)
  }
}

/** True when nothing was run, so that the vendor tries again without counting it. */
export function lacksCapacity({ statusCode }: RunResult): boolean {
  return statusCode === NO_CAPACITY
}
