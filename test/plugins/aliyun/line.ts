import type { VendorRequest } from '../../simulators/server.ts'

/** A line to a vendor that can be cut: what comes after is reset, as if the machine that called were gone. */
export interface Line {
  /** Lets so many more requests pass that change something, and cuts then: what is only read between two changes nothing. */
  cutAfter(changes: number): void
  /** Whether this request still passes. */
  reaches(request: Pick<VendorRequest, 'method'>): boolean
}

export function line(): Line {
  let left = Number.POSITIVE_INFINITY
  return {
    cutAfter: (changes) => {
      left = changes
    },
    reaches: ({ method }) => {
      if (left <= 0) return false
      if (method !== 'GET') left--
      return true
    },
  }
}
