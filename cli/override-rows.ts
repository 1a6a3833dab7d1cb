import type { ContactsTable, ReadRow } from '../shared/clouds/aws/contacts-table.ts'
import { contradictions, noTurns } from '../shared/config/read-overrides.ts'
import { notNamed } from '../shared/config/reader.ts'
import { ownProperty } from '../shared/contracts/own-property.ts'
import type { Instant } from '../shared/contracts/words.ts'
import { contradiction } from '../shared/oncall/contradiction.ts'
import { namedIn, overrideSpan, overrideText } from '../shared/oncall/override.ts'
import type { Contact, Override } from '../shared/oncall/plan.ts'
import { withoutTurns } from '../shared/oncall/turns.ts'
import { CommandError } from './failure.ts'

/** A project's row as the table has it. */
export interface ProjectRow {
  project: string
  row: ReadRow
}

/** The rows of projects that have been applied. */
export async function readRows(projects: string[], contacts: ContactsTable): Promise<ProjectRow[]> {
  const rows = await Promise.all(projects.map(async (project) => ({ project, row: await contacts.read(project) })))
  return rows.flatMap(({ project, row }) => (row === undefined ? [] : [{ project, row }]))
}

/** The rows that an override of a schedule, or somebody's leave, changes. Throws a `CommandError` when there is none. */
export function rowsFor(rows: ProjectRow[], { schedule, away }: { schedule?: string; away?: string }): ProjectRow[] {
  const found = rows.filter(({ row: { directory } }) =>
    schedule === undefined ? ownProperty(directory.contacts, away ?? '') : ownProperty(directory.schedules, schedule),
  )
  if (found.length > 0) return found
  const known = [
    ...new Set(
      rows.flatMap(({ row }) => Object.keys(schedule === undefined ? row.directory.contacts : row.directory.schedules)),
    ),
  ]
  if (known.length === 0)
    throw new CommandError({
      en: 'nothing has been applied yet: run bin/fenghuo.js apply',
      zh: '还没有写入过任何人：执行 bin/fenghuo.js apply',
    })
  throw new CommandError(notNamed(schedule === undefined ? 'contact' : 'schedule', schedule ?? away ?? '', known).words)
}

/** Everybody whom the rows, or oncall.yml, know. */
export function contactsKnown(rows: ProjectRow[], written: Record<string, Contact> = {}): Record<string, Contact> {
  return Object.assign({}, written, ...rows.map(({ row }) => row.directory.contacts))
}

/** Throws a `CommandError` for an override that names nobody, covers no time, is over, or contradicts another. */
export function checkOverride(
  override: Override,
  rows: ProjectRow[],
  people: Record<string, Contact>,
  now: Instant,
): void {
  const unknown = namedIn(override).find((name) => ownProperty(people, name) === undefined)
  if (unknown !== undefined) throw new CommandError(notNamed('contact', unknown, Object.keys(people)).words)
  if (new Set(namedIn(override)).size < namedIn(override).length)
    throw new CommandError({ en: 'it names one person twice: name two', zh: '写的是同一个人：写两个人' })
  if (override.to <= override.from)
    throw new CommandError({
      en: `it ends (${override.to}) before it begins (${override.from})`,
      zh: `结束（${override.to}）早于开始（${override.from}）`,
    })
  for (const { row } of rows) {
    const { schedules, overrides } = row.directory
    for (const zone of zonesOf(override, row)) {
      const { start, end } = overrideSpan(override, zone)
      if (end <= now)
        throw new CommandError({
          en: `it is over already (${override.to}): give a time to come`,
          zh: `已经过去了（${override.to}）：写将来的时间`,
        })
      if (start >= end)
        throw new CommandError({
          en: `it covers no time: the clocks of ${zone} skip all of it`,
          zh: `没有时间：${zone} 的时钟整段跳过了它`,
        })
    }
    const idle = withoutTurns(override, row.directory)
    if (idle !== undefined) throw new CommandError(noTurns(idle, override))
    for (const other of overrides) {
      const against = contradiction(other, override, schedules)
      if (against === undefined || isSame(other, override)) continue
      const rm = `bin/fenghuo.js override rm ${other.made?.id}`
      const [en, zh] =
        other.made === undefined
          ? ['it is one of oncall.yml', '它写在 oncall.yml 里']
          : [`${rm} takes it away`, `用 ${rm} 撤销它`]
      throw new CommandError({
        en: `it contradicts ${overrideText(other)}: ${contradictions[against].en} (${en})`,
        zh: `与 ${overrideText(other)} 矛盾：${contradictions[against].zh}（${zh}）`,
      })
    }
  }
}

/** The same override, whoever made it. */
export function isSame(one: Override, other: Override): boolean {
  return overrideText(one) === overrideText(other)
}

/** The zones in which an override is read in a row: its schedule's, and for leave those of all. */
export function zonesOf(override: Override, { directory }: ReadRow): string[] {
  const schedules = 'away' in override ? Object.values(directory.schedules) : [directory.schedules[override.schedule]]
  return [...new Set(schedules.flatMap((schedule) => schedule?.timezone ?? []))]
}

/** Somebody else may write at the same moment: what they have written is read, and the change made to it. */
const ATTEMPTS = 5

/** Changes a project's row as `change` says; undefined is no change. Throws a `CommandError` when others always come first. */
export async function changeRow(
  { project, row }: ProjectRow,
  contacts: ContactsTable,
  change: (row: ReadRow) => ReadRow['directory'] | undefined,
): Promise<boolean> {
  let known: ReadRow | undefined = row
  for (let attempt = 0; attempt < ATTEMPTS && known !== undefined; attempt++) {
    const directory = change(known)
    if (directory === undefined) return false
    if (await contacts.write(project, directory, known)) return true
    known = await contacts.read(project)
  }
  throw new CommandError({
    en: `somebody else keeps changing the people of ${project}: run it again`,
    zh: `别人一直在改 ${project} 的人员：请再执行一次`,
  })
}
