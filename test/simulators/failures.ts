/** What the vendor says of its own accord: nothing of the request takes effect. */
export type Refusal =
  /** The vendor's own way of saying "too fast". */
  | { kind: 'rate-limit' }
  /** Any code of the vendor's, in the place where it puts codes. */
  | { kind: 'error'; code: string | number; message?: string }

/** What a vendor says no with: its own code and words. */
export interface VendorFault {
  code: string | number
  message: string
}

/** The code and words of a planned refusal; `tooFast` are the vendor's for a rate limit. */
export function faultOf<Fault extends VendorFault>(failure: Refusal, tooFast: Fault): Fault | VendorFault {
  if (failure.kind === 'rate-limit') return tooFast
  return { code: failure.code, message: failure.message ?? 'planned failure' }
}

/** What happens to the answer. `taken`: the vendor had acted on the request before the answer was spoilt. */
export type Spoilt =
  | { kind: 'http'; status: number; taken?: boolean }
  /** No answer until the simulator closes, or the connection is dropped after `ms`. */
  | { kind: 'timeout'; ms?: number; taken?: boolean }
  /** The connection is destroyed. */
  | { kind: 'reset'; taken?: boolean }
  /** 200 with `body`; by default a page of HTML, as a proxy in between answers. */
  | { kind: 'garbage'; body?: string; taken?: boolean }

/** The right answer, `ms` real milliseconds late. */
export interface Slow {
  kind: 'slow'
  ms: number
}

/**
 * One failure to come; with `operation` it waits for a request of that operation and lets others pass, with `after` it
 * lets that many pass first that it could have failed.
 */
export type Failure = (Refusal | Spoilt | Slow) & { operation?: string; after?: number }

/** The failures to come, first in, first out. */
export interface FailurePlan<F> {
  add(failures: F[]): void
  /** Takes the first failure that fits out of the plan. */
  take(fits: (failure: F) => boolean): F | undefined
  /** How many have not happened yet: a test that planned them all wants 0 at its end. */
  readonly left: number
}

/** An empty plan. */
export function failurePlan<F>(): FailurePlan<F> {
  const waiting: F[] = []
  return {
    add: (failures) => {
      waiting.push(...failures)
    },
    take: (fits) => {
      const at = waiting.findIndex(fits)
      return at < 0 ? undefined : waiting.splice(at, 1)[0]
    },
    get left() {
      return waiting.length
    },
  }
}

/** True for failures that are an answer of the vendor's. */
export function isRefusal(failure: Failure): failure is Refusal & { operation?: string } {
  return failure.kind === 'rate-limit' || failure.kind === 'error'
}
