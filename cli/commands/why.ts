import { timelineTime } from '../../shared/messages/timeline.ts'
import type { SpokenCommand } from '../command.ts'
import { addConfigOption, type ConfigOptions } from '../configuration.ts'
import type { Why } from '../desk/desk.ts'
import { openDesk } from '../desk/open-desk.ts'
import { BAD, CommandError, FINE } from '../failure.ts'
import { numberOf } from '../incident.ts'
import type { CliIo, Done } from '../io.ts'
import { width } from '../table.ts'
import { addConsoleOption, addTargetOptions, type TargetOptions } from '../target.ts'
import { commonWords } from '../words/common.ts'
import { whyWords } from '../words/why.ts'

interface WhyOptions extends ConfigOptions, TargetOptions {
  key?: string
  project?: string
  json?: true
}

export function addWhy(program: SpokenCommand, io: CliIo, done: Done): void {
  const say = whyWords[io.language]
  const common = commonWords[io.language]
  const command = program
    .command('why')
    .description(say.about)
    .argument('[number]', common.number, numberOf(io.language))
    .option('--key <key>', say.key)
    .option('--project <project>', say.project)
    .option('--json', common.json)
  addConsoleOption(addTargetOptions(addConfigOption(command)))
    .withNotes(say.notes, 'bin/fenghuo.js why 1024', 'bin/fenghuo.js why --key checkout --project pay --stage prod')
    .action(async (number: number | undefined, options: WhyOptions) => {
      done(await why(number, options, io))
    })
}

async function why(number: number | undefined, options: WhyOptions, io: CliIo): Promise<number> {
  const { key, project } = options
  if ((number === undefined) === (key === undefined))
    throw new CommandError({ en: whyWords.en.one, zh: whyWords.zh.one })
  if (number !== undefined && project !== undefined)
    throw new CommandError({ en: whyWords.en.keysProject, zh: whyWords.zh.keysProject })
  const desk = await openDesk(options, io)
  const told = number === undefined ? await desk.whyOfKey(key ?? '', project) : await desk.why(number)
  const text = 'fate' in told ? told.fate : whyText(told, io)
  io.out(options.json ? JSON.stringify(told.machines, null, 2) : text)
  return 'fate' in told && told.neverCame ? BAD : FINE
}

function whyText({ title, project, openedAt, changes, decisions, notCalled, hasPolicy }: Why, io: CliIo): string {
  const say = whyWords[io.language]
  const lines = decisions.flatMap(({ at, text, rule }) => {
    const time = timelineTime(openedAt, at, io.timezone)
    return [`${time}  ${text}`, ...(rule === undefined ? [] : [`${' '.repeat(time.length)}  ${say.rule(rule)}`])]
  })
  return [
    title,
    ...(changes?.map(say.changed) ?? [say.changesUnread]),
    ...lines,
    ...(hasPolicy ? [] : [say.noPolicy(project)]),
    '',
    ...uncalledLines(notCalled, say),
  ].join('\n')
}

function uncalledLines(notCalled: Why['notCalled'], say: typeof whyWords.en): string[] {
  if (notCalled.length === 0) return [say.everybody]
  const widest = Math.max(...notCalled.map(({ name }) => width(name)))
  return [say.notCalled, ...notCalled.map(({ name, why }) => `  ${name}${' '.repeat(widest - width(name))}  ${why}`)]
}
