import type { VendorUrl } from '../../../shared/channels/channel.ts'
import type { CompiledWecomSignIn } from '../../../shared/contracts/compiled-config.ts'
import { asked, codeIn, field, memberOf, type Provider, type ProviderIo, withQuery } from './provider.ts'

const url: VendorUrl = { variable: 'FENGHUO_WECOM_URL', base: 'https://qyapi.weixin.qq.com' }

/** A token is asked for anew so long before its end, ms. */
const MARGIN_MS = 300_000

/**
 * Sign-in by a WeCom application: by a code that is scanned, or without any in WeCom's own browser (developer.work.weixin.qq.com,
 * 扫码授权登录 and 网页授权登录). A code holds once and for five minutes. Whoever is no member of the company is refused,
 * those of linked companies included.
 */
export function wecomSignIn({ corpId, agentId, secret }: CompiledWecomSignIn, io: ProviderIo): Provider {
  const host = io.env[url.variable] || url.base
  let kept: { token: string; until: number } | undefined
  const accessToken = async () => {
    if (kept !== undefined && kept.until > io.now()) return kept.token
    const answer = await asked(io, withQuery(`${host}/cgi-bin/gettoken`, { corpid: corpId, corpsecret: secret }))
    const token = field(answer, 'access_token', 'WeCom')
    kept = { token, until: io.now() + Number(answer.expires_in ?? 0) * 1000 - MARGIN_MS }
    return token
  }
  return {
    async begin(redirectUri, isInside) {
      // Letters and digits alone are what the vendor takes, at most 128 of them.
      const begun = { state: io.token().replaceAll('-', '') }
      const common = { appid: corpId, agentid: String(agentId), redirect_uri: redirectUri, state: begun.state }
      const to = isInside
        ? `${withQuery('https://open.weixin.qq.com/connect/oauth2/authorize', { ...common, response_type: 'code', scope: 'snsapi_base' })}#wechat_redirect`
        : withQuery('https://login.work.weixin.qq.com/wwlogin/sso/login', { ...common, login_type: 'CorpApp' })
      return { url: to, begun }
    },
    async end(_, query, begun) {
      const code = codeIn(query, begun)
      const answer = await asked(
        io,
        withQuery(`${host}/cgi-bin/auth/getuserinfo`, { access_token: await accessToken(), code }),
      )
      // One that the vendor has taken back early is not asked with again.
      if (answer.errcode !== 0) kept = undefined
      const userId = field(answer, 'userid', 'WeCom')
      // Whoever is of a linked company is told as `CORP/USER`.
      if (userId.includes('/')) throw new Error('WeCom: somebody of another company')
      return memberOf('wecom', corpId, userId, userId)
    },
  }
}
