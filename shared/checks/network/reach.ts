import type { Inwardness } from './inward.ts'

/** By which way a check gets to its target. */
export interface Reach {
  /** Only addresses of this version of IP. Absent: IPv4 if the name has any, else IPv6. */
  ipVersion?: 4 | 6 | undefined
  /** A DNS server (`10.0.0.2`, `10.0.0.2:53`, `[fd00::2]:53`, `dns.example.com`) to ask in place of the system's. May hold `${NAME}`. */
  resolver?: string | undefined
  /** Connected to in place of what the name of the target resolves to. May hold `${NAME}`. */
  address?: string | undefined
  /** Lets the check reach a cloud's metadata service. */
  allowMetadata: boolean
  /** What the target is that sent the check here by a redirect: it may not send it further inside. Absent: it may go anywhere. */
  sentFrom?: Inwardness | undefined
}
