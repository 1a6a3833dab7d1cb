import type { FactOf } from './fact.ts'
import type { Severity } from './severities.ts'

/** What was odd about an alert and has been put right, or left out, so that the page is not lost. */
export type AlertNote = FactOf<{
  'severity-unknown': { given: string; taken: Severity }
  'severity-missing': { taken: Severity }
  'source-missing': { taken: string }
  'summary-cut': { characters: number }
  'summary-missing': Record<never, never>
  'time-unreadable': { given: string }
  'time-ahead': { given: string }
  'key-shortened': { characters: number }
  'links-dropped': { count: number }
  'details-dropped': { bytes: number; limit: number }
  'alerts-truncated': { count: number }
  'alerts-unreadable': { count: number; first: string }
  /** By their names. */
  'fields-unreadable': { fields: string[] }
  'sender-test': Record<never, never>
}>

/** So many of one alert are kept. */
export const MOST_NOTES = 20
