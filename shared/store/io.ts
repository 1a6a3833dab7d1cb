import type { LogEntry } from '../contracts/log-entry.ts'
import type { Instant } from '../contracts/words.ts'
import type { Table } from './table.ts'

/** What everything gets that keeps something: the tables, the time, and a log. */
export interface StoreIo {
  /** Incidents, timelines, phone lines, contacts of calls. */
  incidents: Table
  /** Vantage states and verdicts. */
  checks: Table
  now(): Instant
  /** One line of structured log. Nothing secret, no phone number. */
  log(entry: LogEntry): void
}
