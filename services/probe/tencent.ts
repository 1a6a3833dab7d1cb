import type { Env } from '../../shared/clouds/aws/lambda.ts'
import { writeLog } from '../../shared/clouds/aws/write-log.ts'
import { type Store, withStored } from '../../shared/clouds/stored-secrets.ts'
import { surviving } from '../../shared/clouds/surviving.ts'
import { scfTrigger } from './trigger.ts'
import { wireProbe } from './wire.ts'

/** What SCF hands over beside the event, as far as a probe needs it (cloud.tencent.com/document/product/583/11060). */
export interface ScfContext {
  request_id: string
  /** The function's whole time, ms. */
  time_limit_in_ms: number
  function_name: string
  function_version: string
}

type ScfHandler = (event: unknown, context: ScfContext) => Promise<unknown>

/** Builds the probe from a function's environment. Throws, naming the variable, if something is missing or wrong there. */
export function wire(env: Env): ScfHandler {
  const run = wireProbe(env, {
    now: Date.now,
    monotonic: () => performance.now(),
    random: Math.random,
    log: writeLog,
    root: env.USER_CODE_ROOT,
  })
  return async (event, context) => {
    const now = Date.now()
    return run(scfTrigger(event, now), {
      id: context.request_id,
      function: context.function_name,
      version: context.function_version,
      endsAt: now + context.time_limit_in_ms,
    })
  }
}

const secrets: Store<ScfContext> = {
  leftMs: (context) => context.time_limit_in_ms,
  async read(env, _, until) {
    const { readStored } = await import('../../shared/clouds/tencent/read-stored.ts')
    return readStored(env, until)
  },
}

const run = withStored(wire, secrets, {
  env: process.env,
  now: Date.now,
  log: writeLog,
})

/** What SCF calls. */
export const handler: ScfHandler = async (event, context) => surviving(writeLog, () => run(event, context))
