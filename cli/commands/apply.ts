import type { ContactsTable } from '../../shared/clouds/aws/contacts-table.ts'
import type { CompiledConfig } from '../../shared/contracts/compiled-config.ts'
import { dateAndTime } from '../../shared/messages/times.ts'
import type { SpokenCommand } from '../command.ts'
import { addConfigOption, addOnCallOption, type OnCallOptions, requireBoth } from '../configuration.ts'
import { type PlannedRow, planRows } from '../contact-rows.ts'
import { contactsOf } from '../engine.ts'
import { CommandError, FAILED, FINE } from '../failure.ts'
import type { CliIo, Done } from '../io.ts'
import { writeStarts } from '../oncall-start.ts'
import { shiftLines } from '../shift-lines.ts'
import { addTargetOptions, findTarget, type TargetOptions } from '../target.ts'
import { applyWords } from '../words/apply.ts'
import { commonWords } from '../words/common.ts'
import { several } from '../words/counts.ts'

type ApplyOptions = OnCallOptions & TargetOptions & { yes?: true; asWritten?: true; dryRun?: true; json?: true }

export function addApply(program: SpokenCommand, io: CliIo, done: Done): void {
  const say = applyWords[io.language]
  const command = program
    .command('apply')
    .description(say.about)
    .option('--yes', say.yes)
    .option('--dry-run', say.dryRun)
    .option('--as-written', say.asWritten)
    .option('--json', commonWords[io.language].json)
  addTargetOptions(addOnCallOption(addConfigOption(command)))
    .withNotes(
      say.notes,
      'bin/fenghuo.js apply --stage prod --dry-run',
      'bin/fenghuo.js apply --stage prod --region ap-southeast-1 --yes',
    )
    .action(async (options: ApplyOptions) => done(await apply(options, io)))
}

async function apply(options: ApplyOptions, io: CliIo): Promise<number> {
  const say = applyWords[io.language]
  const { config, people, oncallPath } = requireBoth(options, io)
  const target = findTarget(options, io)
  const contacts = contactsOf(target)
  const rows = await planRows(config, people, contacts, options.asWritten === true, io)
  const changed = rows.filter(({ changes, remarks }) => changes.length + remarks.length > 0)

  const wanted = changed.length > 0 && !options.dryRun
  if (!options.json) tell(changed, target.name, config, io)
  const agreed = wanted && (options.yes === true || (await isAgreed(changed.length, target.name, io)))
  if (agreed) for (const row of changed) await writeRow(row, contacts)
  if (agreed) keepStarts(changed, oncallPath, io)
  if (options.json) io.out(JSON.stringify({ target: target.name, applied: agreed, projects: shown(changed) }, null, 2))
  else if (agreed) io.out(say.applied(several(changed.length, 'project', io.language), target.name))
  else if (wanted) io.out(say.unchanged)
  return wanted && !agreed ? FAILED : FINE
}

async function writeRow({ project, directory, before }: PlannedRow, contacts: ContactsTable): Promise<void> {
  if (await contacts.write(project, directory, before ?? 'none')) return
  throw new CommandError({
    en: `the people of ${project} were changed while you looked: run it again to see by what`,
    zh: `你看的时候 ${project} 的人员被改过：再执行一次，看改了什么`,
  })
}

/** Projects with the same difference are told together: one policy often serves many. */
function tell(changed: PlannedRow[], target: string, config: CompiledConfig, io: CliIo): void {
  const say = applyWords[io.language]
  if (changed.length === 0) io.out(say.same(target))
  const groups = new Map<string, string[]>()
  for (const { project, directory, changes, remarks, shifts, starts } of changed) {
    const told = [
      ...remarks,
      ...changes.map(({ line }) => line),
      ...starts.map(({ schedule, layer, start }) => `  ${say.kept(schedule, layer, start)}`),
      ...Object.entries(directory.schedules).flatMap(([name, { keep }]) =>
        keep ? [`  ${say.keeps(name, keep.contacts, dateAndTime(keep.until, config.timezone))}`] : [],
      ),
      ...Object.keys(directory.schedules).flatMap((name) =>
        shiftLines(
          name,
          shifts.filter(({ schedule }) => schedule === name),
          config.timezone,
          io.language,
        ),
      ),
    ]
    const lines = told.map((line) => `  ${line}`).join('\n')
    groups.set(lines, [...(groups.get(lines) ?? []), project])
  }
  for (const [lines, projects] of groups) io.out(`${projects.join(', ')}\n${lines}`)
}

/** oncall.yml says then what was applied. */
function keepStarts(changed: PlannedRow[], path: string, io: CliIo): void {
  const say = applyWords[io.language]
  const starts = new Map(changed.flatMap((row) => row.starts).map((moved) => [JSON.stringify(moved), moved]))
  if (starts.size === 0) return
  const told = [...starts.values()].map(({ schedule, layer, start }) => say.start(schedule, layer, start)).join(', ')
  io.err(writeStarts(path, [...starts.values()]) ? say.written(told) : say.write(told))
}

async function isAgreed(count: number, target: string, io: CliIo): Promise<boolean> {
  if (io.confirm === undefined)
    throw new CommandError({
      en: 'nobody is here to ask: look with --dry-run, then give --yes to apply',
      zh: '没有人可以询问：先用 --dry-run 看，再加 --yes 写入',
    })
  return io.confirm(applyWords[io.language].question(several(count, 'project', io.language), target))
}

function shown(changed: PlannedRow[]) {
  return Object.fromEntries(
    changed.map(({ project, changes, remarks, shifts, starts }) => [project, { changes, remarks, shifts, starts }]),
  )
}
