import type { Command } from 'commander'
import { toldOutOfReach } from '../../shared/config/out-of-reach.ts'
import type { CompiledConfig } from '../../shared/contracts/compiled-config.ts'
import { references } from '../../shared/contracts/references.ts'
import type { Instant } from '../../shared/contracts/words.ts'
import type { Directory } from '../../shared/oncall/plan.ts'
import { onCall, overrideSpan, startOf } from '../../shared/oncall/rotation.ts'
import { addConfigOption, addOnCallOption, type OnCallOptions, readBoth } from '../configuration.ts'
import { BAD, FINE } from '../failure.ts'
import type { CliIo, Done } from '../io.ts'
import { several } from '../table.ts'

export function addValidate(program: Command, io: CliIo, done: Done): void {
  const command = program
    .command('validate')
    .description('Check fenghuo.yml and oncall.yml: every mistake with its file, line and column')
    .option('--json', 'one object for machines')
  addOnCallOption(addConfigOption(command))
    .addHelpText('after', '\nExamples:\n  fenghuo validate\n  fenghuo validate --config staging.yml --json')
    .action((options: OnCallOptions & { json?: true }) => done(validate(options, io)))
}

function validate(options: OnCallOptions & { json?: true }, io: CliIo): number {
  const { config, people, problems, told } = readBoth(options, io)
  const ok = problems.length === 0
  const unset = config === undefined ? [] : unsetVariables(config, io.env)
  const warnings = [
    ...unset.map(({ name, usedBy }) => `${name} is not set in the environment; used by ${usedBy.join(', ')}`),
    ...(config === undefined ? [] : toldOutOfReach(config)),
    ...(ok && people === undefined ? ['there is no oncall.yml: the names in policies were not checked'] : []),
    ...(config === undefined ? [] : plainSecrets(config)),
    ...(people === undefined ? [] : outOfTime(people, io.now())),
  ]
  if (options.json) io.out(JSON.stringify({ ok, problems, warnings, unset }, null, 2))
  else {
    if (!ok) io.out(`${told}\n${several(problems.length, 'mistake')}`)
    for (const warning of warnings) io.err(`warning: ${warning}`)
    if (config && ok) io.out(`fine: ${summary(config, people)}`)
  }
  return ok ? FINE : BAD
}

/** Variables that the configuration refers to and the environment lacks, with the places that need them. */
function unsetVariables(config: CompiledConfig, env: CliIo['env']): { name: string; usedBy: string[] }[] {
  const places: [string, unknown][] = [
    ['baseUrl', config.baseUrl],
    ...Object.values(config.channels).map((channel): [string, unknown] => [`channels.${channel.name}`, channel]),
    ...Object.values(config.projects).map((project): [string, unknown] => [`projects.${project.name}`, project]),
    ...config.checks.map((check): [string, unknown] => [`projects.${check.project}.checks.${check.name}`, check]),
  ]
  return references(config)
    .filter((name) => !env[name])
    .map((name) => ({
      name,
      usedBy: places.flatMap(([place, value]) => (references(value).includes(name) ? [place] : [])),
    }))
}

/** The settings of channels whose value is for nobody to read. */
const SECRET = /^(key|token|secret|password|secretKey|accessKeySecret)$/

/** Secrets that stand in the file itself: whoever reads it can post. */
function plainSecrets({ channels }: CompiledConfig): string[] {
  return Object.values(channels).flatMap(({ name, settings }) =>
    secretsIn(settings).map(
      (key) => `channels.${name}: \`${key}\` is written in plain text: put it into the environment, and \${NAME} here`,
    ),
  )
}

function secretsIn(settings: unknown): string[] {
  if (settings === null || typeof settings !== 'object') return []
  return Object.entries(settings).flatMap(([key, value]) => {
    if (typeof value !== 'string') return secretsIn(value)
    return SECRET.test(key) && references(value).length === 0 ? [key] : []
  })
}

/** Whoever has just been stood in for need not be told of it. */
const DAY_MS = 86_400_000

/** What of `oncall.yml` is not yet so, or not any more. */
function outOfTime({ schedules, overrides }: Directory, now: Instant): string[] {
  const early = Object.entries(schedules).flatMap(([name, schedule]) => {
    const start = startOf(schedule)
    if (start <= now) return []
    const present = onCall(schedule, overrides, now)
    return [
      `schedules.${name} starts on ${schedule.start}; until then its turns are counted back: ${present} is on call now`,
    ]
  })
  const over = overrides.flatMap((override, index) => {
    const schedule = schedules[override.schedule]
    if (schedule === undefined || overrideSpan(override, schedule.timezone).end > now - DAY_MS) return []
    return [`overrides.${index} (${override.contact} for ${override.schedule}) ended at ${override.to}: it can go`]
  })
  return [...early, ...over]
}

function summary(config: CompiledConfig, people: Directory | undefined): string {
  const counts = [
    several(Object.keys(config.projects).length, 'project'),
    several(config.checks.length, 'check'),
    several(Object.keys(config.vantages).length, 'vantage'),
    several(Object.keys(config.channels).length, 'channel'),
  ]
  if (people) {
    counts.push(several(Object.keys(people.contacts).length, 'contact'))
    counts.push(several(Object.keys(people.schedules).length, 'schedule'))
  }
  return counts.join(', ')
}
