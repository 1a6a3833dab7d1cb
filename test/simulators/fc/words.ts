import { randomBytes } from 'node:crypto'

/** `2026-11-21T00:00:00Z`, of milliseconds since 1970-01-01 UTC. */
export function timestamp(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d{3}/, '')
}

/** In the vendor's form: `1-` and two hexadecimal numbers. */
export function requestId(): string {
  return `1-${randomBytes(4).toString('hex')}-${randomBytes(6).toString('hex')}`
}
