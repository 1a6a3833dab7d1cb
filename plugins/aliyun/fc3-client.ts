import { createRequire } from 'node:module'
import type * as sdk from '@alicloud/fc20230330'
import { $OpenApiUtil } from '@alicloud/openapi-core'
import { CONNECT_TIMEOUT_MS, type Connection, functionComputeUrl } from './connection.ts'

export type Fc3Sdk = typeof sdk.default
export type Fc3Client = InstanceType<Fc3Sdk['default']>

/** The SDK, 850 files, which only commands that call need. It is CommonJS, whose default export loaders disagree about. */
export function fc3Sdk(): Fc3Sdk {
  return createRequire(import.meta.url)('@alicloud/fc20230330')
}

/** A client of Function Compute 3.0, for answers that take at most `readTimeoutMs`. */
export function fc3Client({ default: Client }: Fc3Sdk, connection: Connection, readTimeoutMs: number): Fc3Client {
  return new Client(openApiConfig(connection, functionComputeUrl(connection), readTimeoutMs))
}

/** For any client of the vendor's SDKs. It writes into its configuration: one for each client. */
export function openApiConfig({ region, credentials }: Connection, url: URL, readTimeoutMs: number) {
  const { accessKeyId, accessKeySecret, securityToken } = credentials
  return new $OpenApiUtil.Config({
    accessKeyId,
    accessKeySecret,
    ...(securityToken === undefined ? {} : { securityToken }),
    endpoint: url.host,
    protocol: url.protocol.slice(0, -1),
    regionId: region,
    readTimeout: readTimeoutMs,
    connectTimeout: CONNECT_TIMEOUT_MS,
  })
}

/**
 * A GET whose answer comes as it is. The SDK's models know only tags with capitals, `{Key, Value}`, while the vendor's
 * documents show small ones, and drop what they don't know.
 */
export async function rawGet(
  client: Fc3Client,
  action: string,
  path: string,
  query: Record<string, string | undefined>,
): Promise<Record<string, unknown>> {
  const params = new $OpenApiUtil.Params({
    action,
    version: '2023-03-30',
    protocol: 'HTTPS',
    pathname: `/2023-03-30${path}`,
    method: 'GET',
    authType: 'AK',
    style: 'ROA',
    reqBodyType: 'json',
    bodyType: 'json',
  })
  const set = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
  const request = new $OpenApiUtil.OpenApiRequest({ headers: {}, query: Object.fromEntries(set) })
  const { body } = await client.callApi(params, request, {} as Parameters<Fc3Client['callApi']>[2])
  return body
}
