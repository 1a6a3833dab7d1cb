import { channels } from '../../shared/channels/registered/channels.ts'
import type { SpokenCommand } from '../command.ts'
import { FINE } from '../failure.ts'
import type { CliIo, Done } from '../io.ts'
import { printTemplates } from '../templates.ts'
import { commonWords } from '../words/common.ts'
import { programWords } from '../words/program.ts'
import { sendingWords } from '../words/sending.ts'

export function addSms(program: SpokenCommand, io: CliIo, done: Done): void {
  const say = sendingWords[io.language].sms
  program
    .command('sms')
    .description(say.about)
    .helpCommand('help [command]', programWords[io.language].help)
    .command('templates')
    .description(say.templates)
    .option('--json', commonWords[io.language].json)
    .withNotes(say.notes, 'bin/fenghuo.js sms templates --language zh')
    .action((_: unknown, sub: SpokenCommand) => {
      printTemplates(Object.keys(channels), sub.optsWithGlobals(), io)
      done(FINE)
    })
}
