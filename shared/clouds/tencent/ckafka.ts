import type { TencentKey } from './tc3.ts'

const HOST = 'ckafka.tencentcloudapi.com'

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
