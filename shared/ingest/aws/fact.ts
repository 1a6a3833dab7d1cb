import { tidy } from '../../checks/run/tidy.ts'
import type { AwsFact } from '../../contracts/aws-change.ts'
import type { Fact } from '../../contracts/fact.ts'
import { FACT_CHARACTERS } from '../../contracts/fact-limit.ts'
import { lineOf } from '../text.ts'
import { shownOf, type ThingChange } from './things.ts'

/** So much of AWS's own words, and of a name, is told. */
const SAID_CHARACTERS = 1_000
const NAME_CHARACTERS = 160

/** What is told of a change, once it is known who reads it; `earlier`: what earlier events add to it. */
export function factOf(change: ThingChange, earlier: Partial<AwsFact['args']>): Fact {
  const { thing, state, ranMs } = change
  const [id, name, said] = [shownOf(change), lineOf(change.name, NAME_CHARACTERS), lineOf(change.why, SAID_CHARACTERS)]
  const fact: AwsFact = {
    code: 'aws-change',
    args: {
      thing,
      id: lineOf(id, NAME_CHARACTERS),
      ...(name && { name }),
      state: lineOf(state, NAME_CHARACTERS),
      ...(said && { said }),
      ...(ranMs !== undefined && { ranMs }),
      ...earlier,
    },
  }
  return JSON.stringify(fact).length <= FACT_CHARACTERS ? fact : tidy(fact)
}
