/** A function's environment variables. */
export type Env = Record<string, string | undefined>

/** What Lambda hands to a handler beside the event. */
export interface LambdaContext {
  awsRequestId: string
  functionName?: string
  /** Milliseconds until Lambda ends the invocation. */
  getRemainingTimeInMillis(): number
}

/** A function as Lambda calls it. A rejection counts in the function's error metric. */
export type Handler = (event: unknown, context: LambdaContext) => Promise<unknown>
