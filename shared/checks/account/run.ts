import type { CheckKind } from '../kind.ts'
import type { AccountSpec } from './spec.ts'

/** Asks a cloud how an account is; what does so is loaded when such a check runs, for few probes have one. */
export const account: CheckKind<AccountSpec> = {
  kind: 'account',
  async run({ spec }, io, deadline) {
    const { runAccount } = await import('./account.ts')
    return runAccount(spec, io, deadline)
  },
}
