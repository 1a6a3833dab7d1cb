/** What the vendor refuses, thrown where it is found and put into words at the edge of each API. */
export class Fault extends Error {
  readonly status: number
  readonly code: string
  /** After how many milliseconds to come again. */
  readonly retryAfterMs: number | undefined

  constructor(status: number, code: string, message: string, retryAfterMs?: number) {
    super(message)
    this.status = status
    this.code = code
    this.retryAfterMs = retryAfterMs
  }
}

/** 400 InvalidArgument, the vendor's word for any field that is wrong. */
export function invalid(message: string): Fault {
  return new Fault(400, 'InvalidArgument', message)
}
