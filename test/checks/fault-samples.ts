import type { Fact } from '../../shared/contracts/fact.ts'

/** Arguments for each code of an owner's faults: every way to tell it is among them. */
export type FaultSamples<F extends Fact<string, object>> = {
  [Code in F['code']]: Extract<F, { code: Code }>['args'][]
}

/** Somebody else's words and names, which are told as they are. */
export const QUOTED = '‹quoted›'

/** A fault that is an argument of another one. */
export const refused = { code: 'connection-refused', args: {} }
