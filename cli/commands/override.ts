import { Option } from 'commander'
import type { CompiledConfig } from '../../shared/contracts/compiled-config.ts'
import type { Missed } from '../../shared/contracts/in-each.ts'
import type { Bilingual } from '../../shared/contracts/words.ts'
import { readEach } from '../../shared/engine/overrides/everywhere.ts'
import { overridesAhead } from '../../shared/engine/overrides/list.ts'
import { makeOverrides } from '../../shared/engine/overrides/make.ts'
import { OverrideRefusal } from '../../shared/engine/overrides/refusal.ts'
import { removeOverride } from '../../shared/engine/overrides/remove.ts'
import type { ProjectRow } from '../../shared/engine/overrides/rows.ts'
import { shiftsBy } from '../../shared/engine/overrides/shifts.ts'
import { words } from '../../shared/messages/words.ts'
import { broughtIn, overrideText } from '../../shared/oncall/override.ts'
import type { Directory, Override } from '../../shared/oncall/plan.ts'
import type { SpokenCommand } from '../command.ts'
import { addConfigOption, addOnCallOption, type OnCallOptions, readBoth, readConfig } from '../configuration.ts'
import { contactsOf } from '../engine.ts'
import { findTargets, tellMissed } from '../every-region.ts'
import { CommandError, FAILED, FINE } from '../failure.ts'
import type { CliIo, Done } from '../io.ts'
import { unreachedByLayers } from '../layer-addresses.ts'
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
  const asked = { ...kind, from, to, ...(options.note !== undefined && { note: options.note }) }
  const made = await told(
    makeOverrides([asked], regionsIn(options, io), {
      projects: Object.keys(config.projects),
      by: options.as ?? io.user,
      now: io.now(),
      newId: () => io.randomId().slice(0, 8),
      timezone: io.timezone,
      ...(people && { written: people.contacts }),
    }),
  )
  const say = oncallWords[io.language].override
  const isEverywhere = tellMissed(targetsOf(made.missed), ({ region }) => say.brought(options.stage ?? '', region), io)
  for (const override of made.overrides) {
    if (made.changed.length === 0 && !options.json) io.out(say.already(overrideText(override)))
    else tell(override, made.changed, config, options, io)
  }
  return isEverywhere ? FINE : FAILED
}

/** The people of every region, each with the target that it is. */
function regionsIn(options: OverrideOptions, io: CliIo) {
  return findTargets(options, io).map((target) => ({ target, contacts: contactsOf(target) }))
}

function targetsOf(missed: Missed<{ target: Target }>[]): Missed<Target>[] {
  return missed.map(({ target: { target }, error }) => ({ target, error }))
}

/** What is refused is told with the command that puts it right. */
function told<T>(doing: Promise<T>): Promise<T> {
  return doing.catch((error: unknown) => {
    if (!(error instanceof OverrideRefusal)) throw error
    const { words, code, other } = error
    const remedy = code === 'no-such-override' ? SEE_ALL : takenAway(other?.made?.id)
    throw new CommandError({ en: words.en + remedy.en, zh: words.zh + remedy.zh })
  })
}

const SEE_ALL: Bilingual = { en: ': see bin/fenghuo.js override ls', zh: '：见 bin/fenghuo.js override ls' }

function takenAway(id: string | undefined): Bilingual {
  if (id === undefined) return { en: '', zh: '' }
  const rm = `bin/fenghuo.js override rm ${id}`
  return { en: ` (${rm} takes it away)`, zh: `（用 ${rm} 撤销它）` }
}
function tell(
  override: Override,
  rows: ProjectRow[],
  config: CompiledConfig,
  options: OverrideOptions,
  io: CliIo,
): void {
  const projects = rows.map(({ project }) => project)
  const changes = new Set(rows.flatMap(({ row: { directory } }) => changesBy(override, directory, config.timezone, io)))
  const { brackets, list } = words[io.language]
  if (options.json) io.out(JSON.stringify({ override, projects }, null, 2))
  else {
    io.out(`${override.made?.id} ${overrideText(override)}${brackets(projects.join(list))}`)
    for (const line of changes) io.out(line)
  }
  for (const line of new Set(rows.flatMap(({ row: { directory } }) => unreachedBy(override, directory, config, io))))
    io.err(commonWords[io.language].warning(line))
  // Whoever is on leave may have no turns; whoever is to stand in believes that they have one.
  if (changes.size === 0 && !('away' in override))
    io.err(commonWords[io.language].warning(oncallWords[io.language].override.sameAsBefore(override.schedule)))
}

function changesBy(override: Override, before: Directory, timezone: string, io: CliIo): string[] {
  return shiftsBy(override, before, io.now()).flatMap(({ schedule, changes }) =>
    shiftLines(schedule, changes, timezone, io.language),
  )
}

/** Whoever it brings in and a layer has no address for. */
function unreachedBy(override: Override, before: Directory, config: CompiledConfig, io: CliIo): string[] {
  const people = { ...before, overrides: [...before.overrides, override] }
  const brought = 'away' in override ? [] : broughtIn(override)
  return unreachedByLayers(config, people)
    .filter(({ contact }) => brought.includes(contact))
    .map(({ contact, words }) => `${contact} ${words[io.language]}`)
}

async function list(options: OverrideOptions, io: CliIo): Promise<number> {
  const config = readConfig(options, io)
  const read = await readEach(Object.keys(config.projects), regionsIn(options, io))
  const all = overridesAhead(read.done[0].result, io.now())
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
  const projects = Object.keys(readConfig(options, io).projects)
  const { override, changed, missed } = await told(removeOverride(id, regionsIn(options, io), { projects }))
  const say = oncallWords[io.language].override
  const isEverywhere = tellMissed(targetsOf(missed), ({ region }) => say.again(id, options.stage ?? '', region), io)
  io.out(say.gone(overrideText(override), changed.map(({ project }) => project).join(words[io.language].list)))
  return isEverywhere ? FINE : FAILED
}
