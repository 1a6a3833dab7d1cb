import * as client from 'openid-client'
import type { CompiledOidc } from '../../../shared/contracts/compiled-config.ts'
import type { Claims, Provider } from './provider.ts'

/** Who waits for the provider waits no longer, s. */
const PATIENCE_S = 6

/** How far the provider's clock may be from ours, s. */
const CLOCKS_S = 60

/** The authorization code flow with PKCE, state and nonce (OpenID Connect Core 1.0, 3.1; RFC 7636). Both halves reject with the reason. */
export function oidcSignIn(oidc: CompiledOidc): Provider {
  return {
    async begin(redirectUri) {
      const configuration = await discovered(oidc)
      const begun = {
        state: client.randomState(),
        nonce: client.randomNonce(),
        verifier: client.randomPKCECodeVerifier(),
      }
      const url = client.buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri,
        scope: 'openid email profile',
        state: begun.state,
        nonce: begun.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(begun.verifier),
        code_challenge_method: 'S256',
      })
      return { url: url.href, begun }
    },

    async end(redirectUri, query, { state, nonce, verifier }) {
      const configuration = await discovered(oidc)
      const answer = await client.authorizationCodeGrant(configuration, new URL(`${redirectUri}${query}`), {
        expectedState: state,
        ...(nonce !== undefined && { expectedNonce: nonce }),
        ...(verifier !== undefined && { pkceCodeVerifier: verifier }),
        idTokenExpected: true,
      })
      const claims = answer.claims()
      if (claims === undefined) throw new Error('the provider has sent no id_token')
      const told = configuration.serverMetadata().userinfo_endpoint
        ? await client.fetchUserInfo(configuration, answer.access_token, claims.sub)
        : {}
      return claimsIn({ ...told, ...claims }, oidc)
    },
  }
}

/** By issuer and client: what a provider says of itself is asked once by an instance. */
const known = new Map<string, Promise<client.Configuration>>()

function discovered({ issuer, clientId, clientSecret }: CompiledOidc): Promise<client.Configuration> {
  const key = `${issuer} ${clientId} ${clientSecret}`
  const found = known.get(key)
  if (found !== undefined) return found
  const authentication = clientSecret === undefined ? client.None() : undefined
  const asking = client.discovery(
    new URL(issuer),
    clientId,
    { [client.clockTolerance]: CLOCKS_S, ...(clientSecret !== undefined && { client_secret: clientSecret }) },
    authentication,
    {
      timeout: PATIENCE_S,
      // The configuration takes http for loopback addresses alone.
      execute: issuer.startsWith('http:') ? [client.allowInsecureRequests] : [],
    },
  )
  known.set(key, asking)
  asking.catch(() => known.delete(key))
  return asking
}

function claimsIn(claims: Record<string, unknown>, { groups: claim }: CompiledOidc): Claims {
  const { iss, sub, name, preferred_username: username, email, email_verified: isVerified } = claims
  const listed = claims[claim]
  const verified = typeof email === 'string' && isVerified === true ? email.toLowerCase() : undefined
  const called = [name, username, verified, sub].find((one) => typeof one === 'string' && one !== '')
  return {
    issuer: String(iss),
    subject: String(sub),
    name: String(called),
    ...(verified !== undefined && { email: verified }),
    groups: Array.isArray(listed) ? listed.filter((one) => typeof one === 'string') : [],
  }
}
