import { createHmac } from 'node:crypto'
import { isSameSecret } from '../contracts/same-secret.ts'
import type { Instant } from '../contracts/words.ts'

/** Whom somebody has said to be on the page of a group's link; their browser keeps it. */
export interface LinkChoice {
  /** Contacts are named within a project, and a group belongs to one. */
  project: string
  contact: string
  expiresAt: Instant
}

/** A browser is asked again after a month without having taken anything. */
export const CHOICE_MS = 30 * 86_400_000

/** A choice as a cookie carries it, with an HMAC-SHA256 of it; no character that a cookie can't hold (RFC 6265, section 4.1.1). */
export function signChoice({ project, contact, expiresAt }: LinkChoice, secret: string): string {
  const payload = Buffer.from(JSON.stringify([project, contact, expiresAt])).toString('base64url')
  return `${payload}.${signature(payload, secret)}`
}

/** Reads what a cookie carries; undefined: not signed by us, garbled, or too old. Compared in constant time. */
export function readChoice(signed: string, secret: string, now: Instant): LinkChoice | undefined {
  const [payload = '', given = ''] = signed.split('.')
  if (!isSameSecret(given, signature(payload, secret))) return undefined
  const [project, contact, expiresAt] = JSON.parse(Buffer.from(payload, 'base64url').toString()) as [
    string,
    string,
    number,
  ]
  return expiresAt <= now ? undefined : { project, contact, expiresAt }
}

function signature(payload: string, secret: string): string {
  return createHmac('sha256', secret).update(`choice:${payload}`).digest('base64url')
}
