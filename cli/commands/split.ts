import { tellMerged } from '../../shared/engine/tell-merged.ts'
import { act } from '../acting.ts'
import type { SpokenCommand } from '../command.ts'
import { refuse } from '../desk/desk.ts'
import { engineOf } from '../engine.ts'
import { FINE } from '../failure.ts'
import { numberOf, shownIncident, titleOf } from '../incident.ts'
import type { CliIo, Done } from '../io.ts'
import { type ActingOptions, addActingOptions } from '../target.ts'
import { actingWords } from '../words/acting.ts'
import { commonWords } from '../words/common.ts'

export function addSplit(program: SpokenCommand, io: CliIo, done: Done): void {
  const say = actingWords[io.language].split
  const common = commonWords[io.language]
  const command = program
    .command('split')
    .description(say.about)
    .argument('<number>', common.number, numberOf(io.language))
  addActingOptions(command)
    .withNotes('', 'bin/fenghuo.js split 1025 --as lin --stage prod')
    .action(async (number: number, options: ActingOptions) => done(await split(number, options, io)))
}

async function split(number: number, options: ActingOptions, io: CliIo): Promise<number> {
  const acted = await act(
    number,
    options,
    ({ generation, mergedInto }, by) => {
      return { type: 'merge', generation, via: 'cli', by, what: 'out-of', number: mergedInto?.number ?? 0 }
    },
    io,
  )
  const { mergedInto } = acted.found
  if (!acted.changed || mergedInto === undefined)
    return refuse(acted, { en: 'is merged into none', zh: '没有并入别的告警单' }, io)
  const { by, target } = acted
  const gone = { what: 'member-gone', number, via: 'cli', by } as const
  await tellMerged(mergedInto.incident, gone, await engineOf(target, io))
  if (options.json) io.out(JSON.stringify({ incident: shownIncident(acted.state, io) }, null, 2))
  else io.out(actingWords[io.language].split.split(titleOf(acted.found, io), mergedInto.number))
  return FINE
}
