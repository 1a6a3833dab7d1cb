import { createHmac } from 'node:crypto'
import { isSameSecret } from '../../shared/contracts/same-secret.ts'

/**
 * What a form carries so that only our own page can send it: bound to the browser, which keeps `session`, and to the path that the form
 * goes to.
 */
export function formToken(secret: string, session: string, path: string): string {
  return createHmac('sha256', secret).update(`console form\n${session}\n${path}`).digest('base64url')
}

/** Whether a form's token is the one that its page was given. */
export function isFormToken(token: string, secret: string, session: string, path: string): boolean {
  return session !== '' && isSameSecret(token, formToken(secret, session, path))
}

/**
 * Whether a request that changes something may have come from our own page, by what the browser says of it. Ports are no sites: a page of
 * another port of this host is `same-site`, and its forms bring our cookies. One that says nothing is told by its token alone.
 */
export function isOwnPage(headers: Headers, origin: string): boolean {
  const site = headers.get('sec-fetch-site')
  if (site !== null) return site === 'same-origin'
  const from = headers.get('origin')
  return from === null || from === origin
}
