import type { Remaining } from '../run/remaining.ts'

/** A `domain` check as a probe carries it. */
export interface DomainSpec extends Remaining {
  /** In ASCII and lower case, without the last dot. */
  name: string
  /** The base of an RDAP server to ask in place of the one that IANA lists. */
  rdap?: string
}
