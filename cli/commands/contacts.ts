import type { Command } from 'commander'
import type { CompiledConfig, CompiledRoute } from '../../shared/contracts/compiled-config.ts'
import { resolveReferences } from '../../shared/contracts/references.ts'
import { vcard } from '../../shared/oncall/vcard.ts'
import { addConfigOption, type ConfigOptions, readConfig } from '../configuration.ts'
import { CommandError, FINE } from '../failure.ts'
import type { CliIo, Done } from '../io.ts'

/** What the contact is called on people's phones. */
const NAME = '烽火 Fenghuo'

export function addContacts(program: Command, io: CliIo, done: Done): void {
  const command = program.command('contacts').description('What people keep of Fenghuo on their phones')
  const card = command
    .command('vcard')
    .description('A contact with the numbers that call: a phone lets it through while it is silent')
  addConfigOption(card)
    .addHelpText(
      'after',
      '\nImport it, then switch on "Emergency Bypass" for its ringtone and text tone (iOS), or star it and allow starred contacts (Android).' +
        '\n\nExample:\n  bin/fenghuo.js contacts vcard > fenghuo.vcf',
    )
    .action((options: ConfigOptions) => done(printCard(options, io)))
}

function printCard(options: ConfigOptions, io: CliIo): number {
  const { value, missing } = resolveReferences(callersOf(readConfig(options, io)), io.env)
  if (missing.length > 0) throw new CommandError(`not set in the environment: ${missing.join(', ')}`)
  if (value.length === 0) throw new CommandError('no route of `channels.phone` has a caller: nobody is called by phone')
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
