import { type Command, Option } from 'commander'
import type { Language } from '../../shared/contracts/words.ts'
import { lastResortTemplates } from '../../shared/messages/last-resort.ts'
import { smsTemplates } from '../../shared/messages/sms.ts'
import { FINE } from '../failure.ts'
import type { CliIo, Done } from '../io.ts'

interface TemplatesOptions {
  language?: Language
  json?: true
}

export function addSms(program: Command, io: CliIo, done: Done): void {
  program
    .command('sms')
    .description('Text messages')
    .command('templates')
    .description("Print the templates to have approved at a text message vendor's; one set serves every project")
    .addOption(new Option('--language <language>', '(default: both)').choices(['zh', 'en']))
    .option('--json', 'one object for machines')
    .addHelpText(
      'after',
      '\nTheir ids go into fenghuo.yml: templates: { page: "…", resolved: "…", exhausted: "…" }; without one for' +
        "\nexhausted the page's is used. Those for the last resort are for probes in Tencent Cloud (numbered variables) and\nAlibaba Cloud (named ones): LAST_RESORT_SMS_TEMPLATE.\n\nExample:\n  bin/fenghuo.js sms templates --language zh",
    )
    .action((options: TemplatesOptions) => {
      templates(options, io)
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
  return { ...smsTemplates[language], 'last-resort-tencent': numbered, 'last-resort-aliyun': named }
}
