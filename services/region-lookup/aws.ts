import { failoversIn } from '../../shared/checks/regions/seed-variables.ts'
import { dynamoDb } from '../../shared/clouds/aws/dynamodb.ts'
import { readConfig, required } from '../../shared/clouds/aws/env.ts'
import type { Env, Handler } from '../../shared/clouds/aws/lambda.ts'
import { servedRegion } from '../../shared/clouds/aws/served-region.ts'
import { writeLog } from '../../shared/clouds/aws/write-log.ts'
import { regionLookUp } from '../../shared/engine/regions/look-up-region.ts'

/**
 * A caller waits: the flow has its answer within a second, whatever becomes of the table. The first caller of an instance waits until that
 * has begun, too, for which the rest of it is left.
 */
const patience = { connectMs: 300, tryMs: 300, tries: 2 }

/** Builds the function from its environment. Throws, naming the variable, if something is missing or wrong there. */
export function wire(env: Env): Handler {
  const read = servedRegion(dynamoDb(env, { patience }), required(env, 'TABLE_NAME'))
  return regionLookUp(failoversIn(readConfig(env, env.LAMBDA_TASK_ROOT), env), { read, now: Date.now, log: writeLog })
}

let wired: Handler | undefined

/** What Lambda calls. */
export const handler: Handler = async (event, context) => {
  wired ??= wire(process.env)
  return wired(event, context)
}
