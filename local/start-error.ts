import { ToldError } from '../shared/contracts/told-error.ts'

/** A mistake of whoever started the stack, told without a stack trace. */
export class StartError extends ToldError {}
