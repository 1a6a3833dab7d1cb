import { act, refuse } from '../acting.ts'
import type { SpokenCommand } from '../command.ts'
import { FINE } from '../failure.ts'
import { numberOf, shownIncident, titleOf } from '../incident.ts'
import type { CliIo, Done } from '../io.ts'
import { type ActingOptions, addActingOptions } from '../target.ts'
import { actingWords } from '../words/acting.ts'
import { commonWords } from '../words/common.ts'

export function addUnack(program: SpokenCommand, io: CliIo, done: Done): void {
  const say = actingWords[io.language].unack
  const common = commonWords[io.language]
  const command = program
    .command('unack')
    .description(say.about)
    .argument('<number>', common.number, numberOf(io.language))
  addActingOptions(command)
    .withNotes('', 'bin/fenghuo.js unack 1024 --as lin --stage prod')
    .action(async (number: number, options: ActingOptions) => done(await unack(number, options, io)))
}

async function unack(number: number, options: ActingOptions, io: CliIo): Promise<number> {
  const acted = await act(
    number,
    options,
    ({ generation }, by) => ({ type: 'give-back', generation, via: 'cli', by }),
    io,
  )
  if (!acted.changed) refuse(acted, { en: 'is nobody’s yet', zh: '还没有人认领' }, io)
  if (options.json) io.out(JSON.stringify({ incident: shownIncident(acted.state, io) }, null, 2))
  else io.out(actingWords[io.language].unack.given(titleOf(acted.found, io)))
  return FINE
}
