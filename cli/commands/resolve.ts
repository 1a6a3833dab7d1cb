import type { Incident } from '../../shared/incidents/incident.ts'
import { timeSeenFrom } from '../../shared/messages/times.ts'
import { words } from '../../shared/messages/words.ts'
import { readVerdicts } from '../../shared/store/verdicts.ts'
import { carryOut } from '../acting.ts'
import type { SpokenCommand } from '../command.ts'
import { storeOf } from '../engine.ts'
import { CommandError, FINE } from '../failure.ts'
import { actionText, actorOf, findIncident, numberOf, shownIncident, titleOf } from '../incident.ts'
import type { CliIo, Done } from '../io.ts'
import { type ActingOptions, addActingOptions, type Target } from '../target.ts'
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
  addActingOptions(command)
    .withNotes(say.notes, 'bin/fenghuo.js resolve 1024 --as lin --stage prod')
    .action(async (number: number, options: ResolveOptions) => {
      await resolve(number, options, io)
      done(FINE)
    })
}

async function resolve(number: number, options: ResolveOptions, io: CliIo): Promise<void> {
  const one = await findIncident(number, options, io)
  const { found, target } = one
  const by = await actorOf(options.as, found.project, target, io)
  if (!options.force && found.status !== 'resolved') await refuseIfLive(found, target, io)
  const eventIn = ({ generation }: Incident) => ({ type: 'resolve', generation, via: 'cli', by }) as const
  const { state, changed } = await carryOut(one, eventIn, options, io)
  if (options.json) return io.out(JSON.stringify({ changed, incident: shownIncident(state, io) }, null, 2))
  const { resolved } = state.generation === found.generation ? state : found
  const say = actingWords[io.language].resolve
  const incident = titleOf(found, io)
  io.out(changed ? say.resolved(incident) : say.already(incident, resolved ? actionText(resolved, io.now(), io) : ''))
}

/** Whoever closes what still burns silences it: that has to be meant. An alert from elsewhere is its sender's to know. */
async function refuseIfLive(incident: Incident, target: Target, io: CliIo): Promise<void> {
  const { component, groupKey } = incident
  const [check] = component === undefined ? [] : await readVerdicts([component], storeOf(target, io))
  if (check?.open[groupKey] === undefined) return
  const since = timeSeenFrom(io.now(), check.since, io.timezone)
  const title = titleOf(incident, io)
  const stops = `bin/fenghuo.js ack ${incident.number}`
  throw new CommandError({
    en:
      `${title} goes on: ${component} is ${check.verdict} since ${since}. It resolves by itself when that ends; ` +
      `${stops} stops the calls until then. --force closes it all the same, and it pages again if it goes on for 10 minutes`,
    zh:
      `${title} 还没有结束：${component} 自 ${since} 起${words.zh.sees[check.verdict]}。结束时它会自己恢复；` +
      `在那之前用 ${stops} 让电话停下。加 --force 可强行结束，10 分钟后还是如此会再次呼叫`,
  })
}
