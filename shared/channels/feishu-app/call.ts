import { jsonIn } from '../../contracts/json-in.ts'
import type { ChannelIo, Delivery, VendorUrl } from '../channel.ts'
import { type Post, post } from '../post.ts'
import { fingerprint, posted, type RobotAnswer } from '../robot.ts'
import { errors, TOKEN_OVER } from './errors.ts'
import type { Settings } from './settings.ts'

export const VENDOR = 'feishu-app'

/** Tenants of Lark have a host of their own, which the same variable moves. */
export const url: VendorUrl = { variable: 'FENGHUO_FEISHU_APP_URL', base: 'https://open.feishu.cn' }
const LARK = 'https://open.larksuite.com'

/** The share of an access token's life after which a new one is fetched. */
const USED_LIFE = 0.8

/** The longest life that a token is believed to have, s: `expire` of the answer says 7200 or less. */
const LONGEST_LIFE_S = 7_200

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
  const kept = await io.memory?.read(tokenName(account))
  const token = kept ?? (await newToken(account, io))
  if (typeof token !== 'string') return { delivery: token }
  const first = await callWith(token, method, path, body, account, io)
  if (!isTokenOver(first.delivery)) return first
  const fresh = await newToken(account, io)
  return typeof fresh === 'string' ? callWith(fresh, method, path, body, account, io) : { delivery: fresh }
}

/** Asks for a new access token, or gives why there is none. Nothing was sent before it: what is lost may be asked again. */
export async function newToken(account: Account, io: ChannelIo): Promise<string | Delivery> {
  let token: { value: string; lifeS: number } | undefined
  const delivery = await post(
    {
      url: `${baseOf(account, io)}/open-apis/auth/v3/tenant_access_token/internal`,
      body: { app_id: account.app, app_secret: account.secret },
      vendor: VENDOR,
      explainsRefusals: true,
      read(answer) {
        const { tenant_access_token: value, expire } = Object(answer)
        if (typeof value === 'string' && value !== '') token = { value, lifeS: Number(expire) }
        const read = posted(answerOf(answer), VENDOR, errors)
        // Whatever it says here, it says of app and secret.
        if (read?.status === 'failed') return { ...read, failure: { ...read.failure, class: 'bad-credentials' } }
        return read?.status === 'sent' && token === undefined ? undefined : read
      },
    },
    io,
  )
  if (delivery.status === 'unknown') return { status: 'retry', afterMs: 2_000, failure: delivery.failure }
  if (delivery.status !== 'sent' || token === undefined) return delivery
  const lifeS = token.lifeS > 0 ? Math.min(token.lifeS, LONGEST_LIFE_S) : LONGEST_LIFE_S
  await io.memory?.write(tokenName(account), token.value, io.now() + lifeS * 1000 * USED_LIFE)
  return token.value
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

function isTokenOver(delivery: Delivery): boolean {
  return delivery.status === 'failed' && TOKEN_OVER.includes(Number(delivery.failure.code))
}

function tokenName({ app, secret }: Account): string {
  return `token#${fingerprint(`${app}#${secret}`)}`
}
