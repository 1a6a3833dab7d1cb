import type { Identity } from '../network/identity.ts'
import type { Reach } from '../network/reach.ts'
import type { Limits } from '../run/limits.ts'

/** A `websocket` check as a probe carries it. `url`, `headers`, `bearer`, `protocol` and `send` may hold `${NAME}`. */
export interface WebSocketSpec extends Reach, Identity {
  url: string
  /** Names in lower case. */
  headers: Record<string, string>
  bearer?: string | undefined
  /** The subprotocol that is asked for, and must be agreed on. */
  protocol?: string | undefined
  /** Sent as one text message. */
  send?: string | undefined
  /** Text that one of the target's messages holds. */
  expect?: string | undefined
  /** Certificates are not verified. */
  insecure: boolean
  down: Limits
  degraded: Limits
}
