import type { ContactsTable, ReadRow } from '../../clouds/aws/contacts-table.ts'
import { type Everywhere, inEach, type Missed, tryEach } from '../../contracts/in-each.ts'
import type { Directory } from '../../oncall/plan.ts'
import { OverrideRefusal } from './refusal.ts'
import { changeRow, type ProjectRow, readRows } from './rows.ts'

/** A region's people, by which the same is done in each. */
export interface RegionPeople {
  contacts: ContactsTable
}

/** The rows of each region. Rejects with the first region's reason when none can be read. */
export function readEach<P extends RegionPeople>(
  projects: string[],
  regions: P[],
): Promise<Everywhere<P, ProjectRow[]>> {
  return inEach(regions, ({ contacts }) => readRows(projects, contacts))
}

/** What was changed: the rows of the first region that has changed any, and where nothing could be. */
export interface Changed<P> {
  changed: ProjectRow[]
  missed: Missed<P>[]
}

/** How a row is changed: `isFirst` in the region that decides; undefined is no change. */
type Change = (row: ReadRow, isFirst: boolean) => Directory | undefined

/** How a row is as it was before its change, whatever else was changed in it since; undefined: it is so. */
type Undo = (row: ReadRow) => Directory | undefined

/** Takes what was written just now out of rows, as they are by then. */
async function undoIn(changed: ProjectRow[], contacts: ContactsTable, undo: Undo): Promise<void> {
  const projects = changed.map(({ project }) => project)
  for (const row of await readRows(projects, contacts)) await changeRow(row, contacts, undo)
}

/**
 * Changes rows in every region that was read. The first that can be written decides between two who write at once, and the others
 * follow it: what it refuses, by throwing an `OverrideRefusal`, is written nowhere, for rows that were written before it was refused
 * in another are undone. Rejects when no region can be written.
 */
export async function changeEach<P extends RegionPeople>(
  { done, missed }: Everywhere<P, ProjectRow[]>,
  which: (rows: ProjectRow[]) => ProjectRow[],
  change: Change,
  undo: Undo = () => undefined,
): Promise<Changed<P>> {
  const [first, ...others] = done
  const changeIn = async ({ target, result }: typeof first, isFirst: boolean) => {
    const changed: ProjectRow[] = []
    try {
      for (const row of which(result))
        if (await changeRow(row, target.contacts, (read) => change(read, isFirst))) changed.push(row)
    } catch (error) {
      if (error instanceof OverrideRefusal) await undoIn(changed, target.contacts, undo)
      throw error
    }
    return changed
  }
  const decided = await changeIn(first, true).catch((error: unknown) => {
    if (others.length === 0 || error instanceof OverrideRefusal) throw error
    return { error }
  })
  if ('error' in decided) {
    const [second, ...rest] = others
    if (second === undefined) throw decided.error
    const here = { target: first.target, error: decided.error }
    return changeEach({ done: [second, ...rest], missed: [...missed, here] }, which, change, undo)
  }
  const followed = await tryEach(others, (one) => changeIn(one, false))
  const changed = [decided, ...followed.done.map(({ result }) => result)].find((rows) => rows.length > 0) ?? []
  const behind = followed.missed.map(({ target, error }) => ({ target: target.target, error }))
  return { changed, missed: [...missed, ...behind] }
}
