import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { AliyunKey } from '../../shared/clouds/aliyun/rpc.ts'
import { required } from '../../shared/clouds/aws/env.ts'
import type { Env } from '../../shared/clouds/aws/lambda.ts'
import type { LogEntry } from '../../shared/contracts/log-entry.ts'
import type { ReceiptQueue } from '../../shared/contracts/receipt-queue.ts'
import { resolveReferences } from '../../shared/contracts/references.ts'
import { pollReceipts } from '../../shared/engine/watch/poll-receipts.ts'

/** What FC hands over beside the event, as far as it is needed here (help.aliyun.com, "Node.js event handlers", context). */
interface FcContext {
  /** `timeout` in seconds, for the whole invocation. */
  function: { timeout: number }
  /** Keys of the function's role; good for 36 hours, so each invocation brings its own. */
  credentials?: { accessKeyId?: string; accessKeySecret?: string; securityToken?: string }
}

type FcHandler = (event: unknown, context: FcContext) => Promise<void>

/** Builds the function from its environment. Throws, naming the variable, if something is missing there. */
export function wire(env: Env): FcHandler {
  const file = resolve(env.FC_FUNC_CODE_PATH ?? '', required(env, 'FENGHUO_CONFIG'))
  const written: ReceiptQueue[] = JSON.parse(readFileSync(file, 'utf8'))
  const { value: queues, missing } = resolveReferences(written, env)
  if (missing.length > 0) throw new Error(`The environment variable ${missing.join()} is not set`)
  const io = {
    fetch,
    env,
    now: Date.now,
    wait: (ms: number) => wait(ms),
    log: (entry: LogEntry) => console.log(JSON.stringify(entry)),
    kept: new Map(),
  }
  return async (_event, context) => {
    const key = keyOf(context)
    if (key === undefined) throw new Error('The function has no role: set --param="role=…"')
    await pollReceipts(queues, Date.now() + context.function.timeout * 1000, { ...io, key })
  }
}

function keyOf({ credentials }: FcContext): AliyunKey | undefined {
  const { accessKeyId, accessKeySecret, securityToken } = credentials ?? {}
  if (!accessKeyId || !accessKeySecret) return undefined
  return { accessKeyId, accessKeySecret, ...(securityToken ? { securityToken } : {}) }
}

let wired: FcHandler | undefined

/** What FC calls, each minute. */
export const handler: FcHandler = async (event, context) => {
  wired ??= wire(process.env)
  return wired(event, context)
}
