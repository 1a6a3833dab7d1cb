import { InvalidArgumentError } from 'commander'
import type { Language } from '../../shared/contracts/words.ts'
import type { SpokenCommand } from '../command.ts'
import { addConfigOption, type ConfigOptions } from '../configuration.ts'
import { refuse } from '../desk/desk.ts'
import { openDesk } from '../desk/open-desk.ts'
import { FINE } from '../failure.ts'
import { numberOf, titleOf } from '../incident.ts'
import type { CliIo, Done } from '../io.ts'
import { type ActingOptions, addActingOptions, addConsoleOption } from '../target.ts'
import { actingWords } from '../words/acting.ts'
import { commonWords } from '../words/common.ts'

type EscalateOptions = ActingOptions & ConfigOptions & { layer?: number; to?: string[]; policy?: string }

export function addEscalate(program: SpokenCommand, io: CliIo, done: Done): void {
  const say = actingWords[io.language].escalate
  const common = commonWords[io.language]
  const command = program
    .command('escalate')
    .description(say.about)
    .argument('<number>', common.number, numberOf(io.language))
    .option('--layer <layer>', say.layer, layerOf(io.language))
    .option('--to <names...>', say.to)
    .option('--policy <policy>', say.policy)
  addConsoleOption(addActingOptions(addConfigOption(command)))
    .withNotes(
      say.notes,
      'bin/fenghuo.js escalate 1024 --stage prod',
      'bin/fenghuo.js escalate 1024 --layer 3',
      'bin/fenghuo.js escalate 1024 --to dba wang',
      'bin/fenghuo.js escalate 1024 --policy network',
    )
    .action(async (number: number, options: EscalateOptions) => done(await escalate(number, options, io)))
}

const layerOf =
  (language: Language) =>
  (text: string): number => {
    if (/^[1-9]\d?$/.test(text)) return Number(text) - 1
    throw new InvalidArgumentError(actingWords[language].escalate.notLayer)
  }

async function escalate(number: number, options: EscalateOptions, io: CliIo): Promise<number> {
  const { layer, to, policy } = options
  const asked = {
    ...(layer !== undefined && { layer }),
    ...(to !== undefined && { to }),
    ...(policy !== undefined && { policy }),
  }
  const acted = await (await openDesk(options, io)).act(number, { do: 'escalate', ...asked })
  if (!acted.changed)
    refuse(
      acted,
      {
        en: 'pages nobody now, because of a silence, its policy or its severity: see bin/fenghuo.js incidents',
        zh: '现在不呼叫任何人，因为静默、策略或它的级别：见 bin/fenghuo.js incidents',
      },
      io,
    )
  if (options.json) io.out(JSON.stringify({ ...asked, incident: acted.machines }, null, 2))
  else io.out(actingWords[io.language].escalate.escalated(titleOf(acted.found, io), to?.join(', '), policy))
  return FINE
}
