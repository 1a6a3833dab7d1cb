import type { Instant } from '../../contracts/words.ts'
import type { Env } from '../aws/lambda.ts'
import { type Answered, noAnswer, readNamed, regionOf, unreadable } from '../named-secrets.ts'
import type { Stored } from '../stored-secrets.ts'
import { tc3Post, tencentKeyOf } from './tc3.ts'

const HOST = 'ssm.tencentcloudapi.com'

/** The only version of a secret that was created without naming one (cloud.tencent.com/document/api/1140/40529, VersionId). */
const VERSION = 'SSM_Current'

/**
 * Reads what an environment keeps in Secrets Manager (SSM) of Tencent Cloud: GetSecretValue, version 2019-09-23
 * (cloud.tencent.com/document/api/1140/40522), with the key of the function's role. This module is loaded by functions that keep something
 * there alone.
 */
export async function readStored(env: Env, until: { now(): Instant; deadline: Instant }): Promise<Stored> {
  const key = tencentKeyOf(env) ?? unreadable()
  const url = new URL('/', env.FENGHUO_TENCENT_URL ?? `https://${HOST}`)
  const action = { url, service: 'ssm', action: 'GetSecretValue', version: '2019-09-23', region: regionOf(env) }
  const store = {
    operation: 'GetSecretValue',
    request(SecretName: string) {
      return { ...tc3Post(action, { SecretName, VersionId: VERSION }, key, until.now()), url }
    },
    answeredBy,
  }
  return readNamed(env, env.USER_CODE_ROOT, store, until)
}

/** Refusals come as a 200 with an `Error`. */
function answeredBy(answer: { status: number; body: Record<string, unknown> }): Answered {
  const { SecretString, Error: refusal } = (answer.body.Response ?? {}) as Record<string, unknown>
  if (typeof SecretString === 'string' && SecretString !== '') return { value: SecretString }
  if (refusal === undefined) return noAnswer(answer)
  const { Code = '', Message = '' } = refusal as { Code?: string; Message?: string }
  if (Code === 'ResourceNotFound') return { missing: true }
  return { isPassing: /^(RequestLimitExceeded|InternalError)/.test(Code), reason: `${Code} ${Message}` }
}
