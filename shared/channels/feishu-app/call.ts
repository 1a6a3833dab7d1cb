import { jsonIn } from '../../contracts/json-in.ts'
import { type Application, newToken as freshToken, withToken } from '../access-token.ts'
import type { ChannelIo, Delivery, VendorUrl } from '../channel.ts'
import { type Post, post } from '../post.ts'
import { posted, type RobotAnswer } from '../robot.ts'
import { errors, TOKEN_OVER } from './errors.ts'
import type { Settings } from './settings.ts'

export const VENDOR = 'feishu-app'

/** Tenants of Lark have a host of their own, which the same variable moves. */
export const url: VendorUrl = { variable: 'FENGHUO_FEISHU_APP_URL', base: 'https://open.feishu.cn' }
const LARK = 'https://open.larksuite.com'

export type Account = Pick<Settings, 'app' | 'secret' | 'site'>

/** What a call came to, and the data of an answer that said yes. */
export interface Answered {
  delivery: Delivery
  data?: Record<string, unknown>
}

/** Calls one of the vendor's paths with the application's access token, which all functions share; when that is over, once more with a new one. */
export async function callFeishu(
  method: 'POST' | 'PATCH',
  path: string,
  body: unknown,
  account: Account,
  io: ChannelIo,
): Promise<Answered> {
  return withToken(applicationOf(account, io), (token) => callWith(token, method, path, body, account, io), io)
}

/** Asks for a new access token, or gives why there is none. */
export function newToken(account: Account, io: ChannelIo): Promise<string | Delivery> {
  return freshToken(applicationOf(account, io), io)
}

function applicationOf(account: Account, io: ChannelIo): Application {
  return {
    id: account.app,
    secret: account.secret,
    request: {
      url: `${baseOf(account, io)}/open-apis/auth/v3/tenant_access_token/internal`,
      body: { app_id: account.app, app_secret: account.secret },
      vendor: VENDOR,
      explainsRefusals: true,
    },
    tokenIn(answer) {
      const { tenant_access_token: value, expire: lifeS } = Object(answer)
      return { value, lifeS }
    },
    read(answer) {
      const read = posted(answerOf(answer), VENDOR, errors)
      // Whatever it says here, it says of app and secret.
      if (read?.status === 'failed') return { ...read, failure: { ...read.failure, class: 'bad-credentials' } }
      return read
    },
    overCodes: TOKEN_OVER,
  }
}

async function callWith(
  token: string,
  method: 'POST' | 'PATCH',
  path: string,
  body: unknown,
  account: Account,
  io: ChannelIo,
): Promise<Answered> {
  let data: Record<string, unknown> = {}
  const delivery = await post(
    {
      ...requestOf(path, body, token, account, io),
      method,
      vendor: VENDOR,
      read: () => undefined,
      readAny({ text, headers }) {
        const answer = jsonIn(text)
        data = Object(Object(answer).data)
        const read = posted(answerOf(answer), VENDOR, errors)
        const resetS = Number(headers.get('x-ogw-ratelimit-reset') ?? 0)
        return read?.status === 'retry' && resetS > 0 ? { ...read, afterMs: resetS * 1000 } : read
      },
    },
    io,
  )
  return { delivery, data }
}

export function requestOf(
  path: string,
  body: unknown,
  token: string,
  account: Account,
  io: Pick<ChannelIo, 'env'>,
): Pick<Post, 'url' | 'body' | 'headers'> {
  const headers = { 'content-type': 'application/json; charset=utf-8', authorization: `Bearer ${token}` }
  return { url: `${baseOf(account, io)}/open-apis${path}`, body, headers }
}

/** The vendor's `{code, msg}`; undefined: none of its answers. */
export function answerOf(answer: unknown): RobotAnswer | undefined {
  const { code, msg } = Object(answer)
  return typeof code === 'number' ? { code, words: msg } : undefined
}

function baseOf({ site }: Account, { env }: Pick<ChannelIo, 'env'>): string {
  return env[url.variable] ?? (site === 'lark' ? LARK : url.base)
}
