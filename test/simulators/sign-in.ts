import { createHash } from 'node:crypto'

/** An application that people sign in by, and who they are there. */
export interface SignInWorld {
  wecom: { corpId: string; agentId: number; secret: string }
  dingtalk: { clientId: string; clientSecret: string }
  feishu: { appId: string; appSecret: string }
  redirectUri: (vendor: string) => string
}

interface Issued {
  vendor: 'wecom' | 'dingtalk' | 'feishu'
  /** What the vendor tells of whoever signs in. */
  who: Record<string, unknown>
  challenge?: string
}

type Answer = Record<string, unknown> & { status?: number }

/**
 * The three chats' own sign-ins, as strict as their documents: exact addresses and fields, the application's own credentials, a code that
 * holds once, PKCE with Feishu, and errors in the vendor's form. Sources: developer.work.weixin.qq.com (gettoken, auth/getuserinfo),
 * open.dingtalk.com (userAccessToken, contact/users/me), open.feishu.cn (authen/v2/oauth/token, authen/v1/user_info).
 */
export class SignInVendors {
  readonly #world: SignInWorld
  readonly #codes = new Map<string, Issued>()
  readonly #tokens = new Map<string, Issued['who']>()
  #count = 0
  /** How often each address was asked. */
  readonly asked: string[] = []

  constructor(world: SignInWorld) {
    this.#world = world
  }

  /** Somebody agrees at the vendor's own page. Resolves with the query that their browser comes back with. Throws where the page would not open. */
  agree(address: string, who: Issued['who']): string {
    const { hostname, pathname, hash, searchParams: fields } = new URL(address)
    const code = `code-${++this.#count}`
    const state = fields.get('state') ?? ''
    if (state.length < 16) throw new Error(`${hostname}: no state`)
    const { wecom, dingtalk, feishu, redirectUri } = this.#world
    const admit = (vendor: Issued['vendor'], wanted: Record<string, string>, challenge?: string) => {
      for (const [name, value] of Object.entries({ ...wanted, redirect_uri: redirectUri(vendor) }))
        if (fields.get(name) !== value) throw new Error(`${hostname}: ${name} is ${fields.get(name)}, not ${value}`)
      this.#codes.set(code, { vendor, who, ...(challenge !== undefined && { challenge }) })
      return `?${vendor === 'dingtalk' ? 'authCode' : 'code'}=${code}&state=${state}`
    }
    switch (hostname + pathname) {
      case 'login.work.weixin.qq.com/wwlogin/sso/login':
      case 'open.weixin.qq.com/connect/oauth2/authorize': {
        const isInBrowser = pathname.startsWith('/wwlogin')
        if (!isInBrowser && hash !== '#wechat_redirect') throw new Error('no #wechat_redirect')
        if (!/^[a-zA-Z0-9]{1,128}$/.test(state))
          throw new Error(`${hostname}: ${state} is no state of letters and digits`)
        const application = { appid: wecom.corpId, agentid: String(wecom.agentId) }
        return admit('wecom', { ...application, ...(isInBrowser && { login_type: 'CorpApp' }) })
      }
      case 'login.dingtalk.com/oauth2/auth':
        return admit('dingtalk', {
          client_id: dingtalk.clientId,
          response_type: 'code',
          scope: 'openid corpid',
        })
      case 'accounts.feishu.cn/open-apis/authen/v1/authorize': {
        const asked = { client_id: feishu.appId, response_type: 'code', code_challenge_method: 'S256' }
        return admit('feishu', asked, fields.get('code_challenge') ?? '')
      }
      default:
        throw new Error(`no vendor has ${address}`)
    }
  }

  /** As the vendors' servers answer. */
  readonly fetch = async (address: string, { method = 'GET', headers, body }: RequestInit): Promise<Response> => {
    const url = new URL(address)
    this.asked.push(url.hostname + url.pathname)
    const fields = typeof body === 'string' ? (JSON.parse(body) as Record<string, string>) : {}
    const { status = 200, ...answer } = this.#answer(
      `${method} ${url.hostname}${url.pathname}`,
      url,
      new Headers(headers),
      fields,
    )
    return Response.json(answer, { status })
  }

  #answer(what: string, { searchParams: query }: URL, headers: Headers, fields: Record<string, string>): Answer {
    const { wecom, dingtalk, feishu, redirectUri } = this.#world
    switch (what) {
      case 'GET qyapi.weixin.qq.com/cgi-bin/gettoken':
        if (query.get('corpid') !== wecom.corpId || query.get('corpsecret') !== wecom.secret)
          return { errcode: 40001, errmsg: 'invalid credential' }
        return { errcode: 0, errmsg: 'ok', access_token: this.#token({}), expires_in: 7200 }
      case 'GET qyapi.weixin.qq.com/cgi-bin/auth/getuserinfo': {
        if (!this.#tokens.has(query.get('access_token') ?? ''))
          return { errcode: 40014, errmsg: 'invalid access_token' }
        const issued = this.#spend(query.get('code'), 'wecom')
        return issued === undefined
          ? { errcode: 40029, errmsg: 'invalid code' }
          : { errcode: 0, errmsg: 'ok', ...issued.who }
      }
      case 'POST api.dingtalk.com/v1.0/oauth2/userAccessToken': {
        const { clientId, clientSecret, code = '', grantType } = fields
        if (
          clientId !== dingtalk.clientId ||
          clientSecret !== dingtalk.clientSecret ||
          grantType !== 'authorization_code'
        )
          return { status: 400, code: 'invalidClientIdOrSecret', message: '无效的clientId或者clientSecret' }
        const issued = this.#spend(code, 'dingtalk')
        if (issued === undefined)
          return { status: 400, code: 'invalidParameter.authCode.notFound', message: 'not found' }
        const { corpId, ...me } = issued.who
        return { accessToken: this.#token(me), refreshToken: 'r', expireIn: 7200, corpId }
      }
      case 'GET api.dingtalk.com/v1.0/contact/users/me':
        return (
          this.#tokens.get(headers.get('x-acs-dingtalk-access-token') ?? '') ?? {
            status: 400,
            code: 'InvalidAuthentication',
            message: '不合法的access_token',
          }
        )
      case 'POST open.feishu.cn/open-apis/authen/v2/oauth/token': {
        const issued = this.#spend(fields.code ?? '', 'feishu')
        const verified = createHash('sha256')
          .update(fields.code_verifier ?? '')
          .digest('base64url')
        if (fields.client_id !== feishu.appId || fields.client_secret !== feishu.appSecret)
          return {
            status: 400,
            code: 20002,
            error: 'invalid_client',
            error_description: 'The client secret is invalid.',
          }
        if (
          issued === undefined ||
          fields.grant_type !== 'authorization_code' ||
          fields.redirect_uri !== redirectUri('feishu')
        )
          return {
            status: 400,
            code: 20003,
            error: 'invalid_grant',
            error_description: 'The authorization code is invalid.',
          }
        if (!/^[\w.~-]{43,128}$/.test(fields.code_verifier ?? '') || verified !== issued.challenge)
          return { status: 400, code: 20049, error: 'invalid_grant', error_description: 'PKCE code challenge failed.' }
        return { code: 0, access_token: this.#token(issued.who), expires_in: 7200, token_type: 'Bearer' }
      }
      case 'GET open.feishu.cn/open-apis/authen/v1/user_info': {
        const who = this.#tokens.get(/^Bearer (.+)$/.exec(headers.get('authorization') ?? '')?.[1] ?? '')
        return who
          ? { code: 0, msg: 'success', data: who }
          : { status: 401, code: 99991668, msg: 'Invalid access token' }
      }
      default:
        throw new Error(`no vendor answers ${what}`)
    }
  }

  #token(who: Issued['who']): string {
    const token = `token-${++this.#count}`
    this.#tokens.set(token, who)
    return token
  }

  #spend(code: string | null, vendor: Issued['vendor']): Issued | undefined {
    const issued = this.#codes.get(code ?? '')
    this.#codes.delete(code ?? '')
    return issued?.vendor === vendor ? issued : undefined
  }
}
