import type { ClientConfig } from 'tencentcloud-sdk-nodejs/tencentcloud/common/interface.js'
import { atMost, type Patience, persistently } from '../provider/attempts.ts'
import type { Surroundings } from '../provider/service.ts'
import type { Credentials } from './credentials.ts'
import { cloudError } from './errors.ts'

/** The API of one account in one region. */
export interface Connection {
  region: string
  key: Credentials
  /** `FENGHUO_TENCENT_URL`: scheme, host and port that all requests go to instead. */
  movedTo?: string
}

/** How long one answer may take, in seconds: uploading 10 MB at 1 Mbit/s takes 80 s. */
const ANSWER_S = 120

/** A call of a function ends at 300 s (Invoke). */
const INVOKE_S = 310

/**
 * Calls of one action in a second (cloud.tencent.com/document/product/583/36149, for the slowest): twenty functions that move side
 * by side would ask for more. The second is a little longer, as calls do not take equally long to arrive.
 */
const PER_SECOND = 20
const SECOND_MS = 1050

/** One action. It resolves to the `Response`, or throws a `CloudError`. */
type Action = <T>(action: string, request?: object) => Promise<T>

export interface Api {
  /** SCF 2018-04-16. Repeated as long as the fault is transient. */
  scf: Action
  /** As `scf`, once, and with the patience that a function's run needs. */
  invoke: Action
  /** Tags 2018-08-13. */
  tag: Action
  /** Cloud Log Service 2020-10-16. */
  cls: Action
}

interface SdkClient {
  request(action: string, request: object): Promise<unknown>
}

interface Product {
  Client: new (config: ClientConfig) => SdkClient
}

/** The products of Tencent Cloud that a function needs; each SDK is loaded with its first call. `secrets` stay out of errors. */
export function apiOf(
  connection: Connection,
  secrets: readonly string[],
  patience: Patience & Pick<Surroundings, 'now'>,
): Api {
  const hidden = [connection.key.secretKey, ...(connection.key.token ? [connection.key.token] : []), ...secrets]
  const scf = clientOf(
    connection,
    'scf',
    ANSWER_S,
    () => import('tencentcloud-sdk-nodejs/tencentcloud/services/scf/v20180416/scf_client.js'),
  )
  const long = clientOf(
    connection,
    'scf',
    INVOKE_S,
    () => import('tencentcloud-sdk-nodejs/tencentcloud/services/scf/v20180416/scf_client.js'),
  )
  const tag = clientOf(
    connection,
    'tag',
    ANSWER_S,
    () => import('tencentcloud-sdk-nodejs/tencentcloud/services/tag/v20180813/tag_client.js'),
  )
  const cls = clientOf(
    connection,
    'cls',
    ANSWER_S,
    () => import('tencentcloud-sdk-nodejs/tencentcloud/services/cls/v20201016/cls_client.js'),
  )

  const once =
    (client: () => Promise<SdkClient>): Action =>
    async <T>(action: string, request: object = {}) => {
      const sdk = await client()
      return sdk.request(action, request).catch((error: unknown) => {
        throw cloudError(error, action, hidden)
      }) as Promise<T>
    }
  const limits = new Map<string, () => Promise<void>>()
  const often =
    (call: Action): Action =>
    (action, request) =>
      persistently(async () => {
        const turn = limits.get(action) ?? atMost(PER_SECOND, SECOND_MS, patience)
        limits.set(action, turn)
        await turn()
        return call(action, request)
      }, patience)
  return { scf: often(once(scf)), invoke: once(long), tag: often(once(tag)), cls: often(once(cls)) }
}

function clientOf(
  { region, key, movedTo }: Connection,
  product: string,
  reqTimeout: number,
  load: () => Promise<Product>,
): () => Promise<SdkClient> {
  const base = new URL(movedTo ?? `https://${product}.tencentcloudapi.com`)
  const httpProfile = { endpoint: base.host, protocol: `${base.protocol}//`, reqTimeout }
  let client: Promise<SdkClient> | undefined
  return () => {
    client ??= load().then(({ Client }) => new Client({ credential: key, region, profile: { httpProfile } }))
    return client
  }
}
