import type { Identity } from '../network/identity.ts'
import type { Reach } from '../network/reach.ts'
import type { Limits } from '../run/limits.ts'
import type { StatusRange } from './status-range.ts'

/** An `http` check as a probe carries it. `url`, `headers`, `body`, `basic` and `bearer` may hold `${NAME}`. */
export interface HttpSpec extends Omit<Reach, 'sentFrom'>, Identity {
  url: string
  method: string
  /** Names in lower case. */
  headers: Record<string, string>
  basic?: { user: string; password: string } | undefined
  bearer?: string | undefined
  body?: string
  /** How many redirects are followed. One whose own status is expected is the answer, and is not. */
  redirects: number
  /** Redirects may lead further inside a network than the target is. */
  allowPrivateRedirects: boolean
  /** HTTP/2 where the target offers it, never, or else the target is down. */
  http2: 'offered' | 'never' | 'required'
  /** What HTTP forbids and every client understands is a fault. */
  strict: boolean
  /** What must hold, or the target is down. */
  down: HttpConditions & { status: StatusRange[] }
  /** What must hold, or it is degraded. */
  degraded: HttpConditions
}

export interface HttpConditions {
  /** The status is in one of these. */
  status?: StatusRange[]
  /** Name in lower case → text that the header's value holds, or whether there is such a header. */
  headers?: Record<string, string | boolean>
  /** Of the body, decompressed, in bytes. */
  size?: Bounds
  /** Text that the body holds. */
  contains?: string
  /** A regular expression (flag `u`) that the body matches somewhere. */
  matches?: string
  /** JSON path → the value that stands there, or the bounds of a number. */
  json?: Record<string, JsonExpectation>
  limits: Limits
}

export type JsonExpectation = string | number | boolean | null | Bounds

/** Both included. */
export interface Bounds {
  min?: number
  max?: number
}
