import type { Status } from '../../shared/channels/finding.ts'
import { several, table, wrap } from '../table.ts'
import type { Finding } from './finding.ts'

/** Lines are broken for a terminal of this width unless it says another. */
const COLUMNS = 120
const REMEDY = '         → '

const marks: Record<Status, string> = { ok: 'ok', warning: 'warning', fault: 'FAULT', skipped: 'skipped' }

/** A line for each finding, and its remedy below it. */
export function findingTable(findings: Finding[], columns = COLUMNS): string {
  const rows = findings.map(({ area, subject, status, detail }) => [marks[status], area, subject, detail])
  const [head = '', ...lines] = table(['STATUS', 'AREA', 'WHAT', 'FOUND'], rows, 200).split('\n')
  const told = lines.flatMap((line, index) => {
    const { remedy } = findings[index] ?? {}
    if (remedy === undefined) return [line]
    const [first = '', ...rest] = remedy.split('\n').flatMap((part) => wrap(part, columns - REMEDY.length))
    return [line, REMEDY + first, ...rest.map((part) => ' '.repeat(REMEDY.length) + part)]
  })
  return [head, ...told].join('\n')
}

/** `22 ok, 1 warning, no fault`. */
export function countsText(counts: Record<Status, number>): string {
  const skipped = counts.skipped === 0 ? [] : [`${counts.skipped} skipped`]
  const faults = counts.fault === 0 ? 'no fault' : several(counts.fault, 'fault')
  return [`${counts.ok} ok`, ...skipped, several(counts.warning, 'warning'), faults].join(', ')
}

export function countOf(findings: Finding[]): Record<Status, number> {
  const counts = { ok: 0, warning: 0, fault: 0, skipped: 0 }
  for (const { status } of findings) counts[status]++
  return counts
}
