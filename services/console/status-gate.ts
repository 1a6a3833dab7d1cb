import { createHmac } from 'node:crypto'
import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { isSameSecret } from '../../shared/contracts/same-secret.ts'
import type { CompiledStatusPage } from '../../shared/contracts/status-page.ts'
import { isToken } from './access/admission.ts'
import { perMinute } from './access/limit.ts'
import type { ConsoleDeps, Env } from './deps.ts'

/** A browser that has shown a page's token is let in for so long, s. */
const LET_IN_S = 30 * 86_400

/** Whoever shows so many wrong tokens in a minute is guessing. */
const WRONG_A_MINUTE = 20

/**
 * Makes what lets readers in to a page: everybody, or whoever shows its token, in the address or as a bearer. A browser keeps a cookie for
 * it and is led to the address without the token, which would go along with every link that is passed on. Nobody else learns that there is
 * such a page.
 */
export function statusGate({ secret, isSecure, io }: Pick<ConsoleDeps, 'secret' | 'isSecure' | 'io'>) {
  const mayTry = perMinute(WRONG_A_MINUTE, () => io().now())
  return (
    c: Context<Env>,
    slug: string,
    page: CompiledStatusPage | undefined,
  ): Response | 'in' | 'out' | 'too-many' => {
    const token = page?.token
    if (page !== undefined && token === undefined) return 'in'
    const query = c.req.query('token')
    const shown = query ?? /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
    // Where there is no page any token is wrong: by when guessing ends nobody learns which pages there are.
    const isWrong = shown !== undefined && (token === undefined || !isToken(shown, token))
    if (isWrong) return mayTry(c.env?.source ?? '') ? 'out' : 'too-many'
    if (token === undefined) return 'out'
    const name = `${isSecure ? '__Host-' : ''}fenghuo-status-${slug}`
    const proof = createHmac('sha256', secret).update(`status page\n${slug}\n${token}`).digest('base64url')
    if (shown === undefined) return isSameSecret(getCookie(c, name) ?? '', proof) ? 'in' : 'out'
    const isForPeople = query !== undefined && /\btext\/html\b/.test(c.req.header('accept') ?? '')
    if (!isForPeople) return 'in'
    setCookie(c, name, proof, { path: '/', httpOnly: true, sameSite: 'Lax', secure: isSecure, maxAge: LET_IN_S })
    const { pathname, searchParams } = new URL(c.req.url)
    const language = searchParams.get('lang')
    return c.redirect(pathname + (language === null ? '' : `?lang=${encodeURIComponent(language)}`), 303)
  }
}
