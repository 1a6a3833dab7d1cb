import { createHash } from 'node:crypto'
import { CHANGES_AFTER_MS, CHANGES_BEFORE_MS, type Change } from '../contracts/change.ts'
import type { LogEntry } from '../contracts/log-entry.ts'
import type { Shape } from '../contracts/versions.ts'
import type { Instant } from '../contracts/words.ts'
import { changeKey } from './keys.ts'
import { held, statesIn } from './shape.ts'
import type { Table } from './table.ts'

/** As long as PagerDuty keeps its own (PagerDuty developer documentation, "Change Events"). */
const KEPT_MS = 90 * 86_400_000

/** The newest are told: a pipeline that changes something each minute is not to fill the page. */
const MOST = 20

/** The version, and form, in which changes are kept. */
export const changeShape: Shape<Change> = { current: 1 }

type Io = { checks: Pick<Table, 'name' | 'newest'>; log(entry: LogEntry): void }

/** Keeps changes of a project; one that is sent again is kept once. Rejects if the table does. */
export async function keepChanges(
  project: string,
  changes: Change[],
  { checks }: { checks: Pick<Table, 'put'> },
): Promise<void> {
  const rows = changes.map((change) => ({
    ...changeKey(project, change.at, nameOf(change)),
    ...held(change, changeShape),
    expiresAt: Math.floor((change.at + KEPT_MS) / 1000),
  }))
  if (rows.length > 0) await checks.put(rows)
}

/**
 * What was changed in a project just before something began, the newest first; undefined where that cannot be read, and the log says so:
 * whoever was called is not to wait for what may have been the cause.
 */
export async function changesAround(project: string, openedAt: Instant, io: Io): Promise<Change[] | undefined> {
  return readAround(project, openedAt, io).catch((error: unknown) => {
    io.log({ level: 'error', event: 'changes not read', error: String(error) })
    return undefined
  })
}

async function readAround(project: string, openedAt: Instant, { checks, log }: Io): Promise<Change[]> {
  const from = Math.max(0, openedAt - CHANGES_BEFORE_MS)
  const first = changeKey(project, from, '')
  const { sk: last } = changeKey(project, openedAt + CHANGES_AFTER_MS, '')
  const rows = await checks.newest(first.pk, first.sk, last, MOST)
  return statesIn(rows, changeShape, checks, log).map(({ state }) => state)
}

function nameOf({ summary, source = '' }: Change): string {
  return createHash('sha256').update(`${source}\n${summary}`).digest('base64url').slice(0, 16)
}
