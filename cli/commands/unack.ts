import type { SpokenCommand } from '../command.ts'
import { refuse } from '../desk/desk.ts'
import { openDesk } from '../desk/open-desk.ts'
import { FINE } from '../failure.ts'
import { numberOf, titleOf } from '../incident.ts'
import type { CliIo, Done } from '../io.ts'
import { type ActingOptions, addActingOptions, addConsoleOption } from '../target.ts'
import { actingWords } from '../words/acting.ts'
import { commonWords } from '../words/common.ts'

export function addUnack(program: SpokenCommand, io: CliIo, done: Done): void {
  const say = actingWords[io.language].unack
  const common = commonWords[io.language]
  const command = program
    .command('unack')
    .description(say.about)
    .argument('<number>', common.number, numberOf(io.language))
  addConsoleOption(addActingOptions(command))
    .withNotes('', 'bin/fenghuo.js unack 1024 --as lin --stage prod')
    .action(async (number: number, options: ActingOptions) => done(await unack(number, options, io)))
}

async function unack(number: number, options: ActingOptions, io: CliIo): Promise<number> {
  const acted = await (await openDesk(options, io)).act(number, { do: 'give-back' })
  if (!acted.changed) refuse(acted, { en: 'is nobody’s yet', zh: '还没有人认领' }, io)
  if (options.json) io.out(JSON.stringify({ incident: acted.machines }, null, 2))
  else io.out(actingWords[io.language].unack.given(titleOf(acted.found, io)))
  return FINE
}
