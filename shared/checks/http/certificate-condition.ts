import type { TLSSocket } from 'node:tls'
import type { Instant } from '../../contracts/words.ts'
import { fact } from '../run/fault.ts'
import { chainOf, type Expiry, firstExpiry } from '../tls/certificate-expiry.ts'
import type { HttpFault } from './faults.ts'
import type { HttpConditions } from './spec.ts'

/** The certificates that a run was shown, redirects included. */
export class ShownCertificates {
  #first: Expiry | undefined

  see(socket: TLSSocket, now: Instant): void {
    const expiry = firstExpiry(chainOf(socket), now)
    if (this.#first === undefined || expiry.at < this.#first.at) this.#first = expiry
  }

  /** What the first to expire lacks of what is expected; undefined if nothing. */
  shortcoming({ certificateMs: limitMs }: HttpConditions, now: Instant): HttpFault | undefined {
    if (limitMs === undefined) return undefined
    if (this.#first === undefined) return fact('no-certificate')
    return this.#first.at - now < limitMs ? this.remaining(now, { limitMs }) : undefined
  }

  /** Until when the first to expire holds; undefined if none was shown. */
  remaining(now: Instant, limit: { limitMs?: number } = {}): HttpFault | undefined {
    if (this.#first === undefined) return undefined
    const { at, of } = this.#first
    if (at <= now) return fact('certificate-expired', { agoMs: now - at })
    return fact('certificate-expires', { inMs: at - now, ...limit, ...(of === undefined ? {} : { of }) })
  }
}
