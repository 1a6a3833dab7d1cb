import type { SpokenCommand } from '../command.ts'
import { refuse } from '../desk/desk.ts'
import { openDesk } from '../desk/open-desk.ts'
import { CommandError, FINE } from '../failure.ts'
import { numberOf, titleOf } from '../incident.ts'
import type { CliIo, Done } from '../io.ts'
import { type ActingOptions, addActingOptions, addConsoleOption } from '../target.ts'
import { actingWords } from '../words/acting.ts'

export function addMerge(program: SpokenCommand, io: CliIo, done: Done): void {
  const say = actingWords[io.language].merge
  const readNumber = numberOf(io.language)
  const command = program
    .command('merge')
    .description(say.about)
    .argument('<into>', say.into, readNumber)
    .argument('<others...>', say.others, (text: string, before: number[] = []) => [...before, readNumber(text)])
  addConsoleOption(addActingOptions(command))
    .withNotes(say.notes, 'bin/fenghuo.js merge 1024 1025 1026 --as lin --stage prod')
    .action(async (into: number, others: number[], options: ActingOptions) =>
      done(await merge(into, [...new Set(others)], options, io)),
    )
}

async function merge(number: number, others: number[], options: ActingOptions, io: CliIo): Promise<number> {
  const { en, zh } = actingWords
  if (others.includes(number)) throw new CommandError({ en: en.merge.itself, zh: zh.merge.itself })
  const desk = await openDesk(options, io)
  for (const other of others) {
    const acted = await desk.merge(other, number)
    if (!acted.changed) refuse(acted, { en: `is merged into #${number} already`, zh: `已经并入 #${number}` }, io)
    if (options.json) io.out(JSON.stringify({ incident: acted.machines }, null, 2))
    else io.out(actingWords[io.language].merge.merged(titleOf(acted.found, io), number))
  }
  return FINE
}
