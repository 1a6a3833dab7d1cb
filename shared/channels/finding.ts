/** `skipped`: nothing can tell from here, or there is nothing to look at. */
export type Status = 'ok' | 'warning' | 'fault' | 'skipped'

/** What was found, in a sentence, and what to do about it where that is anything. */
export interface Found {
  status: Status
  /** In place of the examination's own. */
  subject?: string
  detail: string
  remedy?: string
}

/** One look at one thing. What it rejects with is a fault of that thing. */
export interface Examination {
  subject: string
  look(signal: AbortSignal): Promise<Found | Found[]>
}

/** What is as it should be. */
export function ok(detail: string): Found {
  return { status: 'ok', detail }
}

/** What works, and may not for long; `remedy`: what to do. */
export function warning(detail: string, remedy: string): Found {
  return { status: 'warning', detail, remedy }
}

/** What does not work; `remedy`: what to do. */
export function fault(detail: string, remedy: string): Found {
  return { status: 'fault', detail, remedy }
}

/** What was not examined, and why; `remedy`: what would let it be. */
export function skipped(detail: string, remedy?: string): Found {
  return { status: 'skipped', detail, ...(remedy === undefined ? {} : { remedy }) }
}

/** Stops an examination with what is already known to be wrong. */
export class FoundError extends Error {
  readonly found: Found
  constructor(found: Found) {
    super(found.detail)
    this.found = found
  }
}
