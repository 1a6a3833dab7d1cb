import type { SpokenCommand } from '../command.ts'
import { refuse } from '../desk/desk.ts'
import { openDesk } from '../desk/open-desk.ts'
import { FINE } from '../failure.ts'
import { numberOf, titleOf } from '../incident.ts'
import type { CliIo, Done } from '../io.ts'
import { type ActingOptions, addActingOptions, addConsoleOption } from '../target.ts'
import { actingWords } from '../words/acting.ts'
import { commonWords } from '../words/common.ts'

export function addSplit(program: SpokenCommand, io: CliIo, done: Done): void {
  const say = actingWords[io.language].split
  const common = commonWords[io.language]
  const command = program
    .command('split')
    .description(say.about)
    .argument('<number>', common.number, numberOf(io.language))
  addConsoleOption(addActingOptions(command))
    .withNotes('', 'bin/fenghuo.js split 1025 --as lin --stage prod')
    .action(async (number: number, options: ActingOptions) => done(await split(number, options, io)))
}

async function split(number: number, options: ActingOptions, io: CliIo): Promise<number> {
  const acted = await (await openDesk(options, io)).split(number)
  const { changed, from } = acted
  if (!changed || from === undefined) return refuse(acted, { en: 'is merged into none', zh: '没有并入别的告警单' }, io)
  if (options.json) io.out(JSON.stringify({ incident: acted.machines }, null, 2))
  else io.out(actingWords[io.language].split.split(titleOf(acted.found, io), from))
  return FINE
}
