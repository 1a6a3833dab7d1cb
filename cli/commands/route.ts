import { type Command, Option } from 'commander'
import { Temporal } from 'temporal-polyfill'
import type { CompiledConfig } from '../../shared/contracts/compiled-config.ts'
import { ownProperty } from '../../shared/contracts/own-property.ts'
import { didYouMean } from '../../shared/contracts/suggest.ts'
import { DEFAULT_SEVERITY, type Instant, type Severity, severities } from '../../shared/contracts/words.ts'
import { day, duration, timeSeenFrom, utcOffset } from '../../shared/messages/times.ts'
import { instantOf, isTime } from '../../shared/oncall/clock.ts'
import type { Plan } from '../../shared/oncall/plan.ts'
import { type Directories, planFor } from '../../shared/oncall/plans.ts'
import { addConfigOption, addOnCallOption, type OnCallOptions, readConfig, requireBoth } from '../configuration.ts'
import { contactsOf } from '../engine.ts'
import { BAD, CommandError, FINE } from '../failure.ts'
import type { CliIo, Done } from '../io.ts'
import { layersTable, withoutPhones, writtenDirectories } from '../plans.ts'
import { several } from '../table.ts'
import { addTargetOptions, findTarget, type TargetOptions } from '../target.ts'

interface RouteOptions extends OnCallOptions, TargetOptions {
  project: string
  severity?: Severity
  at?: string
  deployed?: true
  json?: true
}

export function addRoute(program: Command, io: CliIo, done: Done): void {
  const command = program
    .command('route')
    .description('Who would be paged, by which channels, layer by layer')
    .requiredOption('--project <project>', 'whose alert')
    .addOption(new Option('--severity <severity>', "how bad (default: the project's own)").choices([...severities]))
    .option('--at <time>', "such as 2026-12-05T18:30, in the configuration's time zone unless it names its own")
    .option('--deployed', 'with the people in the contacts table, in place of oncall.yml')
    .option('--json', 'one object for machines')
  addTargetOptions(addOnCallOption(addConfigOption(command)))
    .addHelpText(
      'after',
      '\nExit code 1: the policy pages for this severity, and nobody could be reached.' +
        '\n\nExamples:\n  bin/fenghuo.js route --project pay --severity critical --at 2026-12-05T18:30' +
        '\n  bin/fenghuo.js route --project pay --deployed --stage prod',
    )
    .action(async (options: RouteOptions) => done(await route(options, io)))
}

async function route(options: RouteOptions, io: CliIo): Promise<number> {
  const { config, directory } = options.deployed ? deployedPeople(options, io) : writtenPeople(options, io)
  const project = ownProperty(config.projects, options.project)
  const severity = options.severity ?? project?.severity ?? DEFAULT_SEVERITY
  const at = options.at === undefined ? io.now() : timeOf(options.at, config.timezone)
  if (project === undefined) {
    const guess = didYouMean(options.project, Object.keys(config.projects))
    io.err(`note: no project is named \`${options.project}\`${guess}: its alerts go to those who run Fenghuo`)
  }
  // Who it is counts here, not how a queue names them.
  const plan = await planFor(options.project, severity, at, { config, directory, phoneHashOf: () => '' })
  const reached = plan.layers.some(({ targets }) => targets.length > 0)
  if (options.json) io.out(JSON.stringify({ project: options.project, severity, ...withoutPhones(plan) }, null, 2))
  else io.out(told(plan, options.project, severity, config))
  return plan.pages && !reached ? BAD : FINE
}

function writtenPeople(options: RouteOptions, io: CliIo): { config: CompiledConfig; directory: Directories } {
  if (options.stage !== undefined || options.region !== undefined || options.local)
    throw new CommandError(
      'whose people? --stage, --region and --local go with --deployed; without it, oncall.yml counts',
    )
  const { config, people } = requireBoth(options, io)
  return { config, directory: writtenDirectories(config, people) }
}

function deployedPeople(options: RouteOptions, io: CliIo): { config: CompiledConfig; directory: Directories } {
  const contacts = contactsOf(findTarget(options, io))
  const directory: Directories = async (project) => {
    const row = await contacts.read(project)
    for (const problem of row?.problems ?? []) io.err(`note: ${project} in the contacts table: ${problem}`)
    return row?.directory
  }
  return { config: readConfig(options, io), directory }
}

/** A wall-clock time in the zone, or a point in time that names its own offset. */
function timeOf(text: string, zone: string): Instant {
  const local = text.replace('T', ' ')
  if (isTime(local)) return instantOf(Temporal.PlainDateTime.from(text.replace(' ', 'T')), zone, 'first')
  const at = /T.*(Z|[+-]\d\d:?\d\d)$/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(at)) throw new CommandError(`--at ${text}: write a time such as 2026-12-05T18:30`)
  return at
}

function told(plan: Plan, project: string, severity: Severity, { timezone }: CompiledConfig): string {
  const when = `${day(plan.at, timezone)} ${timeSeenFrom(plan.at, plan.at, timezone)}`
  const lines = [`${severity} alert of ${project}, ${when} (${timezone}, ${utcOffset(plan.at, timezone)})`, '']
  if (plan.pages) {
    lines.push(layersTable(plan))
    const again = `then everybody again every ${duration(plan.repeatEveryMs, 'en')}`
    lines.push('', `${several(plan.rounds, 'round')}, ${again}, until ${endOf(plan)} or it recovers.`)
  } else lines.push('Nobody is paged.')
  lines.push(plan.chat.length > 0 ? `Told once per state change: ${plan.chat.join(', ')}.` : 'No robot is told.')
  return lines.join('\n')
}

function endOf({ acknowledgeOn }: Plan): string {
  return acknowledgeOn === 'key' ? 'somebody acknowledges' : 'somebody answers'
}
