import { type Command, Option } from 'commander'
import { type TemplateFault, templateFaults } from '../../shared/channels/aliyun-voice/template-rules.ts'
import type { Language } from '../../shared/contracts/words.ts'
import { type VoiceTemplate, voiceTemplates } from '../../shared/messages/voice-templates.ts'
import { CommandError, FINE } from '../failure.ts'
import type { CliIo, Done } from '../io.ts'

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

const faultWords: Record<TemplateFault['fault'], (what: string) => string> = {
  length: (what) => `${what} characters; 1 to 1000 are taken`,
  character: (what) => `"${what}" is not taken: none of # / : - % ¥ $ [ ] 【 】, and no http or https`,
  address: (what) => `the IP address ${what} is not taken`,
  name: (what) => `\${${what}} is no name that is taken: a letter first, and not id, email, mobile, nick or site`,
  twice: (what) => `\${${what}} stands there twice`,
  touching: (what) => `nothing but punctuation stands between ${what} and the next variable`,
  'only-variables': () => 'nothing but variables',
}

export function addVoice(program: Command, io: CliIo, done: Done): void {
  program
    .command('voice')
    .description('Phone calls')
    .command('templates')
    .description('Print the templates to have approved at a vendor of calls; one set serves every project')
    .addOption(new Option('--language <language>', '(default: both)').choices(['zh', 'en']))
    .option('--check <text>', 'check this text by the rules of Alibaba Cloud in place of printing any')
    .option('--json', 'one object for machines')
    .addHelpText(
      'after',
      '\nTheir numbers go into fenghuo.yml, below the route: templates: { zh: { page: "TTS_…", … } }.' +
        '\n\nExample:\n  bin/fenghuo.js voice templates --language zh',
    )
    .action((options: TemplatesOptions) => {
      if (options.check === undefined) templates(options, io)
      else check(options.check, io)
      done(FINE)
    })
}

function check(text: string, io: CliIo): void {
  const faults = templateFaults(text).map(({ fault, what }) => faultWords[fault](what))
  if (faults.length > 0) throw new CommandError(faults.join('\n'))
  io.out('as the vendor takes it')
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
