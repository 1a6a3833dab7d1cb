import type { ContactsTable } from '../shared/clouds/aws/contacts-table.ts'
import { addressMasks } from '../shared/config/oncall-file.ts'
import type { CompiledConfig } from '../shared/contracts/compiled-config.ts'
import type { Instant } from '../shared/contracts/words.ts'
import { type Change, difference } from '../shared/oncall/difference.ts'
import { directoryFor } from '../shared/oncall/directory.ts'
import type { Directory } from '../shared/oncall/plan.ts'
import { keepingPresent, type ShiftChange, shiftChanges } from '../shared/oncall/rotation-change.ts'
import { CommandError } from './failure.ts'

/** One project's row of the contacts table: what it is to be, and what is different now. */
export interface PlannedRow {
  project: string
  directory: Directory
  changes: Change[]
  /** What is broken in the row as it is, or lost with it. */
  remarks: string[]
  shifts: (ShiftChange & { schedule: string })[]
  /** Schedules that keep who is on call by another start than oncall.yml has. */
  starts: Map<string, string>
}

/** What each project's row is to be. With `asWritten` schedules start as oncall.yml says, whoever is in the middle of a shift. */
export async function planRows(
  config: CompiledConfig,
  people: Directory,
  contacts: ContactsTable,
  asWritten: boolean,
  now: Instant,
): Promise<PlannedRow[]> {
  const rows: PlannedRow[] = []
  for (const { name: project, policy: key } of Object.values(config.projects)) {
    const policy = config.policies[key]
    if (policy === undefined) throw new CommandError(`project ${project}: there is no policy \`${key}\``)
    const before = await contacts.read(project)
    const remarks = before?.problems.map((problem) => `! ${problem}`) ?? []
    if (before?.directory.layers) remarks.push('! a row with one number per layer: it is replaced')
    const written = directoryFor(people, policy)
    const directory = asWritten || before === undefined ? written : keepingShifts(before.directory, written, now)
    rows.push({
      project,
      directory,
      changes: difference(before?.directory, directory, addressMasks),
      remarks,
      shifts: before === undefined ? [] : changedShifts(before.directory, directory, now),
      starts: movedStarts(written, directory),
    })
  }
  return rows
}

/** Nobody is put on call, or relieved, in the middle of a shift because a list has become longer. */
function keepingShifts(before: Directory, after: Directory, now: Instant): Directory {
  const kept = Object.entries(after.schedules).map(([name, schedule]) => {
    const old = before.schedules[name]
    return [name, old === undefined ? schedule : keepingPresent(old, schedule, now)] as const
  })
  return { ...after, schedules: Object.fromEntries(kept) }
}

function movedStarts(written: Directory, applied: Directory): Map<string, string> {
  const starts = Object.entries(applied.schedules).map(([name, { start }]) => [name, start] as const)
  return new Map(starts.filter(([name, start]) => written.schedules[name]?.start !== start))
}

function changedShifts(before: Directory, after: Directory, now: Instant): PlannedRow['shifts'] {
  return Object.entries(after.schedules).flatMap(([name, schedule]) => {
    const old = before.schedules[name]
    if (old === undefined) return []
    const of = ({ overrides }: Directory) => overrides.filter((override) => override.schedule === name)
    const sides = [
      { schedule: old, overrides: of(before) },
      { schedule, overrides: of(after) },
    ] as const
    return shiftChanges(...sides, now).map((change) => ({ schedule: name, ...change }))
  })
}
