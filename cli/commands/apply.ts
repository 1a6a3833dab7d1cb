import type { Command } from 'commander'
import type { ContactsTable } from '../../shared/clouds/aws/contacts-table.ts'
import type { CompiledConfig } from '../../shared/contracts/compiled-config.ts'
import { dateAndTime } from '../../shared/messages/times.ts'
import type { Schedule } from '../../shared/oncall/plan.ts'
import type { MovedStart } from '../../shared/oncall/rotation-change.ts'
import { addConfigOption, addOnCallOption, type OnCallOptions, requireBoth } from '../configuration.ts'
import { type PlannedRow, planRows } from '../contact-rows.ts'
import { contactsOf } from '../engine.ts'
import { CommandError, FAILED, FINE } from '../failure.ts'
import type { CliIo, Done } from '../io.ts'
import { writeStarts } from '../oncall-start.ts'
import { namesText, shiftLines } from '../shift-lines.ts'
import { several } from '../table.ts'
import { addTargetOptions, findTarget, type TargetOptions } from '../target.ts'

type ApplyOptions = OnCallOptions & TargetOptions & { yes?: true; asWritten?: true; dryRun?: true; json?: true }

export function addApply(program: Command, io: CliIo, done: Done): void {
  const command = program
    .command('apply')
    .description('Bring the people of oncall.yml into the contacts table; shows the difference first')
    .option('--yes', 'without asking')
    .option('--dry-run', 'only show the difference')
    .option('--as-written', 'take `start` as it is, though it changes who is on call now')
    .option('--json', 'one object for machines')
  addTargetOptions(addOnCallOption(addConfigOption(command)))
    .addHelpText(
      'after',
      '\nEach project gets those whom its policy can page, and their schedules and overrides.' +
        '\n\nExamples:\n  bin/fenghuo.js apply --stage prod --dry-run\n  bin/fenghuo.js apply --stage prod --region ap-southeast-1 --yes',
    )
    .action(async (options: ApplyOptions) => done(await apply(options, io)))
}

async function apply(options: ApplyOptions, io: CliIo): Promise<number> {
  const { config, people, oncallPath } = requireBoth(options, io)
  const target = findTarget(options, io)
  const contacts = contactsOf(target)
  const rows = await planRows(config, people, contacts, options.asWritten === true, io.now())
  const changed = rows.filter(({ changes, remarks }) => changes.length + remarks.length > 0)

  const wanted = changed.length > 0 && !options.dryRun
  if (!options.json) tell(changed, target.name, config, io)
  const agreed = wanted && (options.yes === true || (await isAgreed(changed.length, target.name, io)))
  if (agreed) for (const row of changed) await writeRow(row, contacts)
  if (agreed) keepStarts(changed, oncallPath, io)
  if (options.json) io.out(JSON.stringify({ target: target.name, applied: agreed, projects: shown(changed) }, null, 2))
  else if (agreed) io.out(`Applied to ${several(changed.length, 'project')} of ${target.name}.`)
  else if (wanted) io.out('Nothing was changed.')
  return wanted && !agreed ? FAILED : FINE
}

async function writeRow({ project, directory, before }: PlannedRow, contacts: ContactsTable): Promise<void> {
  if (await contacts.write(project, directory, before ?? 'none')) return
  throw new CommandError(`the people of ${project} were changed while you looked: run it again to see by what`)
}

/** Projects with the same difference are told together: one policy often serves many. */
function tell(changed: PlannedRow[], target: string, config: CompiledConfig, io: CliIo): void {
  if (changed.length === 0) io.out(`No difference: ${target} has what oncall.yml says.`)
  const groups = new Map<string, string[]>()
  for (const { project, directory, changes, remarks, shifts, starts } of changed) {
    const told = [
      ...remarks,
      ...changes.map(({ line }) => line),
      ...starts.map(
        (moved) => `  ${startText(moved)}, so that whoever is on call finishes the shift (--as-written: not so)`,
      ),
      ...Object.entries(directory.schedules).flatMap(([name, { keep }]) =>
        keep ? [keptLine(name, keep, config)] : [],
      ),
      ...Object.keys(directory.schedules).flatMap((name) =>
        shiftLines(
          name,
          shifts.filter(({ schedule }) => schedule === name),
          config.timezone,
        ),
      ),
    ]
    const lines = told.map((line) => `  ${line}`).join('\n')
    groups.set(lines, [...(groups.get(lines) ?? []), project])
  }
  for (const [lines, projects] of groups) io.out(`${projects.join(', ')}\n${lines}`)
}

function keptLine(
  name: string,
  { contacts, until }: NonNullable<Schedule['keep']>,
  { timezone }: CompiledConfig,
): string {
  const end = dateAndTime(until, timezone)
  return `  ${name}: ${namesText(contacts)} until ${end}, the end of the shift (--as-written: not so)`
}

/** `sre: start 2026-11-09`, `sre: layer 2, start 2026-11-09`. */
function startText({ schedule, layer, start }: MovedStart): string {
  return `${schedule}: ${layer === undefined ? '' : `layer ${layer + 1}, `}start ${start}`
}

/** oncall.yml says then what was applied. */
function keepStarts(changed: PlannedRow[], path: string, io: CliIo): void {
  const starts = new Map(changed.flatMap((row) => row.starts).map((moved) => [startText(moved), moved]))
  if (starts.size === 0) return
  const told = [...starts.values()]
    .map(
      ({ schedule, layer, start }) =>
        `${schedule}${layer === undefined ? '' : ` (layer ${layer + 1})`} \`start: ${start}\``,
    )
    .join(', ')
  const text = writeStarts(path, [...starts.values()])
    ? `Written into oncall.yml: ${told}.`
    : `Write into oncall.yml: ${told}.`
  io.err(text)
}

async function isAgreed(count: number, target: string, io: CliIo): Promise<boolean> {
  if (io.confirm === undefined)
    throw new CommandError('nobody is here to ask: look with --dry-run, then give --yes to apply')
  return io.confirm(`Apply this to ${several(count, 'project')} of ${target}?`)
}

function shown(changed: PlannedRow[]) {
  return Object.fromEntries(
    changed.map(({ project, changes, remarks, shifts, starts }) => [project, { changes, remarks, shifts, starts }]),
  )
}
