import type { Command } from 'commander'
import type { ContactsTable } from '../../shared/clouds/aws/contacts-table.ts'
import { addressMasks } from '../../shared/config/oncall-file.ts'
import type { CompiledConfig } from '../../shared/contracts/compiled-config.ts'
import { type Change, difference } from '../../shared/oncall/difference.ts'
import { directoryFor } from '../../shared/oncall/directory.ts'
import type { Directory } from '../../shared/oncall/plan.ts'
import { addConfigOption, addOnCallOption, type OnCallOptions, requireBoth } from '../configuration.ts'
import { contactsOf } from '../engine.ts'
import { CommandError, FAILED, FINE } from '../failure.ts'
import type { CliIo, Done } from '../io.ts'
import { several } from '../table.ts'
import { addTargetOptions, findTarget, type TargetOptions } from '../target.ts'

type ApplyOptions = OnCallOptions & TargetOptions & { yes?: true; dryRun?: true; json?: true }

/** One project's row of the contacts table: what it is to be, and what is different now. */
interface PlannedRow {
  project: string
  directory: Directory
  changes: Change[]
  /** What is broken in the row as it is, or lost with it. */
  remarks: string[]
}

export function addApply(program: Command, io: CliIo, done: Done): void {
  const command = program
    .command('apply')
    .description('Bring the people of oncall.yml into the contacts table; shows the difference first')
    .option('--yes', 'without asking')
    .option('--dry-run', 'only show the difference')
    .option('--json', 'one object for machines')
  addTargetOptions(addOnCallOption(addConfigOption(command)))
    .addHelpText(
      'after',
      '\nEach project gets those whom its policy can page, and their schedules and overrides.' +
        '\n\nExamples:\n  fenghuo apply --stage prod --dry-run\n  fenghuo apply --stage prod --region ap-southeast-1 --yes',
    )
    .action(async (options: ApplyOptions) => done(await apply(options, io)))
}

async function apply(options: ApplyOptions, io: CliIo): Promise<number> {
  const { config, people } = requireBoth(options, io)
  const target = findTarget(options, io)
  const contacts = contactsOf(target)
  const rows = await planRows(config, people, contacts)
  const changed = rows.filter(({ changes, remarks }) => changes.length + remarks.length > 0)

  const wanted = changed.length > 0 && !options.dryRun
  if (!options.json) tell(changed, target.name, io)
  const agreed = wanted && (options.yes === true || (await isAgreed(changed.length, target.name, io)))
  if (agreed) for (const { project, directory } of changed) await contacts.write(project, directory)
  if (options.json) io.out(JSON.stringify({ target: target.name, applied: agreed, projects: shown(changed) }, null, 2))
  else if (agreed) io.out(`Applied to ${several(changed.length, 'project')} of ${target.name}.`)
  else if (wanted) io.out('Nothing was changed.')
  return wanted && !agreed ? FAILED : FINE
}

async function planRows(config: CompiledConfig, people: Directory, contacts: ContactsTable): Promise<PlannedRow[]> {
  const rows: PlannedRow[] = []
  for (const { name: project, policy: key } of Object.values(config.projects)) {
    const policy = config.policies[key]
    if (policy === undefined) throw new CommandError(`project ${project}: there is no policy \`${key}\``)
    const directory = directoryFor(people, policy)
    const before = await contacts.read(project)
    const remarks = before?.problems.map((problem) => `! ${problem}`) ?? []
    if (before?.directory.layers) remarks.push('! a row with one number per layer: it is replaced')
    rows.push({ project, directory, changes: difference(before?.directory, directory, addressMasks), remarks })
  }
  return rows
}

/** Projects with the same difference are told together: one policy often serves many. */
function tell(changed: PlannedRow[], target: string, io: CliIo): void {
  if (changed.length === 0) io.out(`No difference: ${target} has what oncall.yml says.`)
  const groups = new Map<string, string[]>()
  for (const { project, changes, remarks } of changed) {
    const lines = [...remarks, ...changes.map(({ line }) => line)].map((line) => `  ${line}`).join('\n')
    groups.set(lines, [...(groups.get(lines) ?? []), project])
  }
  for (const [lines, projects] of groups) io.out(`${projects.join(', ')}\n${lines}`)
}

async function isAgreed(count: number, target: string, io: CliIo): Promise<boolean> {
  if (io.confirm === undefined)
    throw new CommandError('nobody is here to ask: look with --dry-run, then give --yes to apply')
  return io.confirm(`Apply this to ${several(count, 'project')} of ${target}?`)
}

function shown(changed: PlannedRow[]) {
  return Object.fromEntries(changed.map(({ project, changes, remarks }) => [project, { changes, remarks }]))
}
