import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'

/** What the provider tells of somebody. */
export interface Account {
  name?: string
  email?: string
  email_verified?: boolean
  groups?: string[]
}

/** A real provider of OpenID Connect on the loopback address, with its own pages for signing in. */
export async function startProvider(redirectUri: string, accounts: Record<string, Account>) {
  const server = createServer((request, response) => void answer(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'fenghuo',
        client_secret: 'a secret of thirty-two characters',
        redirect_uris: [redirectUri],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    pkce: { required: () => true },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
    cookies: { keys: ['some key'] },
    findAccount: (_: unknown, id: string) => ({
      accountId: id,
      claims: async () => ({ sub: id, ...accounts[id] }),
    }),
  })
  const answer = provider.callback()
  return {
    issuer,
    oidc: { issuer, clientId: 'fenghuo', clientSecret: 'a secret of thirty-two characters', groups: 'groups' },
    stop: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** Goes through the provider's own pages as somebody's browser would. Resolves with the address that it sends the browser back to. */
export async function signInAt(address: string, login: string, redirectUri: string): Promise<string> {
  const cookies = new Map<string, string>()
  const send = async (url: string, body?: URLSearchParams): Promise<Response> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: { cookie },
      ...(body && { method: 'POST', body }),
    })
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
      cookies.set(name, value)
    }
    return answer
  }
  let url = address
  let body: URLSearchParams | undefined
  for (let step = 0; step < 20; step++) {
    const answer = await send(url, body)
    body = undefined
    const location = answer.headers.get('location')
    if (location !== null) {
      url = new URL(location, url).href
      if (url.startsWith(redirectUri)) return url
      continue
    }
    const page = await answer.text()
    const action = /<form[^>]* action="([^"]+)"/.exec(page)?.[1]
    if (action === undefined) throw new Error(`the provider shows: ${page.slice(0, 300)}`)
    url = new URL(action, url).href
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1] ?? 'login'
    body = new URLSearchParams(prompt === 'login' ? { prompt, login, password: 'x' } : { prompt })
  }
  throw new Error('the provider leads in a circle')
}
