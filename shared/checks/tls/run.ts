import type { CheckKind } from '../kind.ts'
import type { TlsSpec } from './spec.ts'

/** What judges certificates is loaded when such a check runs: a probe starts with what most checks need. */
export const tls: CheckKind<TlsSpec> = {
  kind: 'tls',
  async run({ spec }, io, deadline) {
    const { runTls } = await import('./tls.ts')
    return runTls(spec, io, deadline)
  },
}
