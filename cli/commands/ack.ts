import type { Incident } from '../../shared/incidents/incident.ts'
import { partlyText } from '../../shared/messages/needed.ts'
import { carryOut } from '../acting.ts'
import type { SpokenCommand } from '../command.ts'
import { BAD, FINE } from '../failure.ts'
import { actionText, actorOf, findIncident, numberOf, shownIncident, titleOf } from '../incident.ts'
import type { CliIo, Done } from '../io.ts'
import { type ActingOptions, addActingOptions } from '../target.ts'
import { actingWords } from '../words/acting.ts'
import { commonWords } from '../words/common.ts'

export function addAck(program: SpokenCommand, io: CliIo, done: Done): void {
  const say = actingWords[io.language].ack
  const common = commonWords[io.language]
  const command = program
    .command('ack')
    .description(say.about)
    .argument('<number>', common.number, numberOf(io.language))
  addActingOptions(command)
    .withNotes(say.notes, 'bin/fenghuo.js ack 1024 --as lin --stage prod')
    .action(async (number: number, options: ActingOptions) => done(await ack(number, options, io)))
}

async function ack(number: number, options: ActingOptions, io: CliIo): Promise<number> {
  const one = await findIncident(number, options, io)
  const { found, target } = one
  const by = await actorOf(options.as, found.project, target, io)
  const eventIn = ({ generation }: Incident) => ({ type: 'acknowledge', generation, via: 'cli', by }) as const
  const { state, changed } = await carryOut(one, eventIn, options, io)
  if (options.json) io.out(JSON.stringify({ changed, incident: shownIncident(state, io) }, null, 2))
  else io.out(changed ? taken(state, by.name, io) : already(state, found, io))
  return isOver(state, found) ? BAD : FINE
}

/** Where several have to take it, who is missing. */
function taken(state: Incident, name: string, io: CliIo): string {
  const partly = state.status === 'open' ? partlyText(state, io.language) : undefined
  const incident = titleOf(state, io)
  const { ack } = actingWords[io.language]
  return partly === undefined ? ack.taken(incident, name) : ack.partly(incident, partly)
}

function already(state: Incident, found: Incident, io: CliIo): string {
  const { acknowledged, resolved } = state
  const { ack, resolve } = actingWords[io.language]
  const incident = titleOf(found, io)
  if (state.generation !== found.generation) return ack.over(incident, state.number)
  const partly = state.status === 'open' ? partlyText(state, io.language) : undefined
  if (partly !== undefined) return ack.partly(incident, partly)
  if (state.status === 'resolved') return resolve.already(incident, resolved ? actionText(resolved, io.now(), io) : '')
  return ack.acknowledged(incident, acknowledged ? actionText(acknowledged, io.now(), io) : '')
}

function isOver(state: Incident, found: Incident): boolean {
  return state.generation !== found.generation || state.status === 'resolved'
}
