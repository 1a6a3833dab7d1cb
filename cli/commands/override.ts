import { Option } from 'commander'
import { words } from '../../shared/messages/words.ts'
import { overrideText } from '../../shared/oncall/override.ts'
import type { SpokenCommand } from '../command.ts'
import { addConfigOption, addOnCallOption } from '../configuration.ts'
import { FAILED, FINE } from '../failure.ts'
import type { CliIo, Done } from '../io.ts'
import type { MadeOverride, OverrideOptions } from '../override/keeper.ts'
import { openOverrides } from '../override/open-keeper.ts'
import { table } from '../table.ts'
import { addConsoleOption, addTargetOptions } from '../target.ts'
import { commonWords } from '../words/common.ts'
import { oncallWords } from '../words/oncall.ts'

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
  addPlace(command.command('ls').description(say.ls))
    .option('--json', commonWords[io.language].json)
    .action(async (_: unknown, self: SpokenCommand) => done(await list(self.optsWithGlobals(), io)))
  addPlace(command.command('rm').description(say.rm))
    .argument('<id>', say.id)
    .action(async (id: string, _: unknown, self: SpokenCommand) => done(await remove(id, self.optsWithGlobals(), io)))
}

function addCommon(command: SpokenCommand): SpokenCommand {
  const say = oncallWords[command.language].override
  return addPlace(addOnCallOption(command))
    .option('--note <text>', say.note)
    .option('--as <name>', say.as)
    .option('--json', commonWords[command.language].json)
}

function addPlace(command: SpokenCommand): SpokenCommand {
  return addConsoleOption(addTargetOptions(addConfigOption(command)))
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
  const { note } = options
  const keeper = await openOverrides(options, io)
  const made = await keeper.make({ ...kind, from, to, ...(note !== undefined && { note }) })
  if (!made.changed && !options.json) io.out(oncallWords[io.language].override.already(overrideText(made.override)))
  else tell(made, options, io)
  return made.isEverywhere ? FINE : FAILED
}

function tell(
  { override, projects, changed, shifts, warnings }: MadeOverride,
  options: OverrideOptions,
  io: CliIo,
): void {
  const { brackets, list } = words[io.language]
  const { warning } = commonWords[io.language]
  if (options.json) io.out(JSON.stringify({ override, projects }, null, 2))
  else {
    io.out(`${override.made?.id} ${overrideText(override)}${brackets(projects.join(list))}`)
    for (const line of shifts) io.out(line)
  }
  for (const line of warnings) io.err(warning(line))
  // Whoever is on leave may have no turns; whoever is to stand in believes that they have one.
  if (changed && shifts.length === 0 && !('away' in override))
    io.err(warning(oncallWords[io.language].override.sameAsBefore(override.schedule)))
}

async function list(options: OverrideOptions, io: CliIo): Promise<number> {
  const all = await (await openOverrides(options, io)).list()
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
  const { override, projects, isEverywhere } = await (await openOverrides(options, io)).remove(id)
  const { list } = words[io.language]
  io.out(oncallWords[io.language].override.gone(overrideText(override), projects.join(list)))
  return isEverywhere ? FINE : FAILED
}
