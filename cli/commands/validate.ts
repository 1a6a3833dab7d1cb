import type { Command } from 'commander'
import { toldOutOfReach } from '../../shared/config/out-of-reach.ts'
import type { CompiledConfig } from '../../shared/contracts/compiled-config.ts'
import { references } from '../../shared/contracts/references.ts'
import type { Directory } from '../../shared/oncall/plan.ts'
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
