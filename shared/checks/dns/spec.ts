import type { Reach } from '../network/reach.ts'
import type { Limits } from '../run/limits.ts'
import type { RecordType, ResponseCode } from './codes.ts'

/** A `dns` check as a probe carries it. `name`, `server` and the values may hold `${NAME}`. */
export interface DnsSpec extends Pick<Reach, 'allowMetadata'> {
  name: string
  type: RecordType
  /** `address` or `name`, with `:port` if that is not 53. Absent: the system's servers. */
  server?: string
  code: ResponseCode
  /** The answer has these values and no other. */
  expect?: string[]
  /** Each value of the answer is one of these. */
  among?: string[]
  /** The answer has each of these, and may have others. Of TXT and CAA records a part is enough. */
  contains?: string[]
  /** The answer has at least one of these. Of TXT and CAA records a part is enough. */
  oneOf?: string[]
  down: Limits
  degraded: Limits
}
