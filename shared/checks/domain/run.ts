import type { CheckKind } from '../kind.ts'
import type { DomainSpec } from './spec.ts'

/** Few probes have such a check: what asks registries is loaded when one runs. */
export const domain: CheckKind<DomainSpec> = {
  kind: 'domain',
  async run({ spec }, io, deadline) {
    const { runDomain } = await import('./domain.ts')
    return runDomain(spec, io, deadline)
  },
}
