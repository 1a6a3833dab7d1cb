import type { ContactsTable, ReadRow } from '../../clouds/aws/contacts-table.ts'
import { ownProperty } from '../../contracts/own-property.ts'
import { overrideText } from '../../oncall/override.ts'
import type { Contact, Directory, Override } from '../../oncall/plan.ts'
import { refusal } from './refusal.ts'

/** A project's row as the table has it. */
export interface ProjectRow {
  project: string
  row: ReadRow
}

/** The rows of projects that have been applied. Rejects when the table does. */
export async function readRows(projects: string[], contacts: ContactsTable): Promise<ProjectRow[]> {
  const rows = await Promise.all(projects.map(async (project) => ({ project, row: await contacts.read(project) })))
  return rows.flatMap(({ project, row }) => (row === undefined ? [] : [{ project, row }]))
}

/** What whoever changes rows may do in a project, and see of it. Absent: all. */
export interface RowRights {
  mayAct?(project: string): boolean
  mayLook?(project: string): boolean
}

/**
 * The rows that an override of a schedule, or somebody's leave, changes. Throws an `OverrideRefusal` when there is none, which names those
 * there are in projects that whoever asks may act in. What is only where they may not look is not there.
 */
export function rowsFor(
  rows: ProjectRow[],
  { schedule, away }: { schedule?: string; away?: string },
  { mayAct = () => true, mayLook = mayAct }: RowRights = {},
): ProjectRow[] {
  const found = rows.filter(({ row: { directory } }) =>
    schedule === undefined ? ownProperty(directory.contacts, away ?? '') : ownProperty(directory.schedules, schedule),
  )
  if (found.some(({ project }) => mayLook(project))) return found
  const namesIn = ({ row: { directory } }: ProjectRow) =>
    Object.keys(schedule === undefined ? directory.contacts : directory.schedules)
  if (!rows.some((one) => namesIn(one).length > 0)) throw refusal('nothing-applied', {})
  const known = [...new Set(rows.filter(({ project }) => mayAct(project)).flatMap(namesIn))]
  throw refusal('not-named', {
    what: schedule === undefined ? 'contact' : 'schedule',
    name: schedule ?? away ?? '',
    known,
  })
}

/** Throws an `OverrideRefusal` for a row that cannot be read whole: what this release cannot read it would write no more. */
export function checkReadable({ project, row: { problems } }: ProjectRow): void {
  const [problem] = problems
  if (problem !== undefined) throw refusal('unreadable', { project, problem })
}

/** Everybody whom the rows, or oncall.yml, know. */
export function contactsKnown(rows: ProjectRow[], written: Record<string, Contact> = {}): Record<string, Contact> {
  return Object.assign({}, written, ...rows.map(({ row }) => row.directory.contacts))
}

/** The zones in which an override is read in a row: its schedule's, and for leave those of all. */
export function zonesOf(override: Override, { directory }: Pick<ReadRow, 'directory'>): string[] {
  const schedules = 'away' in override ? Object.values(directory.schedules) : [directory.schedules[override.schedule]]
  return [...new Set(schedules.flatMap((schedule) => schedule?.timezone ?? []))]
}

/** The same override, whoever made it. */
export function isSame(one: Override, other: Override): boolean {
  return overrideText(one) === overrideText(other)
}

/** Somebody else may write at the same moment: what they have written is read, and the change made to it. */
const ATTEMPTS = 5

/**
 * Changes a project's row as `change` says; undefined is no change. Resolves with whether it was written. Rejects with an
 * `OverrideRefusal` when others always come first, or the row cannot be read whole, and with what `change` throws.
 */
export async function changeRow(
  { project, row }: ProjectRow,
  contacts: ContactsTable,
  change: (row: ReadRow) => Directory | undefined,
): Promise<boolean> {
  let known: ReadRow | undefined = row
  for (let attempt = 0; attempt < ATTEMPTS && known !== undefined; attempt++) {
    const directory = change(known)
    if (directory === undefined) return false
    checkReadable({ project, row: known })
    if (await contacts.write(project, directory, known)) return true
    known = await contacts.read(project)
  }
  throw refusal('busy', { project })
}
