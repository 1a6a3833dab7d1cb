import type { Identity } from '../network/identity.ts'
import type { Reach } from '../network/reach.ts'
import type { Limits } from '../run/limits.ts'

/** A `grpc` check as a probe carries it. `target`, `service` and `metadata` may hold `${NAME}`. */
export interface GrpcSpec extends Reach, Identity {
  /** `host:port`. */
  target: string
  /** Whose health is asked for; empty: the server's. */
  service: string
  /** Names in lower case. */
  metadata: Record<string, string>
  /** HTTP/2 in the clear. */
  plaintext: boolean
  /** The name that is asked for and that the certificate must hold for. Absent: the target's host. */
  serverName?: string | undefined
  /** Certificates are not verified. */
  insecure: boolean
  down: Limits
  degraded: Limits
}
