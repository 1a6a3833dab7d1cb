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
    const { at, of } = this.#first
    const inMs = at - now
    if (inMs <= 0) return fact('certificate-expired', { agoMs: -inMs })
    return inMs < limitMs
      ? fact('certificate-expires', { inMs, limitMs, ...(of === undefined ? {} : { of }) })
      : undefined
  }
}
