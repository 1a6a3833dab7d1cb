import type { CheckKind } from '../kind.ts'
import type { LexSpec } from './spec.ts'

/** Talks to a bot of Amazon Lex; what does so is loaded when such a check runs. */
export const lex: CheckKind<LexSpec> = {
  kind: 'lex',
  async run({ id, spec }, io, deadline) {
    const { runLex } = await import('./lex.ts')
    return runLex(id, spec, io, deadline)
  },
}
