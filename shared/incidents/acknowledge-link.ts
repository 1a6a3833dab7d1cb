import { createHmac } from 'node:crypto'
import { isSameSecret } from '../contracts/same-secret.ts'
import type { Instant } from '../contracts/words.ts'

/** What a signed link lets its holder acknowledge. */
export interface AcknowledgeLink {
  /** `project#generation#groupKey`. */
  incident: string
  /** Who it was sent to; absent in a group, where the page asks. */
  contact?: string
  expiresAt: Instant
  /** Whose generation it is; absent where there is one region alone. */
  region?: string
}

/** Where a link's page is, below each address that has it. */
export const ACK_PATH = '/ack'

/** Links are good for a day: longer than any page goes unanswered, shorter than a leaked chat log lives. */
export const LINK_MS = 86_400_000

/** The token of an acknowledge link: its JSON and an HMAC-SHA256 of it, in base64url. */
export function signLink(link: AcknowledgeLink, secret: string): string {
  const { incident, contact = null, expiresAt, region } = link
  const said = [incident, contact, expiresAt, ...(region === undefined ? [] : [region])]
  const payload = Buffer.from(JSON.stringify(said)).toString('base64url')
  return `${payload}.${signature(payload, secret)}`
}

/** Reads a token. `invalid`: not signed by us, or garbled; compared in constant time. */
export function readLink(token: string, secret: string, now: Instant): AcknowledgeLink | 'invalid' | 'expired' {
  const [payload, given, ...rest] = token.split('.')
  if (payload === undefined || given === undefined || rest.length > 0) return 'invalid'
  if (!isSameSecret(given, signature(payload, secret))) return 'invalid'
  const [incident, contact, expiresAt, region] = JSON.parse(Buffer.from(payload, 'base64url').toString()) as [
    string,
    string | null,
    number,
    string?,
  ]
  if (expiresAt <= now) return 'expired'
  return { incident, expiresAt, ...(contact === null ? {} : { contact }), ...(region !== undefined && { region }) }
}

/**
 * The HMAC-SHA256 of a phone number (22 characters of base64url), which stands for it wherever the number itself must not be: in
 * queues, tables and logs.
 */
export function phoneHashOf(phone: string, secret: string): string {
  return createHmac('sha256', secret).update(`person:${phone}`).digest('base64url').slice(0, 22)
}

function signature(payload: string, secret: string): string {
  return createHmac('sha256', secret).update(`acknowledge:${payload}`).digest('base64url')
}
