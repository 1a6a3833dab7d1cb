import type { ContactsTable, ReadRow } from '../shared/clouds/aws/contacts-table.ts'
import { addressMasks } from '../shared/config/oncall-file.ts'
import type { CompiledConfig, CompiledPolicy } from '../shared/contracts/compiled-config.ts'
import type { Instant, Language } from '../shared/contracts/words.ts'
import { contradiction } from '../shared/oncall/contradiction.ts'
import { type Change, difference } from '../shared/oncall/difference.ts'
import { directoryFor } from '../shared/oncall/directory.ts'
import { type LostOverride, withMade } from '../shared/oncall/made.ts'
import { overrideText } from '../shared/oncall/override.ts'
import { policiesOf } from '../shared/oncall/owner.ts'
import type { Directory, Override } from '../shared/oncall/plan.ts'
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

/** The rows of all projects in one region, by project. */
export type Rows = Map<string, ReadRow | undefined>

/** Reads them. */
export async function readAll({ projects }: CompiledConfig, contacts: ContactsTable): Promise<Rows> {
  const names = Object.values(projects).map(({ name }) => name)
  return new Map(await Promise.all(names.map(async (name) => [name, await contacts.read(name)] as const)))
}

/**
 * What several regions' rows stand for together: those of the first, and what `override` has made in any: one of them was perhaps not
 * reached when that was made.
 */
export function together([first, ...others]: [Rows, ...Rows[]]): Rows {
  const merged: Rows = new Map()
  for (const [project, row] of first) {
    const rows = others.flatMap((region) => region.get(project) ?? [])
    const base = row ?? rows[0]
    if (base === undefined) continue
    const overrides = [...base.directory.overrides]
    for (const override of rows.flatMap(({ directory }) => directory.overrides)) {
      const id = override.made?.id
      if (id !== undefined && !overrides.some(({ made }) => made?.id === id)) overrides.push(override)
    }
    merged.set(project, { ...base, directory: { ...base.directory, overrides } })
  }
  return merged
}

/**
 * What each project's row is to be in a region that has these `rows`: the same in all, by what stands in them `together`. With
 * `asWritten` schedules start as oncall.yml says, whoever is in the middle of a shift.
 */
export function planRows(
  config: CompiledConfig,
  people: Directory,
  { rows: present, together }: { rows: Rows; together: Rows },
  asWritten: boolean,
  io: Pick<CliIo, 'now' | 'language'>,
): PlannedRow[] {
  const now = io.now()
  const rows: PlannedRow[] = []
  const elsewhere = [...together.values()].flatMap((row) => row?.directory ?? [])
  for (const { name: project, policy: key, handOver = [] } of Object.values(config.projects)) {
    const policies = policiesOf({ policy: key, handOver }, config)
    if (!policies.has(key))
      throw new CommandError({
        en: `project ${project}: there is no policy \`${key}\``,
        zh: `项目 ${project}：没有名为 \`${key}\` 的策略`,
      })
    const before = present.get(project)
    const base = together.get(project)
    const remarks = before?.problems.map((problem) => `! ${problem}`) ?? []
    if (before?.directory.layers) remarks.push(`! ${applyWords[io.language].oldRow}`)
    const { directory, written, lost } = directoryToBe(
      people,
      [...policies.values()],
      { ...(base && { base: base.directory }), elsewhere },
      asWritten,
      now,
    )
    remarks.push(...lost.map((one) => lostText(one, io.language)), ...contradicted(written, io.language))
    const was = before && withoutEnded(before.directory, now)
    rows.push({
      project,
      directory,
      ...(before && { before }),
      changes: difference(was, directory, addressMasks, io.language),
      remarks,
      shifts: was === undefined ? [] : changedShifts(was, directory, now),
      starts: Object.entries(directory.schedules).flatMap(([name, schedule]) =>
        movedStarts(name, written.schedules[name] ?? schedule, schedule),
      ),
    })
  }
  return rows
}

/**
 * What a project's row is to hold by oncall.yml, its policies, what its row holds now (`base`) and what those of other projects do: whoever
 * is on call there finishes the shift, unless it is taken `asWritten`, and what `override` has made stays, but for what is `lost`.
 * `written` is the same without anybody kept.
 */
export function directoryToBe(
  people: Directory,
  policies: CompiledPolicy[],
  { base, elsewhere }: { base?: Directory; elsewhere: Directory[] },
  asWritten: boolean,
  now: Instant,
): { directory: Directory; written: Directory; lost: LostOverride[] } {
  const own = base?.overrides ?? []
  const made = eachOnce([...own, ...elsewhere.flatMap(({ overrides }) => overrides)])
  const { directory: everybody, lost } = withMade(people, made)
  const serving = [...(base ? [base] : []), ...elsewhere].map((one) => withoutEnded(one, now))
  // Whoever is kept to the end of a shift may be in no list any more: their contact, and their leave, belong to the row as long.
  const kept = asWritten ? everybody : keepingShifts(serving, everybody, now)
  return {
    directory: directoryFor(kept, policies),
    written: directoryFor(everybody, policies),
    lost: lost.filter(({ override }) => own.includes(override)),
  }
}

/** What `override` has made stands in the row of each project that it changes. */
function eachOnce(overrides: Override[]): Override[] {
  return overrides.filter(({ made }, index) => overrides.findIndex((one) => one.made?.id === made?.id) === index)
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

/**
 * Nobody is put on call, or relieved, in the middle of a shift because a list has become longer: as the first of `known` has the schedule,
 * which is the project's own row, or another project's where it is new to this one.
 */
function keepingShifts(known: Directory[], after: Directory, now: Instant): Directory {
  const kept = Object.entries(after.schedules).map(([name, schedule]) => {
    const before = known.find(({ schedules }) => schedules[name] !== undefined)
    return [name, before === undefined ? schedule : keepingPresent(before, after, name, now)] as const
  })
  return { ...after, schedules: Object.fromEntries(kept) }
}

function changedShifts(before: Directory, after: Directory, now: Instant): PlannedRow['shifts'] {
  return Object.keys(after.schedules).flatMap((name) => {
    if (before.schedules[name] === undefined) return []
    return shiftChanges(before, after, name, now).map((change) => ({ schedule: name, ...change }))
  })
}
