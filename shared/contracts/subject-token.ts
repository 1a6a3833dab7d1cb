import { createHmac } from 'node:crypto'

/** Of base64url: 192 bits, which nobody guesses. */
const CHARACTERS = 32

/** What only who was told it can know of a subject, such as `calendar:pay/sre`: its HMAC-SHA256 with the deployment's secret. */
export function subjectToken(subject: string, secret: string): string {
  return createHmac('sha256', secret).update(subject).digest('base64url').slice(0, CHARACTERS)
}
