import type { Reach } from './reach.ts'

/** One of the degrees of how bad an alert is. */
export interface SeverityRow {
  /** As senders and configurations write it. */
  name: string
  /** People are disturbed for it even where only the last resort is left. */
  urgent: boolean
  /** A policy may have it wait for the end of a window (`hold`). */
  holdable: boolean
  zh: string
  en: string
  /** What a policy uses that does not say otherwise. */
  reach: readonly Reach[]
}

/** How bad an alert may be, worst first. The names are those of PagerDuty's common event format. */
export const severityTable = [
  { name: 'critical', urgent: true, holdable: false, zh: '严重', en: 'Critical', reach: ['phone', 'sms', 'chat'] },
  { name: 'error', urgent: true, holdable: true, zh: '错误', en: 'Error', reach: ['sms', 'chat'] },
  { name: 'warning', urgent: false, holdable: true, zh: '警告', en: 'Warning', reach: ['chat'] },
  { name: 'info', urgent: false, holdable: true, zh: '提示', en: 'Info', reach: [] },
] as const satisfies readonly SeverityRow[]
