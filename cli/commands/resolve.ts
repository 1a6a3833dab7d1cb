import type { Command } from 'commander'
import { dispatchToIncident } from '../../shared/engine/dispatch.ts'
import { FINE } from '../failure.ts'
import { actorOf, deedText, findIncident, numberOf, shownIncident, titleOf } from '../incident.ts'
import type { CliIo, Done } from '../io.ts'
import { incidentsOf, pathOf } from '../path.ts'
import { addTargetOptions, findTarget, type TargetOptions } from '../target.ts'

type ResolveOptions = TargetOptions & { as?: string; json?: true }

export function addResolve(program: Command, io: CliIo, done: Done): void {
  const command = program
    .command('resolve')
    .description('Close an incident by hand: the escalation stops, and those who were told hear of it')
    .argument('<number>', 'of the incident, such as 1024', numberOf)
    .option('--as <contact>', 'who you are in oncall.yml (default: the user of this machine)')
    .option('--json', 'one object for machines')
  addTargetOptions(command)
    .addHelpText(
      'after',
      '\nA check that recovers resolves its incident by itself. Exit code 0 also if it is resolved already.' +
        '\n\nExample:\n  fenghuo resolve 1024 --as lin --stage prod',
    )
    .action(async (number: number, options: ResolveOptions) => {
      await resolve(number, options, io)
      done(FINE)
    })
}

async function resolve(number: number, options: ResolveOptions, io: CliIo): Promise<void> {
  const target = findTarget(options, io)
  const found = await findIncident(number, incidentsOf(target), target)
  const by = await actorOf(options.as, found.project, target, io)
  const event = { type: 'resolve', generation: found.generation, via: 'cli', by } as const
  const { state = found, changed } = await dispatchToIncident(found, { event }, await pathOf(target, io))
  if (options.json) return io.out(JSON.stringify({ changed, incident: shownIncident(state, io) }, null, 2))
  const { resolved } = state
  if (!changed)
    return io.out(
      `${titleOf(found, io)} is resolved already${resolved ? `: ${deedText(resolved, io.now(), io)}` : ''}.`,
    )
  io.out(`${titleOf(found, io)} is resolved. Everybody who was told hears of it, nobody by phone.`)
  if (found.state !== undefined) io.err('note: if its check still fails, it alerts again only after it has been up')
}
