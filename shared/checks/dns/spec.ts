import type { Reach } from '../network/reach.ts'
import type { Limits } from '../run/limits.ts'
import type { RecordType, ResponseCode } from './codes.ts'

/** A `dns` check as a probe carries it. `name`, `server` and the values may hold `${NAME}`. */
export interface DnsSpec extends Pick<Reach, 'allowMetadata'> {
  name: string
  type: RecordType
  /** `address` or `address:port`. Absent: the system's servers. */
  server?: string
  code: ResponseCode
  /** The answer has these values and no other. */
  expect?: string[]
  /** Each value of the answer is one of these. */
  among?: string[]
  down: Limits
  degraded: Limits
}
