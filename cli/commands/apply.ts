import type { ContactsTable } from '../../shared/clouds/aws/contacts-table.ts'
import { formatProblems, shownProblem } from '../../shared/config/problem.ts'
import type { CompiledConfig } from '../../shared/contracts/compiled-config.ts'
import { inEach, type Missed } from '../../shared/contracts/in-each.ts'
import { dateAndTime } from '../../shared/messages/times.ts'
import { words } from '../../shared/messages/words.ts'
import { audited, type Deed } from '../audited.ts'
import type { SpokenCommand } from '../command.ts'
import { addConfigOption, addOnCallOption, type OnCallOptions, requireBoth } from '../configuration.ts'
import { type PlannedRow, planRows, readAll, together } from '../contact-rows.ts'
import { contactsOf } from '../engine.ts'
import { type Everywhere, findTargets, tellMissed } from '../every-region.ts'
import { CommandError, FAILED, FINE } from '../failure.ts'
import type { CliIo, Done } from '../io.ts'
import { writeStarts } from '../oncall-start.ts'
import { shiftLines } from '../shift-lines.ts'
import { addTargetOptions, type Target, type TargetOptions } from '../target.ts'
import { warningsOfAddresses } from '../warnings.ts'
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
  const { config, people, oncallPath, placed } = requireBoth(options, io)
  const warnings = warningsOfAddresses(config, people, io.now(), placed.people)
  const targets = findTargets(options, io)
  const read = await inEach(targets, (target) => readAll(config, contactsOf(target)))
  const [first, ...others] = read.done
  const all = together([first.result, ...others.map(({ result }) => result)])
  const plans = read.done.map(({ target, result: rows }): RegionPlan => {
    const planned = planRows(config, people, { rows, together: all }, options.asWritten === true, io)
    return { target, changed: planned.filter(({ changes, remarks }) => changes.length + remarks.length > 0) }
  })
  const behind = plans.filter(({ changed }) => changed.length > 0)
  const wanted = behind.length > 0 && !options.dryRun
  if (!options.json) {
    tell(plans, config, io)
    for (const one of warnings) io.err(commonWords[io.language].warning(formatProblems([one], io.language)))
  }
  const agreed = wanted && (options.yes === true || (await isAgreed(behind, io)))
  const written = agreed ? await write(behind, io) : { done: [], missed: [] }
  if (agreed) keepStarts(behind[0]?.changed ?? [], oncallPath, io)
  const missed = [...read.missed, ...written.missed]
  if (options.json)
    io.out(
      JSON.stringify(
        { ...shown(plans, agreed, missed), warnings: warnings.map((one) => shownProblem(one, io.language)) },
        null,
        2,
      ),
    )
  else if (wanted && !agreed) io.out(say.unchanged)
  else
    for (const { target, result } of written.done)
      io.out(say.applied(several(result, 'project', io.language), target.name))
  const isEverywhere = tellMissed(missed, ({ region }) => say.again(options.stage ?? '', region), io)
  return isEverywhere && (!wanted || agreed) ? FINE : FAILED
}

/** What is different in one region. */
interface RegionPlan {
  target: Target
  changed: PlannedRow[]
}

/** Writes to every region that is behind; resolves with how many rows each took. */
function write(behind: RegionPlan[], io: CliIo): Promise<Everywhere<number>> {
  const targets = behind.map(({ target }) => target)
  return inEach(targets, async (target) => {
    const rows = behind.find((plan) => plan.target === target)?.changed ?? []
    for (const row of rows) await audited(deedOf(row), [target], io, () => writeRow(row, contactsOf(target)))
    return rows.length
  })
}

/** Each row is written by itself, and is a deed of its own. */
function deedOf({ project, changes, remarks }: PlannedRow): Deed {
  return { action: 'apply', about: project, changes: [...changes.map(({ line }) => line), ...remarks] }
}

async function writeRow({ project, directory, before }: PlannedRow, contacts: ContactsTable): Promise<void> {
  if (await contacts.write(project, directory, before ?? 'none')) return
  throw new CommandError({
    en: `the people of ${project} were changed while you looked: run it again to see by what`,
    zh: `你看的时候 ${project} 的人员被改过：再执行一次，看改了什么`,
  })
}

/** Regions with the same difference are told together. */
function tell(plans: RegionPlan[], config: CompiledConfig, io: CliIo): void {
  const groups = new Map<string, string[]>()
  for (const { target, changed } of plans) {
    const told = differences(changed, config, io)
    groups.set(told, [...(groups.get(told) ?? []), target.name])
  }
  const { list, colon } = words[io.language]
  for (const [told, targets] of groups) {
    const names = targets.join(list)
    if (told === '') io.out(applyWords[io.language].same(names))
    else io.out(groups.size === 1 ? told : `${names}${colon.trimEnd()}\n${told}`)
  }
}

/** Projects with the same difference are told together: one policy often serves many. */
function differences(changed: PlannedRow[], config: CompiledConfig, io: CliIo): string {
  const say = applyWords[io.language]
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
  return [...groups].map(([lines, projects]) => `${projects.join(', ')}\n${lines}`).join('\n')
}

/** oncall.yml says then what was applied. */
function keepStarts(changed: PlannedRow[], path: string, io: CliIo): void {
  const say = applyWords[io.language]
  const starts = new Map(changed.flatMap((row) => row.starts).map((moved) => [JSON.stringify(moved), moved]))
  if (starts.size === 0) return
  const told = [...starts.values()].map(({ schedule, layer, start }) => say.start(schedule, layer, start)).join(', ')
  io.err(writeStarts(path, [...starts.values()]) ? say.written(told) : say.write(told))
}

async function isAgreed(behind: RegionPlan[], io: CliIo): Promise<boolean> {
  if (io.confirm === undefined)
    throw new CommandError({
      en: 'nobody is here to ask: look with --dry-run, then give --yes to apply',
      zh: '没有人可以询问：先用 --dry-run 看，再加 --yes 写入',
    })
  const projects = new Set(behind.flatMap(({ changed }) => changed.map(({ project }) => project)))
  const names = behind.map(({ target }) => target.name).join(words[io.language].list)
  return io.confirm(applyWords[io.language].question(several(projects.size, 'project', io.language), names))
}

/** The first region as it is where there is one alone, and the others beside it. */
function shown([first, ...others]: RegionPlan[], applied: boolean, missed: Missed<Target>[]) {
  const of = ({ target, changed }: RegionPlan) => ({ target: target.name, projects: projectsOf(changed) })
  return {
    applied,
    ...(first && of(first)),
    ...(others.length > 0 && { others: others.map(of) }),
    ...(missed.length > 0 && { missed: missed.map(({ target }) => target.name) }),
  }
}

function projectsOf(changed: PlannedRow[]) {
  return Object.fromEntries(
    changed.map(({ project, changes, remarks, shifts, starts }) => [project, { changes, remarks, shifts, starts }]),
  )
}
