import { domainToASCII } from 'node:url'

/**
 * A dot-string and a domain of letters, digits and hyphens (RFC 5321, 4.1.2); quoted local parts are left to history. A sender has none of
 * the letters of RFC 6531 before its @: each server on the way to each recipient would have to take them.
 */
const MAILBOX = /^[\w!#$%&'*+/=?^`{|}~.-]+@[a-z\d-]+(\.[a-z\d-]+)*$/i
const HOST = /^[a-z\d-]+(\.[a-z\d-]+)*$/i

/** Who a mail is from, as its header and its envelope need it. */
export interface MailSender {
  /** What readers see beside the address; '' if there is none. */
  name: string
  /** With its domain in ASCII (RFC 5891), as every server takes it. */
  address: string
}

/**
 * Reads `oncall@example.com` or `Fenghuo <oncall@example.com>`. Undefined when there is no address in it: a name alone would go
 * out as an empty MAIL FROM, which servers take for a bounce (RFC 5321, 4.5.5).
 */
export function readSender(text: string): MailSender | undefined {
  const parts = /^(?<name>[^<>]*)<(?<address>[^<>]*)>\s*$/.exec(text)?.groups ?? { name: '', address: text }
  const [local, domain, ...more] = (parts.address ?? '').trim().split('@')
  if (more.length > 0) return undefined
  const address = `${local}@${domainToASCII(domain ?? '')}`
  if (!MAILBOX.test(address)) return undefined
  return { name: (parts.name ?? '').trim().replace(/^"(.*)"$/, '$1'), address }
}

/** A host name in ASCII, by which a server can be greeted; undefined for what is none. */
export function readHost(text: string): string | undefined {
  const host = domainToASCII(text)
  return HOST.test(host) ? host : undefined
}

/** The part of an address behind its @. */
export function domainOf({ address }: MailSender): string {
  return address.slice(address.indexOf('@') + 1)
}
