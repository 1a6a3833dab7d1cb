import { type Command, Option } from 'commander'
import type { Language } from '../../shared/contracts/words.ts'
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
        "\nexhausted the page's is used.\n\nExample:\n  fenghuo sms templates --language zh",
    )
    .action((options: TemplatesOptions) => {
      templates(options, io)
      done(FINE)
    })
}

function templates({ language, json }: TemplatesOptions, io: CliIo): void {
  const languages: Language[] = language ? [language] : ['zh', 'en']
  if (json) {
    io.out(JSON.stringify(Object.fromEntries(languages.map((one) => [one, smsTemplates[one]])), null, 2))
    return
  }
  const lines = languages.flatMap((one) =>
    Object.entries(smsTemplates[one]).map(([name, text]) => `${one} ${name.padEnd(9)}  ${text}`),
  )
  io.out(lines.join('\n'))
}
