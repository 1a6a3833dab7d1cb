import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { Instant } from '../../../shared/contracts/words.ts'
import { KNOWN_MS, type KnownBrowser } from '../../../shared/engine/sign-in-link.ts'
import type { Env } from '../deps.ts'
import type { CookieJar } from './cookie-jar.ts'
import { sealed, unsealed } from './sealed.ts'

const [COOKIE, USE] = ['known', 'known-browser']

/**
 * Has a browser keep as which contact somebody has signed in there, by whatever way: it may ask for links of its own when the network is new, and
 * also on the night on which the provider is down. It outlives the session, and lets nobody in.
 */
export function keepBrowser(
  c: Context<Env>,
  browser: KnownBrowser,
  { now, secret, jar }: { now: Instant; secret: string; jar: CookieJar },
): void {
  setCookie(c, jar.name(COOKIE), sealed(USE, browser, now + KNOWN_MS, secret), jar.options(KNOWN_MS))
}

/** As which contact somebody has signed in here before, if that is known. */
export function knownBrowser(
  c: Context<Env>,
  { now, secret, jar }: { now: Instant; secret: string; jar: CookieJar },
): KnownBrowser | undefined {
  return unsealed(USE, getCookie(c, jar.name(COOKIE)), now, secret) as KnownBrowser | undefined
}
