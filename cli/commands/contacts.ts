import type { CompiledConfig, CompiledRoute } from '../../shared/contracts/compiled-config.ts'
import { resolveReferences } from '../../shared/contracts/references.ts'
import { vcard } from '../../shared/oncall/vcard.ts'
import type { SpokenCommand } from '../command.ts'
import { addConfigOption, type ConfigOptions, readConfig } from '../configuration.ts'
import { CommandError, FINE } from '../failure.ts'
import type { CliIo, Done } from '../io.ts'
import { oncallWords } from '../words/oncall.ts'
import { programWords } from '../words/program.ts'

/** What the contact is called on people's phones. */
const NAME = '烽火 Fenghuo'

export function addContacts(program: SpokenCommand, io: CliIo, done: Done): void {
  const say = oncallWords[io.language].contacts
  const command = program
    .command('contacts')
    .description(say.about)
    .helpCommand('help [command]', programWords[io.language].help)
  const card = command.command('vcard').description(say.vcard)
  addConfigOption(card)
    .withNotes(say.notes, 'bin/fenghuo.js contacts vcard > fenghuo.vcf')
    .action((options: ConfigOptions) => done(printCard(options, io)))
}

function printCard(options: ConfigOptions, io: CliIo): number {
  const { value, missing } = resolveReferences(callersOf(readConfig(options, io)), io.env)
  if (missing.length > 0)
    throw new CommandError({
      en: `not set in the environment: ${missing.join(', ')}`,
      zh: `环境里没有设置：${missing.join('、')}`,
    })
  if (value.length === 0)
    throw new CommandError({
      en: 'no route of `channels.phone` has a caller: nobody is called by phone',
      zh: '`channels.phone` 没有一条线路写了 caller：不给任何人打电话',
    })
  io.out(vcard({ name: NAME, phones: [...new Set(value)] }).trimEnd())
  return FINE
}

/** The numbers that phones show: each route's `caller`. */
function callersOf({ channels }: CompiledConfig): string[] {
  const { routes = [] } = (channels.phone?.settings ?? {}) as { routes?: CompiledRoute[] }
  return routes.flatMap(({ settings }) => {
    const { caller } = settings as { caller?: unknown }
    return typeof caller === 'string' ? [caller] : []
  })
}
