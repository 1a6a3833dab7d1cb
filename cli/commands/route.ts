import { Option } from 'commander'
import { type CompiledConfig, OWN_PROJECT } from '../../shared/contracts/compiled-config.ts'
import { ownProperty } from '../../shared/contracts/own-property.ts'
import type { Language } from '../../shared/contracts/words.ts'
import { DEFAULT_SEVERITY, type Severity, severities } from '../../shared/contracts/words.ts'
import { day, duration, timeSeenFrom, utcOffset } from '../../shared/messages/times.ts'
import { words } from '../../shared/messages/words.ts'
import type { Directories } from '../../shared/oncall/owner.ts'
import type { Directory, Plan } from '../../shared/oncall/plan.ts'
import { planFor, reachesSomebody } from '../../shared/oncall/plans.ts'
import { callLimits } from '../call-limits.ts'
import type { SpokenCommand } from '../command.ts'
import {
  addConfigOption,
  addOnCallOption,
  noteUnknownProject,
  type OnCallOptions,
  readConfig,
  requireBoth,
} from '../configuration.ts'
import { contactsOf } from '../engine.ts'
import { BAD, CommandError, FINE } from '../failure.ts'
import type { CliIo, Done } from '../io.ts'
import { layersTable, withoutPhones, writtenDirectories } from '../plans.ts'
import { addTargetOptions, findTarget, type TargetOptions } from '../target.ts'
import { timeOption } from '../time-option.ts'
import { commonWords } from '../words/common.ts'
import { several } from '../words/counts.ts'
import { routeWords } from '../words/route.ts'

interface RouteOptions extends OnCallOptions, TargetOptions {
  project: string
  severity?: Severity
  at?: string
  deployed?: true
  json?: true
}

export function addRoute(program: SpokenCommand, io: CliIo, done: Done): void {
  const say = routeWords[io.language]
  const command = program
    .command('route')
    .description(say.about)
    .requiredOption('--project <project>', say.project)
    .addOption(new Option('--severity <severity>', say.severity).choices([...severities]))
    .option('--at <time>', say.at)
    .option('--deployed', say.deployed)
    .option('--json', commonWords[io.language].json)
  addTargetOptions(addOnCallOption(addConfigOption(command)))
    .withNotes(
      say.notes,
      'bin/fenghuo.js route --project pay --severity critical --at 2026-12-05T18:30',
      'bin/fenghuo.js route --project pay --deployed --stage prod',
    )
    .action(async (options: RouteOptions) => done(await route(options, io)))
}

async function route(options: RouteOptions, io: CliIo): Promise<number> {
  const { config, directory } = options.deployed ? deployedPeople(options, io) : writtenPeople(options, io)
  const project = ownProperty(config.projects, options.project)
  const severity = options.severity ?? project?.severity ?? DEFAULT_SEVERITY
  const at = options.at === undefined ? io.now() : timeOption('--at', options.at, io.now(), config.timezone)
  noteUnknownProject(options.project, config, io)
  // Who it is counts here, not how a queue names them.
  const plan = await planFor(options.project, severity, at, { config, directory, phoneHashOf: () => '' })
  if (options.json) io.out(JSON.stringify({ project: options.project, severity, ...withoutPhones(plan) }, null, 2))
  else io.out(told(plan, options.project, severity, config, await directory(options.project), io.language))
  return plan.pages && !reachesSomebody(plan) ? BAD : FINE
}

function writtenPeople(options: RouteOptions, io: CliIo): { config: CompiledConfig; directory: Directories } {
  if (options.stage !== undefined || options.region !== undefined || options.local)
    throw new CommandError({
      en: 'whose people? --stage, --region and --local go with --deployed; without it, oncall.yml counts',
      zh: '用谁的人？--stage、--region 和 --local 要与 --deployed 一起写；不写它则按 oncall.yml',
    })
  const { config, people } = requireBoth(options, io)
  return { config, directory: writtenDirectories(config, people) }
}

function deployedPeople(options: RouteOptions, io: CliIo): { config: CompiledConfig; directory: Directories } {
  const contacts = contactsOf(findTarget(options, io))
  const directory: Directories = async (project) => {
    const row = await contacts.read(project)
    for (const problem of row?.problems ?? [])
      io.err(commonWords[io.language].note(routeWords[io.language].row(project, problem[io.language])))
    return row?.directory
  }
  return { config: readConfig(options, io), directory }
}

function told(
  plan: Plan,
  project: string,
  severity: Severity,
  config: CompiledConfig,
  people: Directory | undefined,
  language: Language,
): string {
  const { timezone } = config
  const say = routeWords[language]
  const when = `${day(plan.at, timezone)} ${timeSeenFrom(plan.at, plan.at, timezone)}`
  const lines = [
    say.title(
      words[language].severity[severity],
      project,
      when,
      [timezone, utcOffset(plan.at, timezone)].join(words[language].comma),
    ),
    '',
  ]
  if (plan.pages) {
    lines.push(layersTable(plan, language))
    const limits = callLimits(config, people).filter(
      ({ policy }) => policy === (config.projects[project] ?? config.projects[OWN_PROJECT])?.policy,
    )
    lines.push(...limits.map(({ words }) => say.limit(words[language])))
    const rounds = several(plan.rounds, 'round', language)
    lines.push('', say.rounds(rounds, duration(plan.repeatEveryMs, language), say.until[plan.acknowledgeOn]))
  } else lines.push(say.nobody)
  lines.push(plan.chat.length > 0 ? say.chat(plan.chat.join(words[language].list)) : say.noChat)
  let waitedMs = 0
  for (const { chat, afterMs } of plan.later ?? []) {
    waitedMs += afterMs
    lines.push(say.later(chat.join(words[language].list), duration(waitedMs, language)))
  }
  if (plan.raiseAfterMs !== undefined) lines.push(say.raised(duration(plan.raiseAfterMs, language)))
  return lines.join('\n')
}
