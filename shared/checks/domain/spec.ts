/** A `domain` check as a probe carries it. */
export interface DomainSpec {
  /** In ASCII and lower case, without the last dot. */
  name: string
  /** The base of an RDAP server to ask in place of the one that IANA lists. */
  rdap?: string
  /** The registration must go on for so many milliseconds, or the target is degraded, or down. */
  degradedMs?: number
  downMs?: number
}
