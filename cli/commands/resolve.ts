import type { SpokenCommand } from '../command.ts'
import { openDesk } from '../desk/open-desk.ts'
import { FINE } from '../failure.ts'
import { actionText, numberOf, titleOf } from '../incident.ts'
import type { CliIo, Done } from '../io.ts'
import { type ActingOptions, addActingOptions, addConsoleOption } from '../target.ts'
import { actingWords } from '../words/acting.ts'
import { commonWords } from '../words/common.ts'

type ResolveOptions = ActingOptions & { force?: true }

export function addResolve(program: SpokenCommand, io: CliIo, done: Done): void {
  const say = actingWords[io.language].resolve
  const common = commonWords[io.language]
  const command = program
    .command('resolve')
    .description(say.about)
    .argument('<number>', common.number, numberOf(io.language))
    .option('--force', say.force)
  addConsoleOption(addActingOptions(command))
    .withNotes(say.notes, 'bin/fenghuo.js resolve 1024 --as lin --stage prod')
    .action(async (number: number, options: ResolveOptions) => {
      await resolve(number, options, io)
      done(FINE)
    })
}

async function resolve(number: number, options: ResolveOptions, io: CliIo): Promise<void> {
  const { found, state, changed, machines } = await (await openDesk(options, io)).act(number, {
    do: 'resolve',
    force: options.force === true,
  })
  if (options.json) return io.out(JSON.stringify({ changed, incident: machines }, null, 2))
  const { resolved } = state.generation === found.generation ? state : found
  const say = actingWords[io.language].resolve
  const incident = titleOf(found, io)
  io.out(changed ? say.resolved(incident) : say.already(incident, resolved ? actionText(resolved, io.now(), io) : ''))
}
