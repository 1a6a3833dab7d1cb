import type { Env, Handler } from '../../shared/clouds/aws/lambda.ts'
import { withStoredSecrets } from '../../shared/clouds/aws/stored-secrets.ts'
import { writeLog } from '../../shared/clouds/aws/write-log.ts'
import { surviving } from '../../shared/clouds/surviving.ts'
import { lambdaTrigger } from './trigger.ts'
import { wireProbe } from './wire.ts'

/** Builds the probe from a function's environment. Throws, naming the variable, if something is missing or wrong there. */
export function wire(env: Env): Handler {
  const run = wireProbe(env, {
    now: Date.now,
    monotonic: () => performance.now(),
    random: Math.random,
    log: writeLog,
    root: env.LAMBDA_TASK_ROOT,
  })
  return async (event, context) => {
    const now = Date.now()
    return run(lambdaTrigger(event, now), {
      id: context.awsRequestId,
      function: context.functionName ?? 'probe',
      version: env.AWS_LAMBDA_FUNCTION_VERSION ?? 'local',
      endsAt: now + context.getRemainingTimeInMillis(),
    })
  }
}

const run = withStoredSecrets(wire, {
  env: process.env,
  now: Date.now,
  log: writeLog,
})

/** What Lambda calls. */
export const handler: Handler = async (event, context) => surviving(writeLog, () => run(event, context))
