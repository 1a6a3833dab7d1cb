import type { ContactsTable } from '../clouds/aws/contacts-table.ts'
import type { LogEntry } from '../contracts/log-entry.ts'
import type { Instant } from '../contracts/words.ts'
import type { Planning } from '../oncall/plans.ts'
import { recently } from '../store/recently.ts'

/** A directory is as good as new for so long: a storm asks for the same people again and again, and each step asks twice. */
const FRESH_MS = 2_000

/**
 * Makes a reader of projects' directories that keeps what it has read for two seconds. Mistakes in a directory are logged; a read
 * that failed is not kept.
 */
export function readRecently(
  contacts: Pick<ContactsTable, 'read'>,
  now: () => Instant,
  log: (entry: LogEntry) => void,
): Planning['directory'] {
  const read = async (project: string) => {
    const row = await contacts.read(project)
    for (const problem of row?.problems ?? []) log({ level: 'error', event: 'contacts', project, problem: problem.en })
    return row?.directory
  }
  return recently(read, FRESH_MS, now)
}
