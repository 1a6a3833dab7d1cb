import { formatProblems, type Problem, shownProblem } from '../../shared/config/problem.ts'
import type { CompiledConfig } from '../../shared/contracts/compiled-config.ts'
import type { Language } from '../../shared/contracts/words.ts'
import type { Directory } from '../../shared/oncall/plan.ts'
import type { SpokenCommand } from '../command.ts'
import { addConfigOption, addOnCallOption, type OnCallOptions, readBoth } from '../configuration.ts'
import { BAD, FINE } from '../failure.ts'
import type { CliIo, Done } from '../io.ts'
import {
  unsetVariables,
  warningsOfAddresses,
  warningsOfConfig,
  warningsOfLimits,
  warningsOfNumbers,
  warningsOfPeople,
} from '../warnings.ts'
import { commonWords } from '../words/common.ts'
import { several } from '../words/counts.ts'
import { validateWords } from '../words/validate.ts'

export function addValidate(program: SpokenCommand, io: CliIo, done: Done): void {
  const say = validateWords[io.language]
  const command = program.command('validate').description(say.about).option('--json', commonWords[io.language].json)
  addOnCallOption(addConfigOption(command))
    .withNotes('', 'bin/fenghuo.js validate', 'bin/fenghuo.js validate --config staging.yml --json')
    .action((options: OnCallOptions & { json?: true }) => done(validate(options, io)))
}

function validate(options: OnCallOptions & { json?: true }, io: CliIo): number {
  const { config, people, problems, words, placed } = readBoth(options, io)
  const { language } = io
  const say = validateWords[language]
  const ok = problems.length === 0
  const unset = config === undefined ? [] : unsetVariables(config, io.env)
  const warnings = [
    ...(config === undefined ? [] : warningsOfConfig(config, placed.config)),
    ...(config === undefined ? [] : warningsOfLimits(config, people, placed.config)),
    ...(people === undefined ? [] : warningsOfPeople(people, io.now(), placed.people)),
    ...(config === undefined || people === undefined
      ? []
      : [
          ...warningsOfNumbers(config, people, placed.people),
          ...warningsOfAddresses(config, people, io.now(), placed.people),
        ]),
  ]
  const general = [
    ...(unset.length === 0 ? [] : [say.unset(unset)]),
    ...(ok && people === undefined ? [say.nobody] : []),
  ]
  const shown = (all: Problem[]) => all.map((one) => shownProblem(one, language))
  if (options.json) io.out(JSON.stringify({ ok, problems: shown(problems), warnings: shown(warnings), unset }, null, 2))
  else {
    if (!ok) io.out(`${words[language]}\n${several(problems.length, 'mistake', language)}`)
    for (const warning of [...general, ...warnings.map((one) => formatProblems([one], language))])
      io.err(commonWords[language].warning(warning))
    if (config && ok) io.out(say.fine(countsOf(config, people, language)))
  }
  return ok ? FINE : BAD
}

function countsOf(config: CompiledConfig, people: Directory | undefined, language: Language): string[] {
  const counts = [
    several(Object.keys(config.projects).length, 'project', language),
    several(config.checks.length, 'check', language),
    several(Object.keys(config.vantages).length, 'vantage', language),
    several(Object.keys(config.channels).length, 'channel', language),
  ]
  if (people) {
    counts.push(several(Object.keys(people.contacts).length, 'contact', language))
    counts.push(several(Object.keys(people.schedules).length, 'schedule', language))
  }
  return counts
}
