import { templateFaults } from '../../shared/channels/aliyun-voice/template-rules.ts'
import type { Language } from '../../shared/contracts/words.ts'
import { type VoiceTemplate, voiceTemplates } from '../../shared/messages/voice-templates.ts'
import type { SpokenCommand } from '../command.ts'
import { CommandError, FINE } from '../failure.ts'
import type { CliIo, Done } from '../io.ts'
import { commonWords } from '../words/common.ts'
import { programWords } from '../words/program.ts'
import { voiceWords } from '../words/voice.ts'

interface TemplatesOptions {
  language?: Language
  check?: string
  json?: true
}

/** Which routes ask for a template. */
const routesOf: Record<VoiceTemplate, string> = {
  page: 'aliyun-ivr',
  several: 'aliyun-ivr',
  taken: 'aliyun-ivr',
  passed: 'aliyun-ivr',
}

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
      const options: TemplatesOptions = sub.optsWithGlobals()
      if (options.check === undefined) templates(options, io)
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

function templates({ language, json }: TemplatesOptions, io: CliIo): void {
  const languages: Language[] = language ? [language] : ['zh', 'en']
  if (json) {
    io.out(JSON.stringify(Object.fromEntries(languages.map((one) => [one, voiceTemplates[one]])), null, 2))
    return
  }
  const lines = languages.flatMap((one) =>
    Object.entries(voiceTemplates[one]).map(
      ([name, text]) => `${one} ${name.padEnd(8)}  ${routesOf[name as VoiceTemplate].padEnd(10)}  ${text}`,
    ),
  )
  io.out(lines.join('\n'))
}
