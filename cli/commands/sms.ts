import type { Language } from '../../shared/contracts/words.ts'
import { lastResortTemplates } from '../../shared/messages/last-resort.ts'
import { namedTemplates, smsTemplates } from '../../shared/messages/sms.ts'
import type { SpokenCommand } from '../command.ts'
import { FINE } from '../failure.ts'
import type { CliIo, Done } from '../io.ts'
import { commonWords } from '../words/common.ts'
import { programWords } from '../words/program.ts'
import { sendingWords } from '../words/sending.ts'

interface TemplatesOptions {
  language?: Language
  json?: true
}

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
      templates(sub.optsWithGlobals(), io)
      done(FINE)
    })
}

function templates({ language, json }: TemplatesOptions, io: CliIo): void {
  const languages: Language[] = language ? [language] : ['zh', 'en']
  if (json) {
    io.out(JSON.stringify(Object.fromEntries(languages.map((one) => [one, textsIn(one)])), null, 2))
    return
  }
  const lines = languages.flatMap((one) =>
    Object.entries(textsIn(one)).map(([name, text]) => `${one} ${name.padEnd(19)}  ${text}`),
  )
  io.out(lines.join('\n'))
}

function textsIn(language: Language): Record<string, string> {
  const { numbered, named } = lastResortTemplates[language]
  const forAliyun = Object.entries(namedTemplates()[language]).map(([name, text]) => [`${name}-aliyun`, text])
  return {
    ...smsTemplates[language],
    ...Object.fromEntries(forAliyun),
    'last-resort-tencent': numbered,
    'last-resort-aliyun': named,
  }
}
