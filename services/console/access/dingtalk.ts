import type { CompiledDingtalkSignIn } from '../../../shared/contracts/compiled-config.ts'
import { asked, codeIn, field, type Provider, type ProviderIo, posting, withQuery } from './provider.ts'

const HOST = 'https://api.dingtalk.com'

/**
 * Sign-in by a DingTalk application (open.dingtalk.com, 实现登录第三方网站). The scope `corpid` has people choose a company: whoever chooses
 * another one than ours is refused, for anybody may have an account.
 */
export function dingtalkSignIn(
  { clientId, clientSecret, corpId }: CompiledDingtalkSignIn,
  io: ProviderIo,
  host = HOST,
): Provider {
  return {
    async begin(redirectUri) {
      const begun = { state: io.token() }
      const url = withQuery('https://login.dingtalk.com/oauth2/auth', {
        client_id: clientId,
        redirect_uri: redirectUri,
        response_type: 'code',
        scope: 'openid corpid',
        prompt: 'consent',
        state: begun.state,
      })
      return { url, begun }
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
      const name = typeof me.nick === 'string' && me.nick !== '' ? me.nick : unionId
      return {
        issuer: `dingtalk:${corpId}`,
        subject: unionId,
        name,
        groups: [],
        keys: [`dingtalk:${unionId}`, 'dingtalk:*'],
      }
    },
  }
}
