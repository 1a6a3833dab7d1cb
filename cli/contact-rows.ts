import type { ContactsTable, ReadRow } from '../shared/clouds/aws/contacts-table.ts'
import { addressMasks } from '../shared/config/oncall-file.ts'
import type { CompiledConfig } from '../shared/contracts/compiled-config.ts'
import type { Instant, Language } from '../shared/contracts/words.ts'
import { contradiction } from '../shared/oncall/contradiction.ts'
import { type Change, difference } from '../shared/oncall/difference.ts'
import { directoryFor } from '../shared/oncall/directory.ts'
import { type LostOverride, withMade } from '../shared/oncall/made.ts'
import { overrideText } from '../shared/oncall/override.ts'
import type { Directory } from '../shared/oncall/plan.ts'
import {
  keepingPresent,
  type MovedStart,
  movedStarts,
  type ShiftChange,
  shiftChanges,
} from '../shared/oncall/rotation-change.ts'
import { CommandError } from './failure.ts'
import type { CliIo } from './io.ts'
import { applyWords } from './words/apply.ts'

/** One project's row of the contacts table: what it is to be, and what is different now. */
export interface PlannedRow {
  project: string
  directory: Directory
  /** As it was read; absent: there was none. */
  before?: ReadRow
  changes: Change[]
  /** What is broken in the row as it is, or lost with it. */
  remarks: string[]
  shifts: (ShiftChange & { schedule: string })[]
  /** Schedules that keep who is on call by another start than oncall.yml has. */
  starts: MovedStart[]
}

/** What each project's row is to be. With `asWritten` schedules start as oncall.yml says, whoever is in the middle of a shift. */
export async function planRows(
  config: CompiledConfig,
  people: Directory,
  contacts: ContactsTable,
  asWritten: boolean,
  io: Pick<CliIo, 'now' | 'language'>,
): Promise<PlannedRow[]> {
  const now = io.now()
  const rows: PlannedRow[] = []
  for (const { name: project, policy: key } of Object.values(config.projects)) {
    const policy = config.policies[key]
    if (policy === undefined)
      throw new CommandError({
        en: `project ${project}: there is no policy \`${key}\``,
        zh: `项目 ${project}：没有名为 \`${key}\` 的策略`,
      })
    const before = await contacts.read(project)
    const remarks = before?.problems.map((problem) => `! ${problem}`) ?? []
    if (before?.directory.layers) remarks.push(`! ${applyWords[io.language].oldRow}`)
    const { directory: everybody, lost } = withMade(people, before?.directory.overrides ?? [])
    remarks.push(...lost.map((one) => lostText(one, io.language)), ...contradicted(everybody, io.language))
    const written = directoryFor(everybody, policy)
    const present = before && withoutEnded(before.directory, now)
    const directory = asWritten || present === undefined ? written : keepingShifts(present, written, now)
    rows.push({
      project,
      directory,
      ...(before && { before }),
      changes: difference(present, directory, addressMasks),
      remarks,
      shifts: present === undefined ? [] : changedShifts(present, directory, now),
      starts: Object.entries(directory.schedules).flatMap(([name, schedule]) =>
        movedStarts(name, written.schedules[name] ?? schedule, schedule),
      ),
    })
  }
  return rows
}

/** What `override` has made is only taken away where nobody could be called by it. */
function lostText({ override, missing }: LostOverride, language: Language): string {
  return `! ${applyWords[language].lost(overrideText(override), override.made?.by ?? '', missing)}`
}

/** Of two that contradict each other the one made by `override` counts, as the later. */
function contradicted({ overrides, schedules }: Directory, language: Language): string[] {
  const written = overrides.filter(({ made }) => made === undefined)
  return overrides.flatMap((override) => {
    const { made } = override
    const other = made && written.find((each) => contradiction(each, override, schedules))
    if (made === undefined || other === undefined) return []
    const rm = `bin/fenghuo.js override rm ${made.id}`
    return [`! ${applyWords[language].contradicts(overrideText(override), made.by, overrideText(other), rm)}`]
  })
}

/** Whoever was kept to the end of a shift has finished it. */
function withoutEnded(directory: Directory, now: Instant): Directory {
  const schedules = Object.entries(directory.schedules).map(([name, { keep, ...schedule }]) => {
    return [name, keep === undefined || keep.until <= now ? schedule : { ...schedule, keep }] as const
  })
  return { ...directory, schedules: Object.fromEntries(schedules) }
}

/** Nobody is put on call, or relieved, in the middle of a shift because a list has become longer. */
function keepingShifts(before: Directory, after: Directory, now: Instant): Directory {
  const kept = Object.entries(after.schedules).map(([name, schedule]) => {
    return [name, before.schedules[name] === undefined ? schedule : keepingPresent(before, after, name, now)] as const
  })
  return { ...after, schedules: Object.fromEntries(kept) }
}

function changedShifts(before: Directory, after: Directory, now: Instant): PlannedRow['shifts'] {
  return Object.keys(after.schedules).flatMap((name) => {
    if (before.schedules[name] === undefined) return []
    return shiftChanges(before, after, name, now).map((change) => ({ schedule: name, ...change }))
  })
}
