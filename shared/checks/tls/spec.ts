import type { Saying } from '../network/answer.ts'
import type { Identity } from '../network/identity.ts'
import type { Reach } from '../network/reach.ts'
import type { Remaining } from '../run/remaining.ts'
import type { StartTls } from './starttls/protocols.ts'

/** A `tls` check as a probe carries it. `target` and `send` may hold `${NAME}`. */
export interface TlsSpec extends Reach, Identity, Saying, Remaining {
  /** `host:port`. */
  target: string
  /** The name that is asked for and that the certificate must hold for. Absent: the target's host. */
  serverName?: string
  /** The connection begins in the clear, and this protocol asks for TLS. */
  starttls?: StartTls
  /** Certificates are not verified; how long they hold is told all the same. */
  insecure: boolean
  /** The oldest protocol that will do. */
  minVersion: '1.2' | '1.3'
}
