import type { Env } from '../aws/lambda.ts'

const HOST = 'ckafka.tencentcloudapi.com'

export interface TencentKey {
  secretId: string
  secretKey: string
  token?: string
}

/**
 * The key in a function's environment: TENCENTCLOUD_SECRET_ID, _SECRET_KEY and _TOKEN, or what SCF puts there for the function's role
 * (TENCENTCLOUD_SECRETID, _SECRETKEY, _SESSIONTOKEN). Undefined if there is none.
 */
export function tencentKeyOf(env: Env): TencentKey | undefined {
  const secretId = env.TENCENTCLOUD_SECRET_ID ?? env.TENCENTCLOUD_SECRETID
  const secretKey = env.TENCENTCLOUD_SECRET_KEY ?? env.TENCENTCLOUD_SECRETKEY
  const token = env.TENCENTCLOUD_TOKEN ?? env.TENCENTCLOUD_SESSIONTOKEN
  if (!secretId || !secretKey) return undefined
  return { secretId, secretKey, ...(token ? { token } : {}) }
}

/** One action of CKafka's API, version 2019-08-19; its answer is the `Result`. */
export type Ckafka = (action: string, request: object, signal: AbortSignal) => Promise<unknown>

/**
 * CKafka's API in a region. Calls reject with the SDK's errors: `code` is the service's, `httpCode` a status without one. `baseUrl`
 * (scheme, host, port) stands in for the public address.
 */
export async function ckafkaClient(region: string, key: TencentKey, baseUrl = `https://${HOST}`): Promise<Ckafka> {
  const { Client } = await import('tencentcloud-sdk-nodejs/tencentcloud/services/ckafka/v20190819/ckafka_client.js')
  const base = new URL(baseUrl)
  const client = new Client({
    credential: key,
    region,
    profile: { httpProfile: { endpoint: base.host, protocol: `${base.protocol}//` } },
  })
  return async (action, request, signal) => {
    const answer: unknown = await client.request(action, request, { signal })
    return (answer as { Result?: unknown } | null)?.Result
  }
}
