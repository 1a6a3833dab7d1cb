import type { VendorUrl } from '../../../shared/channels/channel.ts'
import type { CompiledDingtalkSignIn } from '../../../shared/contracts/compiled-config.ts'
import { asked, codeIn, field, memberOf, type Provider, type ProviderIo, posting, withQuery } from './provider.ts'

const url: VendorUrl = { variable: 'FENGHUO_DINGTALK_URL', base: 'https://api.dingtalk.com' }

/**
 * Sign-in by a DingTalk application (open.dingtalk.com, 实现登录第三方网站). The scope `corpid` has people choose a company: whoever chooses
 * another one than ours is refused, for anybody may have an account.
 */
export function dingtalkSignIn({ clientId, clientSecret, corpId }: CompiledDingtalkSignIn, io: ProviderIo): Provider {
  const host = io.env[url.variable] || url.base
  return {
    async begin(redirectUri) {
      const begun = { state: io.token() }
      const to = withQuery('https://login.dingtalk.com/oauth2/auth', {
        client_id: clientId,
        redirect_uri: redirectUri,
        response_type: 'code',
        scope: 'openid corpid',
        prompt: 'consent',
        state: begun.state,
      })
      return { url: to, begun }
    },
    async end(_, query, begun) {
      const code = codeIn(query, begun, 'authCode')
      const given = await asked(
        io,
        `${host}/v1.0/oauth2/userAccessToken`,
        posting({ clientId, clientSecret, code, grantType: 'authorization_code' }),
      )
      const token = field(given, 'accessToken', 'DingTalk')
      if (given.corpId !== corpId) throw new Error('DingTalk: somebody of another company')
      const me = await asked(io, `${host}/v1.0/contact/users/me`, {
        headers: { 'x-acs-dingtalk-access-token': token },
      })
      const unionId = field(me, 'unionId', 'DingTalk')
      return memberOf('dingtalk', corpId, unionId, me.nick)
    },
  }
}
