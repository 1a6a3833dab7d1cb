import type { Command } from 'commander'
import { dispatchToIncident } from '../../shared/engine/dispatch.ts'
import type { Incident } from '../../shared/incidents/incident.ts'
import { engineOf, storeOf } from '../engine.ts'
import { BAD, FINE } from '../failure.ts'
import { actorOf, deedText, findIncident, numberOf, shownIncident, titleOf } from '../incident.ts'
import type { CliIo, Done } from '../io.ts'
import { addTargetOptions, findTarget, type TargetOptions } from '../target.ts'

type AckOptions = TargetOptions & { as?: string; json?: true }

export function addAck(program: Command, io: CliIo, done: Done): void {
  const command = program
    .command('ack')
    .description('Acknowledge an incident: the phones stop, and the group is told who has it')
    .argument('<number>', 'of the incident, such as 1024', numberOf)
    .option('--as <contact>', 'who you are in oncall.yml (default: the user of this machine)')
    .option('--json', 'one object for machines')
  addTargetOptions(command)
    .addHelpText(
      'after',
      '\nExit code 0 also if somebody has acknowledged it already, 1 if it is resolved.' +
        '\n\nExample:\n  bin/fenghuo.js ack 1024 --as lin --stage prod',
    )
    .action(async (number: number, options: AckOptions) => done(await ack(number, options, io)))
}

async function ack(number: number, options: AckOptions, io: CliIo): Promise<number> {
  const target = findTarget(options, io)
  const found = await findIncident(number, storeOf(target, io), target)
  const by = await actorOf(options.as, found.project, target, io)
  const event = { type: 'acknowledge', generation: found.generation, via: 'cli', by } as const
  const { state = found, changed } = await dispatchToIncident(found, { event }, await engineOf(target, io))
  if (options.json) io.out(JSON.stringify({ changed, incident: shownIncident(state, io) }, null, 2))
  else
    io.out(changed ? `${titleOf(found, io)} is yours, ${by.name}. The group hears of it.` : already(state, found, io))
  return isOver(state, found) ? BAD : FINE
}

function already(state: Incident, found: Incident, io: CliIo): string {
  const { acknowledged, resolved } = state
  if (state.generation !== found.generation) return `${titleOf(found, io)} is over: it is now #${state.number}.`
  if (state.status === 'resolved')
    return `${titleOf(found, io)} is resolved already${resolved ? `: ${deedText(resolved, io.now(), io)}` : ''}.`
  return `${titleOf(found, io)} is acknowledged already${acknowledged ? `: ${deedText(acknowledged, io.now(), io)}` : ''}.`
}

function isOver(state: Incident, found: Incident): boolean {
  return state.generation !== found.generation || state.status === 'resolved'
}
