import type { Command } from 'commander'
import { formatProblems } from '../../shared/config/problem.ts'
import type { CompiledConfig } from '../../shared/contracts/compiled-config.ts'
import type { Directory } from '../../shared/oncall/plan.ts'
import { addConfigOption, addOnCallOption, type OnCallOptions, readBoth } from '../configuration.ts'
import { BAD, FINE } from '../failure.ts'
import type { CliIo, Done } from '../io.ts'
import { several } from '../table.ts'
import { unsetVariables, warningsOfConfig, warningsOfPeople } from '../warnings.ts'

export function addValidate(program: Command, io: CliIo, done: Done): void {
  const command = program
    .command('validate')
    .description('Check fenghuo.yml and oncall.yml: every mistake with its file, line and column')
    .option('--json', 'one object for machines')
  addOnCallOption(addConfigOption(command))
    .addHelpText(
      'after',
      '\nExamples:\n  bin/fenghuo.js validate\n  bin/fenghuo.js validate --config staging.yml --json',
    )
    .action((options: OnCallOptions & { json?: true }) => done(validate(options, io)))
}

function validate(options: OnCallOptions & { json?: true }, io: CliIo): number {
  const { config, people, problems, told, placed } = readBoth(options, io)
  const ok = problems.length === 0
  const unset = config === undefined ? [] : unsetVariables(config, io.env)
  const warnings = [
    ...(config === undefined ? [] : warningsOfConfig(config, placed.config)),
    ...(people === undefined ? [] : warningsOfPeople(people, io.now(), placed.people)),
  ]
  const general = [
    ...unset.map(({ name, usedBy }) => `${name} is not set in the environment; used by ${usedBy.join(', ')}`),
    ...(ok && people === undefined ? ['there is no oncall.yml: the names in policies were not checked'] : []),
  ]
  if (options.json) io.out(JSON.stringify({ ok, problems, warnings, unset }, null, 2))
  else {
    if (!ok) io.out(`${told}\n${several(problems.length, 'mistake')}`)
    for (const warning of [...general, ...warnings.map((one) => formatProblems([one]))]) io.err(`warning: ${warning}`)
    if (config && ok) io.out(`fine: ${summary(config, people)}`)
  }
  return ok ? FINE : BAD
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
