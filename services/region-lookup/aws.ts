import { failoversIn } from '../../shared/checks/regions/seed-variables.ts'
import { readConfig, required } from '../../shared/clouds/aws/env.ts'
import { callJson, failureOf } from '../../shared/clouds/aws/json-call.ts'
import type { Env, Handler } from '../../shared/clouds/aws/lambda.ts'
import { credentialsOf } from '../../shared/clouds/aws/sigv4.ts'
import { writeLog } from '../../shared/clouds/aws/write-log.ts'
import { regionLookUp } from '../../shared/engine/look-up-region.ts'

/** A caller waits: the flow has its answer within a second, whatever becomes of the table. */
const READ_MS = 700

/** An item holds its history, too. */
const ANSWER_LIMIT_BYTES = 400_000

/** Builds the function from its environment. Throws, naming the variable, if something is missing or wrong there. */
export function wire(env: Env): Handler {
  const failover = failoversIn(readConfig(env, env.LAMBDA_TASK_ROOT), env)
  const region = required(env, 'AWS_REGION')
  const TableName = required(env, 'TABLE_NAME')
  const credentials = credentialsOf(env)
  const call = {
    url: new URL(env.AWS_ENDPOINT_URL_DYNAMODB || `https://dynamodb.${region}.amazonaws.com`),
    target: 'DynamoDB_20120810.GetItem',
    version: '1.0' as const,
    answerLimitBytes: ANSWER_LIMIT_BYTES,
    limitMs: READ_MS,
  }
  return regionLookUp(failover, {
    async read(name) {
      const input = { TableName, Key: { connectRegion: { S: name } }, ProjectionExpression: 'lexRegion' }
      const answer = await callJson({ ...call, input }, { region, service: 'dynamodb' }, credentials, Date.now())
      if (answer.status !== 200) throw new Error(failureOf(answer).reason)
      const served = Object(Object(answer.body.Item).lexRegion).S
      return typeof served === 'string' ? served : undefined
    },
    now: Date.now,
    log: writeLog,
  })
}

let wired: Handler | undefined

/** What Lambda calls. */
export const handler: Handler = async (event, context) => {
  wired ??= wire(process.env)
  return wired(event, context)
}
