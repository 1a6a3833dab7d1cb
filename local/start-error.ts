import type { Told } from '../shared/contracts/words.ts'

/** A mistake of whoever started the stack, told without a stack trace. */
export class StartError extends Error {
  readonly told: Told

  constructor(told: Told) {
    super(told.en)
    this.told = told
  }
}
