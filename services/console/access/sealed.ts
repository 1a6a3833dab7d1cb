import { createHmac } from 'node:crypto'
import { jsonIn } from '../../../shared/contracts/json-in.ts'
import { isSameSecret } from '../../../shared/contracts/same-secret.ts'
import type { Instant } from '../../../shared/contracts/words.ts'

/** What is kept in a browser, signed for one use, until a time. It can be read there: nothing secret belongs into it. */
export function sealed(use: string, value: object, until: Instant, secret: string): string {
  const text = Buffer.from(JSON.stringify({ value, until })).toString('base64url')
  return `${text}.${signature(use, text, secret)}`
}

/** What was sealed for this use; undefined if it was not, or if its time is over. */
export function unsealed(use: string, kept: string | undefined, now: Instant, secret: string): unknown {
  const [text = '', signed = ''] = (kept ?? '').split('.')
  if (!isSameSecret(signed, signature(use, text, secret))) return undefined
  const { value, until } = Object(jsonIn(Buffer.from(text, 'base64url').toString()))
  return typeof until === 'number' && until > now ? value : undefined
}

function signature(use: string, text: string, secret: string): string {
  return createHmac('sha256', secret).update(`console ${use}\n${text}`).digest('base64url')
}
