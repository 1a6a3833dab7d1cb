import { Option } from 'commander'
import { Temporal } from 'temporal-polyfill'
import type { ReadRow } from '../../shared/clouds/aws/contacts-table.ts'
import type { CompiledConfig } from '../../shared/contracts/compiled-config.ts'
import type { Bilingual, Instant } from '../../shared/contracts/words.ts'
import { words } from '../../shared/messages/words.ts'
import { instantOf } from '../../shared/oncall/clock.ts'
import { overrideSpan, overrideText } from '../../shared/oncall/override.ts'
import type { Override } from '../../shared/oncall/plan.ts'
import { shiftChanges } from '../../shared/oncall/rotation-change.ts'
import { timeMeant } from '../../shared/oncall/time-meant.ts'
import type { SpokenCommand } from '../command.ts'
import { addConfigOption, addOnCallOption, type OnCallOptions, readBoth, readConfig } from '../configuration.ts'
import { contactsOf } from '../engine.ts'
import { type Everywhere, findTargets, inEach, tellMissed } from '../every-region.ts'
import { CommandError, FAILED, FINE } from '../failure.ts'
import type { CliIo, Done } from '../io.ts'
import {
  changeRow,
  checkOverride,
  contactsKnown,
  isSame,
  type ProjectRow,
  readRows,
  rowsFor,
  zonesOf,
} from '../override-rows.ts'
import { shiftLines } from '../shift-lines.ts'
import { table } from '../table.ts'
import { addTargetOptions, type Target, type TargetOptions } from '../target.ts'
import { commonWords } from '../words/common.ts'
import { oncallWords } from '../words/oncall.ts'

interface OverrideOptions extends OnCallOptions, TargetOptions {
  for?: string
  add?: true
  remove?: true
  swap?: string
  note?: string
  as?: string
  json?: true
}

export function addOverride(program: SpokenCommand, io: CliIo, done: Done): void {
  const say = oncallWords[io.language].override
  const command = program
    .command('override')
    .description(say.about)
    .argument('<schedule>', say.schedule)
    .argument('<contact>', say.contact)
    .argument('<from>', say.from)
    .argument('<to>', say.to)
    .option('--for <contact>', say.for)
    .addOption(new Option('--add', say.add).conflicts(['for', 'remove', 'swap']))
    .addOption(new Option('--remove', say.remove).conflicts(['for', 'swap']))
    .addOption(new Option('--swap <contact>', say.swap).conflicts('for'))
  addCommon(command)
    .withNotes(
      say.notes,
      'bin/fenghuo.js override sre zhao "Sat 18:00" "Mon 10:00" --stage prod',
      'bin/fenghuo.js override sre lin 2026-12-14 2026-12-28 --swap wang',
      'bin/fenghuo.js override away lin 2027-02-05 2027-02-13',
      'bin/fenghuo.js override rm 1f0c2a7e',
    )
    .action(async (schedule: string, contact: string, from: string, to: string, options: OverrideOptions) =>
      done(await make({ schedule, ...kindOf(contact, options) }, from, to, options, io)),
    )
  addCommon(command.command('away').description(say.away))
    .argument('<contact>', say.whoIsAway)
    .argument('<from>', say.from)
    .argument('<to>', say.to)
    .action(async (away: string, from: string, to: string, _: unknown, self: SpokenCommand) =>
      done(await make({ away }, from, to, self.optsWithGlobals(), io)),
    )
  addTargetOptions(addConfigOption(command.command('ls').description(say.ls)))
    .option('--json', commonWords[io.language].json)
    .action(async (_: unknown, self: SpokenCommand) => done(await list(self.optsWithGlobals(), io)))
  addTargetOptions(addConfigOption(command.command('rm').description(say.rm)))
    .argument('<id>', say.id)
    .action(async (id: string, _: unknown, self: SpokenCommand) => done(await remove(id, self.optsWithGlobals(), io)))
}

function addCommon(command: SpokenCommand): SpokenCommand {
  const say = oncallWords[command.language].override
  return addTargetOptions(addOnCallOption(addConfigOption(command)))
    .option('--note <text>', say.note)
    .option('--as <name>', say.as)
    .option('--json', commonWords[command.language].json)
}

/** What an override says without its time. */
type Kind =
  | { schedule: string; contact: string; for?: string }
  | { schedule: string; add: string }
  | { schedule: string; remove: string }
  | { schedule: string; swap: [string, string] }
  | { away: string }

function kindOf(contact: string, options: OverrideOptions) {
  if (options.add) return { add: contact }
  if (options.remove) return { remove: contact }
  if (options.swap !== undefined) return { swap: [contact, options.swap] as [string, string] }
  return { contact, ...(options.for !== undefined && { for: options.for }) }
}

async function make(kind: Kind, from: string, to: string, options: OverrideOptions, io: CliIo): Promise<number> {
  const { config, people } = readBoth(options, io)
  if (config === undefined)
    throw new CommandError({
      en: 'fenghuo.yml is wrong: see bin/fenghuo.js validate',
      zh: 'fenghuo.yml 有误：见 bin/fenghuo.js validate',
    })
  const projects = Object.keys(config.projects)
  const read = await inEach(findTargets(options, io), (target) => readRows(projects, contactsOf(target)))
  const [{ result: all }] = read.done
  const rows = rowsFor(all, kind)
  const known = contactsKnown(all, people?.contacts)
  const override = withTimes(kind, from, to, rows, options, io)
  checkOverride(override, rows, known, io.now())
  const change = (row: ReadRow) => withOverride(row, override, known, io.now())
  const say = oncallWords[io.language].override
  const remedy = ({ region }: Target) => say.brought(options.stage ?? '', region)
  const { changed, code } = await changeEverywhere(read, (rows) => rowsFor(rows, kind), change, remedy, io)
  if (changed.length === 0 && !options.json) io.out(say.already(overrideText(override)))
  else tell(override, changed, config, options, io)
  return code
}

/**
 * Changes rows in every region that was read, and says which others are behind. Resolves with those of the first that has changed any, and
 * the exit code.
 */
async function changeEverywhere(
  { done, missed }: Everywhere<ProjectRow[]>,
  which: (rows: ProjectRow[]) => ProjectRow[],
  change: (row: ReadRow) => ReadRow['directory'] | undefined,
  remedy: (target: Target) => string,
  io: CliIo,
): Promise<{ changed: ProjectRow[]; code: number }> {
  const read = new Map(done.map(({ target, result }) => [target, result]))
  const written = await inEach([...read.keys()], async (target) => {
    const changed: ProjectRow[] = []
    for (const row of which(read.get(target) ?? [])) {
      if (await changeRow(row, contactsOf(target), change)) changed.push(row)
    }
    return changed
  })
  const isEverywhere = tellMissed([...missed, ...written.missed], remedy, io)
  const changed = written.done.find(({ result }) => result.length > 0)?.result ?? []
  return { changed, code: isEverywhere ? FINE : FAILED }
}

function withTimes(
  kind: Kind,
  from: string,
  to: string,
  rows: ProjectRow[],
  options: OverrideOptions,
  io: CliIo,
): Override {
  const zone = rows.flatMap(({ row }) => zonesOf({ ...kind, from: '', to: '' }, row))[0] ?? io.timezone
  const begin = timeMeant(from, io.now(), zone)
  if (begin === undefined) throw new CommandError(notATime(from))
  const beginning = instantOf(Temporal.PlainDateTime.from(begin), zone, 'first')
  const end = timeMeant(to, beginning, zone)
  if (end === undefined) throw new CommandError(notATime(to))
  const made = { id: io.randomId().slice(0, 8), by: options.as ?? io.user, at: io.now() }
  return { ...kind, from: begin, to: end, ...(options.note !== undefined && { note: options.note }), made }
}

const notATime = (text: string): Bilingual => ({
  en: `"${text}" is no time: write \`Sat 18:00\`, \`18:00\`, now, 2026-12-05 or "2026-12-05 18:00"`,
  zh: `“${text}”不是时间：写 \`Sat 18:00\`、\`18:00\`、now、2026-12-05 或 "2026-12-05 18:00"`,
})

/** Those made so long ago are of no use to anybody. */
const KEPT_MS = 30 * 86_400_000

function withOverride(
  read: ReadRow,
  override: Override,
  known: ReturnType<typeof contactsKnown>,
  now: Instant,
): ReadRow['directory'] | undefined {
  const { directory } = read
  if (directory.overrides.some((other) => isSame(other, override))) return undefined
  const overrides = directory.overrides.filter(
    (other) =>
      other.made === undefined || zonesOf(other, read).some((zone) => overrideSpan(other, zone).end > now - KEPT_MS),
  )
  const named =
    'swap' in override
      ? override.swap
      : 'contact' in override
        ? [override.contact]
        : 'add' in override
          ? [override.add]
          : []
  const joining = named.flatMap((name) => (known[name] === undefined ? [] : [[name, known[name]] as const]))
  const contacts = { ...Object.fromEntries(joining), ...directory.contacts }
  return { ...directory, contacts, overrides: [...overrides, override] }
}

function tell(
  override: Override,
  rows: ProjectRow[],
  config: CompiledConfig,
  options: OverrideOptions,
  io: CliIo,
): void {
  const projects = rows.map(({ project }) => project)
  if (options.json) {
    io.out(JSON.stringify({ override, projects }, null, 2))
    return
  }
  const { brackets, list } = words[io.language]
  io.out(`${override.made?.id} ${overrideText(override)}${brackets(projects.join(list))}`)
  const changes = rows.flatMap(({ row: { directory } }) => {
    const names = 'away' in override ? Object.keys(directory.schedules) : [override.schedule]
    const after = { ...directory, overrides: [...directory.overrides, override] }
    return names.flatMap((name) =>
      shiftLines(name, shiftChanges(directory, after, name, io.now()), config.timezone, io.language),
    )
  })
  for (const line of new Set(changes)) io.out(line)
}

async function list(options: OverrideOptions, io: CliIo): Promise<number> {
  const config = readConfig(options, io)
  const projects = Object.keys(config.projects)
  const read = await inEach(findTargets(options, io), (target) => readRows(projects, contactsOf(target)))
  const [{ result: rows }] = read.done
  const found = new Map<string, { override: Override; projects: string[] }>()
  for (const { project, row } of rows) {
    for (const override of row.directory.overrides) {
      if (!zonesOf(override, row).some((zone) => overrideSpan(override, zone).end > io.now())) continue
      const name = `${override.made?.id} ${overrideText(override)}`
      found.set(name, { override, projects: [...(found.get(name)?.projects ?? []), project] })
    }
  }
  const all = [...found.values()].sort((a, b) => (a.override.from < b.override.from ? -1 : 1))
  if (options.json) io.out(JSON.stringify(all, null, 2))
  else if (all.length === 0) io.out(oncallWords[io.language].override.nothing)
  else
    io.out(
      table(
        oncallWords[io.language].override.head,
        all.map(({ override, projects }) => {
          const { made, note = '' } = override
          return [
            made?.id ?? '-',
            overrideText(override),
            made?.by ?? 'oncall.yml',
            note,
            projects.join(words[io.language].list),
          ]
        }),
      ),
    )
  return FINE
}

async function remove(id: string, options: OverrideOptions, io: CliIo): Promise<number> {
  const config = readConfig(options, io)
  const names = Object.keys(config.projects)
  const read = await inEach(findTargets(options, io), (target) => readRows(names, contactsOf(target)))
  const isHeld = ({ row }: ProjectRow) => row.directory.overrides.some(({ made }) => made?.id === id)
  const [first] = read.done.flatMap(({ result }) => result).filter(isHeld)
  const override = first?.row.directory.overrides.find(({ made }) => made?.id === id)
  if (override === undefined)
    throw new CommandError({
      en: `no override has the id ${id}: see bin/fenghuo.js override ls; those of oncall.yml go by taking them out there and apply`,
      zh: `没有 ID 为 ${id} 的替班：见 bin/fenghuo.js override ls；oncall.yml 里的要在那里删掉再 apply`,
    })
  const without = ({ directory }: ReadRow) => ({
    ...directory,
    overrides: directory.overrides.filter(({ made }) => made?.id !== id),
  })
  const say = oncallWords[io.language].override
  const remedy = ({ region }: Target) => say.again(id, options.stage ?? '', region)
  const { changed, code } = await changeEverywhere(read, (rows) => rows.filter(isHeld), without, remedy, io)
  const projects = changed.map(({ project }) => project).join(words[io.language].list)
  io.out(say.gone(overrideText(override), projects))
  return code
}
