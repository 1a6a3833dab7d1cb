import type { Command } from 'commander'
import { dispatchToIncident } from '../../shared/engine/dispatch.ts'
import { readVerdicts } from '../../shared/engine/update-verdicts.ts'
import type { Incident } from '../../shared/incidents/incident.ts'
import { timeSeenFrom } from '../../shared/messages/times.ts'
import { engineOf, storeOf } from '../engine.ts'
import { CommandError, FINE } from '../failure.ts'
import { actorOf, deedText, findIncident, numberOf, shownIncident, titleOf } from '../incident.ts'
import type { CliIo, Done } from '../io.ts'
import { addTargetOptions, findTarget, type Target, type TargetOptions } from '../target.ts'

type ResolveOptions = TargetOptions & { as?: string; force?: true; json?: true }

export function addResolve(program: Command, io: CliIo, done: Done): void {
  const command = program
    .command('resolve')
    .description('Close an incident by hand: the escalation stops, and those who were told hear of it')
    .argument('<number>', 'of the incident, such as 1024', numberOf)
    .option('--as <contact>', 'who you are in oncall.yml (default: the user of this machine)')
    .option('--force', 'close it though its check still fails: it pages again if it goes on for 10 minutes')
    .option('--json', 'one object for machines')
  addTargetOptions(command)
    .addHelpText(
      'after',
      '\nA check that recovers resolves its incident by itself. Exit code 0 also if it is resolved already.' +
        '\n\nExample:\n  bin/fenghuo.js resolve 1024 --as lin --stage prod',
    )
    .action(async (number: number, options: ResolveOptions) => {
      await resolve(number, options, io)
      done(FINE)
    })
}

async function resolve(number: number, options: ResolveOptions, io: CliIo): Promise<void> {
  const target = findTarget(options, io)
  const found = await findIncident(number, storeOf(target, io), target)
  const by = await actorOf(options.as, found.project, target, io)
  if (!options.force && found.status !== 'resolved') await refuseIfLive(found, target, io)
  const event = { type: 'resolve', generation: found.generation, via: 'cli', by } as const
  const { state = found, changed } = await dispatchToIncident(found, { event }, await engineOf(target, io))
  if (options.json) return io.out(JSON.stringify({ changed, incident: shownIncident(state, io) }, null, 2))
  const { resolved } = state.generation === found.generation ? state : found
  if (!changed)
    return io.out(
      `${titleOf(found, io)} is resolved already${resolved ? `: ${deedText(resolved, io.now(), io)}` : ''}.`,
    )
  io.out(`${titleOf(found, io)} is resolved. Everybody who was told hears of it, nobody by phone.`)
}

/** Whoever closes what still burns silences it: that has to be meant. An alert from elsewhere is its sender's to know. */
async function refuseIfLive(incident: Incident, target: Target, io: CliIo): Promise<void> {
  const { component, groupKey } = incident
  const [check] = component === undefined ? [] : await readVerdicts([component], storeOf(target, io))
  if (check?.open[groupKey] === undefined) return
  const since = timeSeenFrom(io.now(), check.since, io.timezone)
  throw new CommandError(
    `${titleOf(incident, io)} goes on: ${component} is ${check.verdict} since ${since}. It resolves by itself when that ends; ` +
      `bin/fenghuo.js ack ${incident.number} stops the calls until then. --force closes it all the same, and it pages again if it goes on for 10 minutes`,
  )
}
