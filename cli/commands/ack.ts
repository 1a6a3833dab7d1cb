import type { SpokenCommand } from '../command.ts'
import { type Acted, isOver } from '../desk/desk.ts'
import { openDesk } from '../desk/open-desk.ts'
import { BAD, FINE } from '../failure.ts'
import { actionText, numberOf, titleOf } from '../incident.ts'
import type { CliIo, Done } from '../io.ts'
import { type ActingOptions, addActingOptions, addConsoleOption } from '../target.ts'
import { actingWords } from '../words/acting.ts'
import { commonWords } from '../words/common.ts'

export function addAck(program: SpokenCommand, io: CliIo, done: Done): void {
  const say = actingWords[io.language].ack
  const common = commonWords[io.language]
  const command = program
    .command('ack')
    .description(say.about)
    .argument('<number>', common.number, numberOf(io.language))
  addConsoleOption(addActingOptions(command))
    .withNotes(say.notes, 'bin/fenghuo.js ack 1024 --as lin --stage prod')
    .action(async (number: number, options: ActingOptions) => done(await ack(number, options, io)))
}

async function ack(number: number, options: ActingOptions, io: CliIo): Promise<number> {
  const acted = await (await openDesk(options, io)).act(number, { do: 'acknowledge' })
  const { changed, machines } = acted
  if (options.json) io.out(JSON.stringify({ changed, incident: machines }, null, 2))
  else io.out(changed ? taken(acted, io) : already(acted, io))
  return isOver(acted) ? BAD : FINE
}

/** Where several have to take it, who is missing. */
function taken({ state, by, partly }: Acted, io: CliIo): string {
  const incident = titleOf(state, io)
  const { ack } = actingWords[io.language]
  return partly === undefined ? ack.taken(incident, by.name) : ack.partly(incident, partly)
}

function already({ state, found, partly }: Acted, io: CliIo): string {
  const { acknowledged, resolved } = state
  const { ack, resolve } = actingWords[io.language]
  const incident = titleOf(found, io)
  if (state.generation !== found.generation) return ack.over(incident, state.number)
  if (partly !== undefined) return ack.partly(incident, partly)
  if (state.status === 'resolved') return resolve.already(incident, resolved ? actionText(resolved, io.now(), io) : '')
  return ack.acknowledged(incident, acknowledged ? actionText(acknowledged, io.now(), io) : '')
}
