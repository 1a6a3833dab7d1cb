import { readFileSync } from 'node:fs'
import { Option } from 'commander'
import type { Language } from '../shared/contracts/words.ts'
import { SpokenCommand } from './command.ts'
import { addAck } from './commands/ack.ts'
import { addApply } from './commands/apply.ts'
import { addCalendar } from './commands/calendar.ts'
import { addCheck } from './commands/check.ts'
import { addContacts } from './commands/contacts.ts'
import { addDeploy } from './commands/deploy.ts'
import { addDoctor } from './commands/doctor.ts'
import { addDrill } from './commands/drill.ts'
import { addEscalate } from './commands/escalate.ts'
import { addHeartbeat } from './commands/heartbeat.ts'
import { addInbound } from './commands/inbound.ts'
import { addIncidents } from './commands/incidents.ts'
import { addLocal } from './commands/local.ts'
import { addMaintenance } from './commands/maintenance.ts'
import { addMerge } from './commands/merge.ts'
import { addNote } from './commands/note.ts'
import { addOncall } from './commands/oncall.ts'
import { addOverride } from './commands/override.ts'
import { addPage } from './commands/page.ts'
import { addPreview } from './commands/preview.ts'
import { addRegion } from './commands/region.ts'
import { addReplay } from './commands/replay.ts'
import { addReport } from './commands/report.ts'
import { addResolve } from './commands/resolve.ts'
import { addRoute } from './commands/route.ts'
import { addSend } from './commands/send.ts'
import { addSilence } from './commands/silence.ts'
import { addSms } from './commands/sms.ts'
import { addSnooze } from './commands/snooze.ts'
import { addSplit } from './commands/split.ts'
import { addStatus } from './commands/status.ts'
import { addUnack } from './commands/unack.ts'
import { addValidate } from './commands/validate.ts'
import { addVoice } from './commands/voice.ts'
import { addWhy } from './commands/why.ts'
import { failureOf } from './failure.ts'
import { type CliIo, type Done, systemIo } from './io.ts'
import { takeStacksFiles } from './stacks-files.ts'
import { programWords } from './words/program.ts'

function version(): string {
  return JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version
}

/** Runs the command line with the arguments after `fenghuo`. Resolves with the exit code; rejects never. */
export async function main(args: string[], system: CliIo = systemIo()): Promise<number> {
  const end = args.indexOf('--')
  const own = end < 0 ? args : args.slice(0, end)
  const io = { ...system, language: languageIn(own) ?? system.language }
  let code = 0
  const done = (result: number) => {
    code = result
  }
  try {
    // Commander forgets where `--` stood, and reads on behind it: a program's `ENV=prod` is no matcher.
    const isRunner = end >= 0 && commandIn(own) === 'silence'
    await programOf(io, done, isRunner ? args.slice(end + 1) : undefined).parseAsync(isRunner ? own : args, {
      from: 'user',
    })
    return code
  } catch (error) {
    io.progress?.('')
    const failure = failureOf(error, io.language)
    if (failure.message !== undefined) io.err(failure.message)
    return failure.code
  }
}

/** All commands, in the language of the terminal. `toRun`: the program that one of them is to run, with its arguments. */
export function programOf(io: CliIo, done: Done, toRun?: string[]): SpokenCommand {
  const say = programWords[io.language]
  const program = new SpokenCommand('bin/fenghuo.js', io.language)
  program
    .version(version(), '--version', say.version)
    .description(say.about)
    .helpCommand('help [command]', say.help)
    .addOption(new Option('--language <language>', say.language).choices(['zh', 'en']))
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.out(text.trimEnd()), writeErr: (text) => io.err(text.trimEnd()) })
    .addHelpText('after', `\n${say.exitCodes}\n${say.more}`)
    .hook('preAction', (_, command) => takeStacksFiles(command, io))
  addLocal(program, io, done)
  addValidate(program, io, done)
  addCheck(program, io, done)
  addHeartbeat(program, io, done)
  addApply(program, io, done)
  addDeploy(program, io, done)
  addRoute(program, io, done)
  addOncall(program, io, done)
  addOverride(program, io, done)
  addCalendar(program, io, done)
  addContacts(program, io, done)
  addDrill(program, io, done)
  addRegion(program, io, done)
  addDoctor(program, io, done)
  addIncidents(program, io, done)
  addWhy(program, io, done)
  addReport(program, io, done)
  addAck(program, io, done)
  addUnack(program, io, done)
  addMerge(program, io, done)
  addSplit(program, io, done)
  addSnooze(program, io, done)
  addEscalate(program, io, done)
  addResolve(program, io, done)
  addNote(program, io, done)
  addSilence(program, io, done, toRun)
  addMaintenance(program, io, done)
  addStatus(program, io, done)
  addSend(program, io, done)
  addInbound(program, io, done)
  addReplay(program, io, done)
  addPage(program, io, done)
  addPreview(program, io, done)
  addSms(program, io, done)
  addVoice(program, io, done)
  return program
}

/** The language that the arguments ask for: the help, too, is in it, so it is known before they are read. */
function languageIn(args: string[]): Language | undefined {
  const at = args.findLastIndex(isOfLanguage)
  const given = args[at]?.split('=')[1] ?? (at < 0 ? undefined : args[at + 1])
  return given === 'zh' || given === 'en' ? given : undefined
}

function commandIn(args: string[]): string | undefined {
  return args.find((argument, at) => !isOfLanguage(argument) && args[at - 1] !== '--language')
}

function isOfLanguage(argument: string): boolean {
  return /^--language(?==|$)/.test(argument)
}
