/** How long a client waits for a service, and how often it asks. */
export interface Patience {
  /** To be connected, ms. */
  connectMs: number
  /** For the whole of one answer, ms. */
  tryMs: number
  /** Requests in all. */
  tries: number
}

/**
 * DynamoDB and SQS answer within milliseconds: a request that hangs is lost, and the next one gets through. Between tries there is less
 * than a second of pause, so that all of them together end within 7 s.
 */
export const PATIENCE: Patience = { connectMs: 1_000, tryMs: 2_000, tries: 3 }

/** Somebody is on the phone, and the flow waits 8 s in all: 3 s for a request. */
export const LITTLE_PATIENCE: Patience = { connectMs: 500, tryMs: 800, tries: 3 }
