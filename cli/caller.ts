import { element } from '../shared/clouds/aws/answer.ts'
import { type AwsCallIo, callAws } from '../shared/clouds/aws/call.ts'
import { credentialsFor } from '../shared/clouds/aws/clients.ts'
import type { Env } from '../shared/clouds/aws/lambda.ts'

/** Nobody waits longer to be known, ms. */
const ANSWER_MS = 1_500

/** Who that is stays so while a command runs. */
const known = new Map<string, Promise<string | undefined>>()

/**
 * Whose keys a command uses, as AWS names them: `arn:aws:sts::123456789012:assumed-role/Ops/lin` (STS API reference, GetCallerIdentity, which
 * needs no permission). Undefined where nobody tells in time, and at a server of one's own that has no STS beside it.
 */
export function callerOf(env: Env, io: Pick<AwsCallIo, 'now'>): Promise<string | undefined> {
  const isElsewhere = env.AWS_ENDPOINT_URL_DYNAMODB !== undefined && env.AWS_ENDPOINT_URL_STS === undefined
  if (isElsewhere) return Promise.resolve(undefined)
  const whose = [env.AWS_PROFILE, env.AWS_ACCESS_KEY_ID, env.AWS_ENDPOINT_URL_STS].join('\n')
  const asked = known.get(whose) ?? askWho(env, io).catch(() => undefined)
  known.set(whose, asked)
  return asked
}

async function askWho(env: Env, { now }: Pick<AwsCallIo, 'now'>): Promise<string | undefined> {
  const answer = await callAws(
    {
      ...{ service: 'sts', method: 'POST', path: '/' },
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'Action=GetCallerIdentity&Version=2011-06-15',
      signal: AbortSignal.timeout(ANSWER_MS),
    },
    env,
    { now, fetch, credentials: credentialsFor(env) },
  )
  return answer.ok ? element(await answer.text(), 'Arn') : undefined
}
