import { refusalOf, relayRequest } from '../../clouds/tencent/wecom-relay.ts'
import { jsonIn } from '../../contracts/json-in.ts'
import type { ChannelIo, Delivery, VendorUrl } from '../channel.ts'
import { type Post, post } from '../post.ts'
import { baseUrl } from '../references.ts'
import { errcodeOf, fingerprint, posted } from '../robot.ts'
import { errors, TOKEN_OVER } from './errors.ts'

export const VENDOR = 'wecom-app'

/** Not the robots' variable: applications are often reached by a proxy with a fixed address, robots never need one. */
export const url: VendorUrl = { variable: 'FENGHUO_WECOM_APP_URL', base: 'https://qyapi.weixin.qq.com' }

/** The share of an access token's life after which a new one is fetched: it may be revoked early. */
const USED_LIFE = 0.8

/** The longest life that a token is believed to have, s: the vendor says 7200. */
const LONGEST_LIFE_S = 7_200

/** Whose tokens these are, and who passes on what is posted with them; absent: it goes to the vendor itself. */
export interface Account {
  corp: string
  secret: string
  relay?: { url: string; secret: string } | undefined
}

/** What a call came to, and the vendor's whole answer where it said yes. */
export interface Answered {
  delivery: Delivery
  answer?: Record<string, unknown>
}

/**
 * Posts to one of the vendor's paths with the application's access token, which all functions share; when the vendor says that it is
 * over, once more with a new one.
 */
export async function callWecom(path: string, body: unknown, account: Account, io: ChannelIo): Promise<Answered> {
  const kept = await io.memory?.read(tokenName(account))
  const token = kept ?? (await newToken(account, io))
  if (typeof token !== 'string') return { delivery: token }
  const first = await postWith(callOf(path, body, token, account, io), io)
  if (!isTokenOver(first.delivery)) return first
  const fresh = await newToken(account, io)
  if (typeof fresh !== 'string') return { delivery: fresh }
  return postWith(callOf(path, body, fresh, account, io), io)
}

/**
 * Asks the vendor for a new access token, or gives why there is none. No message was sent before it, so a request that is lost may be
 * made again.
 */
export async function newToken(account: Account, io: ChannelIo): Promise<string | Delivery> {
  let token: { value: string; lifeS: number } | undefined
  const query = new URLSearchParams({ corpid: account.corp, corpsecret: account.secret })
  const delivery = await post(
    {
      url: `${baseUrl(url, io.env)}/cgi-bin/gettoken?${query}`,
      method: 'GET',
      body: undefined,
      headers: {},
      vendor: VENDOR,
      read(answer) {
        const { access_token: value, expires_in: lifeS } = Object(answer)
        if (typeof value === 'string' && value !== '') token = { value, lifeS: Number(lifeS) }
        const read = posted(errcodeOf(answer), VENDOR, errors)
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

async function postWith(call: Call, io: ChannelIo): Promise<Answered> {
  let answer: Record<string, unknown> = {}
  const delivery = await post(
    {
      ...call,
      vendor: VENDOR,
      read(said) {
        answer = Object(said)
        return posted(errcodeOf(said), VENDOR, errors)
      },
      readAny: ({ text }) => posted(refusalOf(jsonIn(text)), VENDOR, errors),
    },
    io,
  )
  return { delivery, answer }
}

type Call = Pick<Post, 'url' | 'body' | 'headers'>

/** A request to one of the vendor's paths: to the vendor, or to the relay that passes it on. */
function callOf(
  path: string,
  body: unknown,
  token: string,
  { relay }: Pick<Account, 'relay'>,
  { env, now }: Pick<ChannelIo, 'env' | 'now'>,
): Call {
  if (relay !== undefined) return relayRequest({ path, token, body }, relay, now())
  return { url: `${baseUrl(url, env)}${path}?access_token=${encodeURIComponent(token)}`, body }
}

function isTokenOver(delivery: Delivery): boolean {
  return delivery.status === 'failed' && TOKEN_OVER.includes(Number(delivery.failure.code))
}

/** One token for each application: its secret stands for it, and is not written down. */
function tokenName({ corp, secret }: Account): string {
  return `token#${fingerprint(`${corp}#${secret}`)}`
}
