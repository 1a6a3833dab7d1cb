import { severityTable } from './severity-table.ts'

export type Severity = (typeof severityTable)[number]['name']

/** How bad an alert may be, worst first. */
export const severities: readonly Severity[] = severityTable.map(({ name }) => name)

/** What a check's being slow is. */
export const DEGRADED_SEVERITY: Severity = 'warning'

/** What is different for each severity. */
export function perSeverity<T>(of: (row: (typeof severityTable)[number]) => T): Record<Severity, T> {
  return Object.fromEntries(severityTable.map((row) => [row.name, of(row)])) as Record<Severity, T>
}
