import { isIP } from 'node:net'
import { privateHost } from '../../checks/network/private-host.ts'

/**
 * The address of a webhook as a stranger wrote it, in its one form; undefined: nothing is posted there. It has to be HTTPS at its usual port
 * by a public name: no login, no fragment, and no address in any of the forms of one, behind which no certificate stands as a rule. What the
 * name means is looked at whenever something is posted.
 */
export function strangersUrl(written: string): string | undefined {
  const url = URL.parse(written)
  if (url?.protocol !== 'https:' || url.port !== '') return undefined
  if (url.username !== '' || url.password !== '' || url.hash !== '') return undefined
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) || privateHost(host) !== undefined) return undefined
  return url.href
}
