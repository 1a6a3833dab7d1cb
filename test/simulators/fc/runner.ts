import { fileURLToPath } from 'node:url'
import { startFleet } from '../functions/fleet.ts'
import { nodeBinary } from '../functions/node-binary.ts'
import type { Invocation } from '../functions/process.ts'
import type { Owner } from './authorization.ts'
import type { Code } from './code.ts'
import { Fault } from './fault.ts'
import { requestId } from './words.ts'

const BOOTSTRAP = fileURLToPath(new URL('bootstrap.cjs', import.meta.url))
const START_MS = 30_000
// "InvokeFunction": the end of the log, as much of it as fits.
const TAIL_BYTES = 4096
const NODES: Record<string, number> = { nodejs18: 18, nodejs20: 20 }

/** One state of a function: what LATEST holds until it is changed, and what a version holds for good. */
export interface Deployed {
  /** Of this state alone: each has its own instance. */
  id: string
  functionName: string
  runtime: string
  handler: string
  memorySize: number
  /** Seconds. */
  timeout: number
  environmentVariables: Record<string, string>
  code: Code
  log?: { project: string; logstore: string }
  role: string
}

/** What a call of a function at a qualifier comes to. */
export interface Target {
  deployed: Deployed
  /** As it was asked for. */
  qualifier: string
  /** LATEST or a number. */
  versionId: string
  /** Empty in 3.0, which has no services. */
  serviceName: string
}

export interface Result {
  requestId: string
  body: Buffer
  /** When the function failed. */
  errorType?: 'UnhandledInvocationError'
  /** Everything the invocation printed, with the vendor's own lines around it. */
  log: string
  durationMs: number
}

export interface RunnerOptions {
  owner: Owner
  /** What a function with a role finds in its context and environment. */
  credentials: { accessKeyId: string; accessKeySecret: string; securityToken: string }
  /** Set for every function, beside what it was deployed with: the addresses of other simulators. */
  environment: Record<string, string>
  onOutput(functionName: string, text: string): void
}

/**
 * Runs what was deployed: a process on the right Node for each state of each function that is called, kept for the next
 * call.
 */
export interface Runner {
  /** `retryCount` is 0 for the first attempt. */
  run(target: Target, event: Buffer, retryCount: number): Promise<Result>
  /** Ends the instance of a state that is no more, once it has done what it was asked for. */
  retire(deployed: Deployed): void
  close(): Promise<void>
}

export function startRunner({ owner, credentials, environment, onOutput }: RunnerOptions): Runner {
  const fleet = startFleet()

  async function run(target: Target, event: Buffer, retryCount: number): Promise<Result> {
    const { deployed } = target
    const id = requestId()
    const major = NODES[deployed.runtime]
    if (major === undefined) {
      return failed(id, { message: `runtime ${deployed.runtime} is not simulated, only nodejs18 and nodejs20 are` })
    }
    const process = await fleet.process(deployed.id, deployed.code.zip, {
      handler: deployed.handler,
      node: nodeBinary(major),
      bootstrap: BOOTSTRAP,
      env: variablesOf(target),
      startMs: START_MS,
      onOutput: (text) => onOutput(deployed.functionName, text),
    })
    const context = { ...contextOf(target, id), retryCount }
    const invocation = await process.invoke(event, { context, timeoutMs: deployed.timeout * 1000 })
    return resultOf(id, deployed, invocation)
  }

  function variablesOf({ deployed, qualifier, versionId, serviceName }: Target): Record<string, string> {
    return {
      PATH: '/usr/local/bin:/usr/bin:/bin',
      TZ: 'UTC',
      FC_ACCOUNT_ID: owner.accountId,
      FC_REGION: owner.region,
      FC_FUNCTION_NAME: deployed.functionName,
      FC_FUNCTION_HANDLER: deployed.handler,
      FC_FUNCTION_MEMORY_SIZE: String(deployed.memorySize),
      FC_SERVICE_NAME: serviceName,
      FC_QUALIFIER: qualifier,
      FC_VERSION_ID: versionId,
      ...(deployed.role === ''
        ? {}
        : {
            ALIBABA_CLOUD_ACCESS_KEY_ID: credentials.accessKeyId,
            ALIBABA_CLOUD_ACCESS_KEY_SECRET: credentials.accessKeySecret,
            ALIBABA_CLOUD_SECURITY_TOKEN: credentials.securityToken,
          }),
      ...environment,
      ...deployed.environmentVariables,
    }
  }

  function contextOf({ deployed, qualifier, versionId, serviceName }: Target, id: string): object {
    const { functionName: name, handler, memorySize: memory, timeout, log } = deployed
    return {
      requestId: id,
      credentials: deployed.role === '' ? { accessKeyId: '', accessKeySecret: '', securityToken: '' } : credentials,
      function: { name, handler, memory, timeout },
      service: {
        name: serviceName,
        logProject: log?.project ?? '',
        logStore: log?.logstore ?? '',
        qualifier,
        versionId,
      },
      region: owner.region,
      accountId: owner.accountId,
    }
  }

  return {
    run,
    retire: ({ id }) => void fleet.retire(id),
    close: () => fleet.close(),
  }
}

interface Failure {
  message: string
  /** What the answer tells beside it. */
  details?: object
}

function resultOf(id: string, deployed: Deployed, { outcome, output, durationMs, memoryBytes }: Invocation): Result {
  const failure = failureOf(outcome, deployed.timeout)
  const used = (memoryBytes / 1024 / 1024).toFixed(2)
  const figures =
    `Duration: ${durationMs.toFixed(2)} ms, Billed Duration: ${Math.ceil(durationMs)} ms, ` +
    `Memory Size: ${deployed.memorySize} MB, Max Memory Used: ${used} MB`
  if (failure) return { ...failed(id, failure, output, figures), durationMs }
  return {
    requestId: id,
    body: outcome.kind === 'returned' ? outcome.result : Buffer.alloc(0),
    log: framed(id, output, figures),
    durationMs,
  }
}

function failed(id: string, { message, details = {} }: Failure, output = '', figures = ''): Result {
  const body = Buffer.from(JSON.stringify({ errorMessage: message, ...details }))
  const log = framed(id, `${output}${message}\n`, figures)
  return { requestId: id, body, errorType: 'UnhandledInvocationError', log, durationMs: 0 }
}

function framed(id: string, output: string, figures: string): string {
  return `FC Invoke Start RequestId: ${id}\n${output}FC Invoke End RequestId: ${id}\n\n${figures}`
}

function failureOf(outcome: Invocation['outcome'], timeout: number): Failure | undefined {
  switch (outcome.kind) {
    case 'returned':
      return
    case 'threw':
    case 'not-loaded': {
      const { type: errorType, message, stack } = outcome.error
      return { message, details: { errorType, stackTrace: stack.split('\n').slice(1) } }
    }
    case 'timed-out':
      return { message: `Function timed out after ${timeout} seconds`, details: { errorType: 'FunctionTimeout' } }
    case 'exited':
      return { message: 'Process exited unexpectedly before completing request', details: { errorType: 'ProcessExit' } }
  }
}

/** The end of a log in the form of the header `x-fc-log-result`. */
export function logTail(log: string): string {
  return Buffer.from(log).subarray(-TAIL_BYTES).toString('base64')
}

/** 429 when a function may not run this often at once. */
export function throttled(functionName: string, retryAfterMs: number): Fault {
  return new Fault(429, 'ResourceThrottled', `function '${functionName}' has no instance left`, retryAfterMs)
}
