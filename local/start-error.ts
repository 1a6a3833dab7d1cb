/** A mistake of whoever started the stack, told without a stack trace. */
export class StartError extends Error {}
