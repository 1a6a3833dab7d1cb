import { templateFaults } from '../../shared/channels/aliyun-voice/template-rules.ts'
import { voiceRoutes } from '../../shared/channels/registered/voice-routes.ts'
import type { Language } from '../../shared/contracts/words.ts'
import type { SpokenCommand } from '../command.ts'
import { CommandError, FINE } from '../failure.ts'
import type { CliIo, Done } from '../io.ts'
import { printTemplates, type TemplatesOptions } from '../templates.ts'
import { commonWords } from '../words/common.ts'
import { programWords } from '../words/program.ts'
import { voiceWords } from '../words/voice.ts'

export function addVoice(program: SpokenCommand, io: CliIo, done: Done): void {
  const say = voiceWords[io.language]
  program
    .command('voice')
    .description(say.about)
    .helpCommand('help [command]', programWords[io.language].help)
    .command('templates')
    .description(say.templates)
    .option('--check <text>', say.check)
    .option('--json', commonWords[io.language].json)
    .withNotes(say.notes, 'bin/fenghuo.js voice templates --language zh')
    .action((_: unknown, sub: SpokenCommand) => {
      const options: TemplatesOptions & { check?: string } = sub.optsWithGlobals()
      if (options.check === undefined) printTemplates(Object.keys(voiceRoutes), options, io)
      else check(options.check, io)
      done(FINE)
    })
}

function check(text: string, io: CliIo): void {
  const faults = templateFaults(text)
  const told = (language: Language) =>
    faults.map(({ fault, what }) => voiceWords[language].fault[fault](what)).join('\n')
  if (faults.length > 0) throw new CommandError({ en: told('en'), zh: told('zh') })
  io.out(voiceWords[io.language].fine)
}
