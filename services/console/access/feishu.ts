import { createHash } from 'node:crypto'
import type { VendorUrl } from '../../../shared/channels/channel.ts'
import type { CompiledFeishuSignIn } from '../../../shared/contracts/compiled-config.ts'
import { asked, codeIn, field, memberOf, type Provider, type ProviderIo, posting, withQuery } from './provider.ts'

const url: VendorUrl = { variable: 'FENGHUO_FEISHU_URL', base: 'https://open.feishu.cn' }

/**
 * Sign-in by a Feishu application with PKCE (open.feishu.cn, 获取授权码 and 获取 user_access_token). Whoever is of another tenant than ours
 * is refused.
 */
export function feishuSignIn({ appId, appSecret, tenantKey }: CompiledFeishuSignIn, io: ProviderIo): Provider {
  const host = io.env[url.variable] || url.base
  return {
    async begin(redirectUri) {
      // Two random names are 64 characters: a verifier has 43 to 128 (RFC 7636, 4.1).
      const begun = { state: io.token(), verifier: `${io.token()}${io.token()}`.replaceAll('-', '') }
      const to = withQuery('https://accounts.feishu.cn/open-apis/authen/v1/authorize', {
        client_id: appId,
        redirect_uri: redirectUri,
        response_type: 'code',
        state: begun.state,
        code_challenge: createHash('sha256').update(begun.verifier).digest('base64url'),
        code_challenge_method: 'S256',
      })
      return { url: to, begun }
    },
    async end(redirectUri, query, begun) {
      const code = codeIn(query, begun)
      const given = await asked(
        io,
        `${host}/open-apis/authen/v2/oauth/token`,
        posting({
          grant_type: 'authorization_code',
          client_id: appId,
          client_secret: appSecret,
          code,
          redirect_uri: redirectUri,
          code_verifier: begun.verifier,
        }),
      )
      const token = field(given, 'access_token', 'Feishu')
      const { data = {}, ...answer } = await asked(io, `${host}/open-apis/authen/v1/user_info`, {
        headers: { authorization: `Bearer ${token}` },
      })
      const me = { ...answer, ...(data as Record<string, unknown>) }
      if (me.tenant_key !== tenantKey) throw new Error('Feishu: somebody of another tenant')
      const unionId = field(me, 'union_id', 'Feishu')
      return memberOf('feishu', tenantKey, unionId, me.name)
    },
  }
}
