import type { ReadRow } from '../../clouds/aws/contacts-table.ts'
import { DAY_MS } from '../../contracts/milliseconds.ts'
import { MAKER_CHARACTERS, NOTE_CHARACTERS } from '../../contracts/override-limits.ts'
import type { Instant } from '../../contracts/words.ts'
import { wallTime } from '../../oncall/clock.ts'
import { broughtIn, overrideSpan } from '../../oncall/override.ts'
import type { Contact, Directory, Override } from '../../oncall/plan.ts'
import { timeMeant } from '../../oncall/time-meant.ts'
import { checkOthers, checkOverride } from './check.ts'
import { type Changed, changeEach, type RegionPeople, readEach } from './everywhere.ts'
import { mayChange } from './may-change.ts'
import { refusal } from './refusal.ts'
import { checkReadable, contactsKnown, isSame, type ProjectRow, type RowRights, rowsFor, zonesOf } from './rows.ts'

/**
 * An override as somebody asks for it: its times as they write them (`Sat 18:00`), by the clock of its schedule. One that was taken away
 * and is put back says who made it at first: `made`.
 */
export type AskedOverride = Override

/** With what overrides are made. */
export interface Making extends RowRights {
  /** Those whose rows are looked at. */
  projects: string[]
  /** Who makes them, for people. */
  by: string
  now: Instant
  newId(): string
  /** By which times are read that no schedule is about. */
  timezone: string
  /** Who may be named beside those whom the rows know. */
  written?: Record<string, Contact>
}

/** Overrides as they are to be written, and the rows that they change. */
export interface Prepared {
  overrides: Override[]
  rows: ProjectRow[]
  known: Record<string, Contact>
}

/** What overrides would be, by the rows that were read, and none is written. Throws an `OverrideRefusal` for what nobody can mean. */
export function prepareOverrides(asked: AskedOverride[], all: ProjectRow[], making: Making): Prepared {
  const { mayAct = () => true } = making
  const rows = [...new Set(asked.flatMap((one) => rowsFor(all, one, making)))]
  checkRows(rows, making)
  const known = contactsKnown(
    all.filter((one) => rows.includes(one) || mayAct(one.project)),
    making.written,
  )
  let after = rows
  const overrides = asked.map((one) => {
    const override = withTimes(one, rowsFor(after, one), making)
    checkOverride(override, rowsFor(after, one), known, making.now)
    after = after.map(({ project, row }) => ({ project, row: changedRow(row, [override], known, making.now) }))
    return override
  })
  for (const { row } of after) checkRoom(row)
  return { overrides, rows, known }
}

/**
 * Makes overrides in every region, all of them in one write of each project's row. Of several regions the first decides between two who
 * write at once. No row is changed where it is so already. Rejects with an `OverrideRefusal` for what nobody can mean or may not do, and
 * with a table's reason when no region answers.
 */
export async function makeOverrides<P extends RegionPeople>(
  asked: AskedOverride[],
  regions: P[],
  making: Making,
): Promise<Changed<P> & Pick<Prepared, 'overrides' | 'known'>> {
  const read = await readEach(making.projects, regions)
  const { overrides, known } = prepareOverrides(asked, read.done[0].result, making)
  const which = (rows: ProjectRow[]) => [...new Set(overrides.flatMap((one) => rowsFor(rows, one)))]
  const change = (row: ReadRow, isFirst: boolean) => {
    if (isFirst) for (const override of overrides) checkOthers(override, row.directory)
    const after = changedRow(row, overrides, known, making.now)
    if (after !== row && isFirst) checkRoom(after)
    return after === row ? undefined : after.directory
  }
  const ids = overrides.map(({ made }) => made?.id)
  const undo = ({ directory }: ReadRow) => withoutMade(directory, ids)
  return { overrides, known, ...(await changeEach(read, which, change, undo)) }
}

/** People without the overrides of these ids; undefined: they have none of them. */
export function withoutMade(directory: Directory, ids: (string | undefined)[]): Directory | undefined {
  const overrides = directory.overrides.filter(({ made }) => made === undefined || !ids.includes(made.id))
  return overrides.length === directory.overrides.length ? undefined : { ...directory, overrides }
}

/** So many stand in a project's row beside those of oncall.yml: each with the longest note, they leave room in the 400 kB of an item. */
export const MOST_MADE = 300

function checkRoom({ directory }: ReadRow): void {
  if (directory.overrides.filter(({ made }) => made !== undefined).length <= MOST_MADE) return
  throw refusal('too-many', { most: MOST_MADE })
}

/** Throws an `OverrideRefusal` unless whoever changes rows may do so in all of them, and all can be read whole. */
export function checkRows(rows: ProjectRow[], { mayAct = () => true }: Pick<Making, 'mayAct'>): void {
  if (
    !mayChange(
      rows.map(({ project }) => project),
      mayAct,
    )
  )
    throw refusal('not-theirs', { what: 'override' })
  for (const row of rows) checkReadable(row)
}

function withTimes(asked: AskedOverride, rows: ProjectRow[], { now, timezone, by, newId }: Making): Override {
  const zone = rows.flatMap(({ row }) => zonesOf(asked, row))[0] ?? timezone
  const from = timeMeant(asked.from, now, zone)
  if (from === undefined) throw refusal('not-a-time', { text: asked.from })
  const to = timeMeant(asked.to, wallTime(from, zone, 'first'), zone)
  if (to === undefined) throw refusal('not-a-time', { text: asked.to })
  if ((asked.note?.length ?? 0) > NOTE_CHARACTERS) throw refusal('too-long', { most: NOTE_CHARACTERS })
  const made = { id: newId(), by: by.slice(0, MAKER_CHARACTERS), at: now }
  return { made, ...asked, from, to }
}

/** Those made so long ago are of no use to anybody. */
const KEPT_MS = 30 * DAY_MS

/** A row with overrides that it has not yet, and whoever they bring in; the same row if it has all. */
export function changedRow(row: ReadRow, overrides: Override[], known: Record<string, Contact>, now: Instant): ReadRow {
  const { directory } = row
  const missing = overrides.filter(
    (one) => isAbout(one, directory) && !directory.overrides.some((other) => isSame(other, one)),
  )
  if (missing.length === 0) return row
  const kept = directory.overrides.filter(
    (other) =>
      other.made === undefined || zonesOf(other, row).some((zone) => overrideSpan(other, zone).end > now - KEPT_MS),
  )
  const joining = missing
    .flatMap(broughtIn)
    .flatMap((name) => (known[name] === undefined ? [] : [[name, known[name]] as const]))
  const contacts = { ...Object.fromEntries(joining), ...directory.contacts }
  const changed: Directory = { ...directory, contacts, overrides: [...kept, ...missing] }
  return { ...row, directory: changed }
}

function isAbout(override: Override, { contacts, schedules }: Directory): boolean {
  return 'away' in override ? Object.hasOwn(contacts, override.away) : Object.hasOwn(schedules, override.schedule)
}
