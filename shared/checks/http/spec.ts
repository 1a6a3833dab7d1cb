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
  /** A token is had from here first. All may hold `${NAME}`. */
  oauth2?: OAuth2 | undefined
  body?: string
  /** How many redirects are followed. One whose own status is expected is the answer, and is not. */
  redirects: number
  /** Redirects may lead further inside a network than the target is. */
  allowPrivateRedirects: boolean
  /** HTTP/2 where the target offers it, never, or else the target is down. */
  http2: 'offered' | 'never' | 'required'
  /** What HTTP forbids and browsers understand is a fault. */
  strict: boolean
  /** Certificates are not verified. */
  insecure: boolean
  /** What must hold, or the target is down. */
  down: HttpConditions & { status: StatusRange[] }
  /** What must hold, or it is degraded. */
  degraded: HttpConditions
}

/** How a token is had: RFC 6749, section 4.4. */
export interface OAuth2 {
  tokenUrl: string
  clientId: string
  clientSecret: string
  scope?: string | undefined
  audience?: string | undefined
  /** Where the id and the secret stand in the request (section 2.3.1). */
  credentialsIn: 'header' | 'body'
}

export interface HttpConditions {
  /** The status is in one of these. */
  status?: StatusRange[]
  /** Name in lower case → text that the header's value holds, texts of which it holds one, or whether there is such a header. */
  headers?: Record<string, string | string[] | boolean>
  /** Of the body, decompressed, in bytes. */
  size?: Bounds
  /** Text that the body holds. */
  contains?: string
  /** Texts that the body holds none of. */
  without?: string[]
  /** A regular expression (flag `u`) that the body matches somewhere. */
  matches?: string
  /** A regular expression (flags `um`) → the bounds of the number that its first group finds in the body, or it itself. */
  numbers?: Record<string, Bounds>
  /** JSON path → what must stand there. */
  json?: Record<string, JsonExpectation>
  /** Every certificate that was shown goes on holding for so many milliseconds. */
  certificateMs?: number
  limits: Limits
}

type JsonScalar = string | number | boolean | null

/** A value, one of several, the bounds of a number or of a length, or whether there is anything. */
export type JsonExpectation = JsonScalar | JsonScalar[] | Bounds | { len: Bounds } | { exists: boolean }

/** Both included. */
export interface Bounds {
  min?: number
  max?: number
}
