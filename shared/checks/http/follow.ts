import { type Inwardness, inwardness } from '../network/inward.ts'
import { Fault, fact } from '../run/fault.ts'
import type { BodyUse, HttpResponse } from './body.ts'
import { isExpected } from './conditions.ts'
import type { Cookie } from './cookies.ts'
import { firstHop, type Hop, isRedirect } from './hop.ts'
import type { HttpRun } from './http-run.ts'
import { request } from './request.ts'
import type { HttpSpec } from './spec.ts'

/** Goes from redirect to redirect until one response is the answer. Cookies that are set on the way are sent on. */
export async function follow(run: HttpRun): Promise<HttpResponse> {
  const { spec, io } = run
  const useOf = (status: number): BodyUse => (isFollowed(spec, status) ? 'skip' : run.use)
  let hop = firstHop(spec, io.env, run.token)
  let sent = hop
  let jar: Cookie[] = []
  let sentFrom: Inwardness | undefined
  const visited = new Set<string>()
  for (let count = 0; ; count++) {
    visited.add(keyOf(sent))
    const { response, at } = await request(sent, sentFrom, useOf, run)
    if (!isFollowed(spec, response.status)) return response
    const { nextHop, keepCookies } = await import('./redirect.ts')
    const next = nextHop(hop, response)
    if (next === undefined) return response
    const set = response.headers['set-cookie'] ?? []
    if (set.length > 0) jar = keepCookies(jar, hop.url, set, io.now())
    hop = next
    sent = jar.length === 0 ? hop : await withCookies(hop, jar)
    if (count === spec.redirects)
      throw new Fault(
        visited.has(keyOf(sent)) ? fact('redirect-loop') : fact('redirects-over', { max: spec.redirects }),
      )
    if (!spec.allowPrivateRedirects) sentFrom ??= inwardness(at)
  }
}

function isFollowed({ redirects, down }: HttpSpec, status: number): boolean {
  return redirects > 0 && isRedirect(status) && !isExpected(status, down.status)
}

/** A request that was sent before with the same cookies is part of a loop, if the redirects do not end. */
function keyOf({ method, url, headers }: Hop): string {
  return `${method} ${url.href} ${headers.cookie ?? ''}`
}

async function withCookies(hop: Hop, jar: Cookie[]): Promise<Hop> {
  const { cookieHeader } = await import('./redirect.ts')
  const { cookie: configured, ...others } = hop.headers
  const cookie = cookieHeader(jar, hop.url, configured)
  return { ...hop, headers: cookie === undefined ? others : { ...others, cookie } }
}
