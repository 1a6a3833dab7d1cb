import { randomUUID } from 'node:crypto'
import type { Instant } from '../../contracts/words.ts'
import type { Env } from '../aws/lambda.ts'
import { type Answered, noAnswer, readNamed, regionOf, unreadable } from '../named-secrets.ts'
import type { Stored } from '../stored-secrets.ts'
import { aliyunKeyOf, signedRpc } from './rpc.ts'

/**
 * Reads what an environment keeps in Key Management Service of Alibaba Cloud: GetSecretValue, version 2016-01-20 (help.aliyun.com,
 * "GetSecretValue"), the version that is marked ACSCurrent, with the key of the function's role. This module is loaded by functions that
 * keep something there alone.
 */
export async function readStored(env: Env, until: { now(): Instant; deadline: Instant }): Promise<Stored> {
  const key = aliyunKeyOf(env) ?? unreadable()
  const url = new URL('/', env.FENGHUO_ALIYUN_URL ?? `https://kms.${regionOf(env)}.aliyuncs.com`)
  const store = {
    operation: 'GetSecretValue',
    request(SecretName: string) {
      const request = { url, action: 'GetSecretValue', version: '2016-01-20', parameters: { SecretName } }
      const signed = signedRpc(request, key, until.now(), randomUUID())
      return { url: new URL(signed.url), headers: signed.headers, body: '' }
    },
    answeredBy,
  }
  return readNamed(env, env.FC_FUNC_CODE_PATH, store, until)
}

function answeredBy(answer: { status: number; body: Record<string, unknown> }): Answered {
  const { SecretData, Code, Message = '' } = answer.body
  if (answer.status === 200)
    return typeof SecretData === 'string' && SecretData ? { value: SecretData } : noAnswer(answer)
  if (Code === 'Forbidden.ResourceNotFound') return { missing: true }
  const isPassing = answer.status === 429 || /Throttling|InternalFailure|ServiceUnavailable/.test(String(Code))
  return { isPassing, reason: [`HTTP ${answer.status}`, Code, Message].filter(Boolean).join(' ') }
}
