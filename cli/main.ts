import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { addAck } from './commands/ack.ts'
import { addApply } from './commands/apply.ts'
import { addCalendar } from './commands/calendar.ts'
import { addCheck } from './commands/check.ts'
import { addContacts } from './commands/contacts.ts'
import { addDeploy } from './commands/deploy.ts'
import { addDoctor } from './commands/doctor.ts'
import { addDrill } from './commands/drill.ts'
import { addHeartbeat } from './commands/heartbeat.ts'
import { addInbound } from './commands/inbound.ts'
import { addIncidents } from './commands/incidents.ts'
import { addLocal } from './commands/local.ts'
import { addNote } from './commands/note.ts'
import { addOncall } from './commands/oncall.ts'
import { addOverride } from './commands/override.ts'
import { addPage } from './commands/page.ts'
import { addReplay } from './commands/replay.ts'
import { addResolve } from './commands/resolve.ts'
import { addRoute } from './commands/route.ts'
import { addSend } from './commands/send.ts'
import { addSms } from './commands/sms.ts'
import { addValidate } from './commands/validate.ts'
import { addVoice } from './commands/voice.ts'
import { exitCodes, failureOf } from './failure.ts'
import { type CliIo, systemIo } from './io.ts'

function version(): string {
  return JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version
}

/** Runs the command line with the arguments after `fenghuo`. Resolves with the exit code; rejects never. */
export async function main(args: string[], io: CliIo = systemIo()): Promise<number> {
  let code = 0
  const done = (result: number) => {
    code = result
  }
  const program = new Command('bin/fenghuo.js')
    .version(version(), '--version', 'say which version this is')
    .description('烽火: probes near each cloud, and phone calls until a human answers')
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.out(text.trimEnd()), writeErr: (text) => io.err(text.trimEnd()) })
    .addHelpText('after', `\n${exitCodes}\nbin/fenghuo.js <command> --help tells more, with examples.`)
  addLocal(program, done)
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
  addDoctor(program, io, done)
  addIncidents(program, io, done)
  addAck(program, io, done)
  addResolve(program, io, done)
  addNote(program, io, done)
  addSend(program, io, done)
  addInbound(program, io, done)
  addReplay(program, io, done)
  addPage(program, io, done)
  addSms(program, io, done)
  addVoice(program, io, done)
  try {
    await program.parseAsync(args, { from: 'user' })
    return code
  } catch (error) {
    io.progress?.('')
    const failure = failureOf(error)
    if (failure.message !== undefined) io.err(failure.message)
    return failure.code
  }
}
