import type { Fact } from '../shared/contracts/fact.ts'

/** A fault whose words are these, in any language. */
export function says(said: string): Fact {
  return { code: 'node-says', args: { said } }
}
