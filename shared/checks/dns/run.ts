import type { CheckKind } from '../kind.ts'
import type { DnsSpec } from './spec.ts'

/** Asks a DNS server; what does so is loaded when such a check runs. */
export const dns: CheckKind<DnsSpec> = {
  kind: 'dns',
  async run({ spec }, io, deadline) {
    const { runDns } = await import('./dns.ts')
    return runDns(spec, io, deadline)
  },
}
