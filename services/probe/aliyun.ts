import type { Env } from '../../shared/clouds/aws/lambda.ts'
import { writeLog } from '../../shared/clouds/aws/write-log.ts'
import { type Store, withStored } from '../../shared/clouds/stored-secrets.ts'
import { surviving } from '../../shared/clouds/surviving.ts'
import { fcTrigger } from './trigger.ts'
import { wireProbe } from './wire.ts'

/** What FC hands over beside the event, as far as a probe needs it (help.aliyun.com, "Node.js event handlers", context). */
export interface FcContext {
  requestId: string
  /** `timeout` in seconds, for the whole invocation. */
  function: { name: string; timeout: number }
  /** Of FC 2.0, where versions belong to a service. */
  service?: { versionId?: string; qualifier?: string }
  /** Keys of the function's role, if it has one; good for 36 hours, so each invocation brings its own. */
  credentials?: { accessKeyId?: string; accessKeySecret?: string; securityToken?: string }
}

/** FC awaits the promise of an async handler since Node 18; older runtimes wanted a callback. */
type FcHandler = (event: unknown, context: FcContext) => Promise<unknown>

/** Builds the probe from a function's environment. Throws, naming the variable, if something is missing or wrong there. */
export function wire(env: Env): FcHandler {
  const run = wireProbe(env, {
    now: Date.now,
    monotonic: () => performance.now(),
    random: Math.random,
    log: writeLog,
    root: env.FC_FUNC_CODE_PATH,
  })
  return async (event, context) => {
    const now = Date.now()
    const { versionId, qualifier } = context.service ?? {}
    const invocation = {
      id: context.requestId,
      function: context.function.name,
      version: versionId || qualifier || env.FC_QUALIFIER || 'unknown',
      endsAt: now + context.function.timeout * 1000,
    }
    return run(fcTrigger(event, now), invocation, withRole(env, context))
  }
}

function withRole(env: Env, { credentials }: FcContext): Env {
  const { accessKeyId, accessKeySecret, securityToken } = credentials ?? {}
  if (!accessKeyId || !accessKeySecret) return env
  return {
    ...env,
    ALIBABA_CLOUD_ACCESS_KEY_ID: accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: accessKeySecret,
    ALIBABA_CLOUD_SECURITY_TOKEN: securityToken,
  }
}

const secrets: Store<FcContext> = {
  leftMs: (context) => context.function.timeout * 1000,
  async read(env, context, until) {
    const { readStored } = await import('../../shared/clouds/aliyun/read-stored.ts')
    return readStored(withRole(env, context), until)
  },
}

const run = withStored(wire, secrets, {
  env: process.env,
  now: Date.now,
  log: writeLog,
})

/** What FC calls. */
export const handler: FcHandler = async (event, context) => surviving(writeLog, () => run(event, context))
