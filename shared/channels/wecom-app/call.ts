import { refusalOf, relayRequest } from '../../clouds/tencent/wecom-relay.ts'
import { jsonIn } from '../../contracts/json-in.ts'
import { type Application, newToken as freshToken, withToken } from '../access-token.ts'
import type { ChannelIo, Delivery, VendorUrl } from '../channel.ts'
import { type Post, post } from '../post.ts'
import { baseUrl } from '../references.ts'
import { errcodeOf, posted } from '../robot.ts'
import { errors, TOKEN_OVER } from './errors.ts'

export const VENDOR = 'wecom-app'

/** Not the robots' variable: applications are often reached by a proxy with a fixed address, robots never need one. */
export const url: VendorUrl = { variable: 'FENGHUO_WECOM_APP_URL', base: 'https://qyapi.weixin.qq.com' }

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
  return withToken(applicationOf(account, io), (token) => postWith(callOf(path, body, token, account, io), io), io)
}

/** Asks the vendor for a new access token, or gives why there is none. */
export function newToken(account: Account, io: ChannelIo): Promise<string | Delivery> {
  return freshToken(applicationOf(account, io), io)
}

function applicationOf({ corp, secret }: Account, { env }: Pick<ChannelIo, 'env'>): Application {
  const query = new URLSearchParams({ corpid: corp, corpsecret: secret })
  return {
    id: corp,
    secret,
    request: {
      url: `${baseUrl(url, env)}/cgi-bin/gettoken?${query}`,
      method: 'GET',
      body: undefined,
      headers: {},
      vendor: VENDOR,
    },
    tokenIn(answer) {
      const { access_token: value, expires_in: lifeS } = Object(answer)
      return { value, lifeS }
    },
    read: (answer) => posted(errcodeOf(answer), VENDOR, errors),
    overCodes: TOKEN_OVER,
  }
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
