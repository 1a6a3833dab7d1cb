import type { Instant, Severity } from '../contracts/words.ts'

/** When an incident that nobody takes gets the next worse severity, by its policy. */
export interface Raise {
  at: Instant
  /** It counts while the incident is escalated as this. */
  from: Severity
  afterMs: number
}

/** What has raised an incident: it is no less bad than `severity` until it is over. */
export interface Raised extends Omit<Raise, 'at'> {
  severity: Severity
}
