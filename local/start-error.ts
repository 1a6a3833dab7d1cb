import { BilingualError } from '../shared/contracts/bilingual-error.ts'

/** A mistake of whoever started the stack, told without a stack trace. */
export class StartError extends BilingualError {}
