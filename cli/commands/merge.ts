import { tellMerged } from '../../shared/engine/tell-merged.ts'
import type { Incident } from '../../shared/incidents/incident.ts'
import { formatReference } from '../../shared/incidents/reference.ts'
import { act, lifeIn } from '../acting.ts'
import type { SpokenCommand } from '../command.ts'
import { refuse } from '../desk/desk.ts'
import { engineOf } from '../engine.ts'
import { CommandError, FINE } from '../failure.ts'
import { findIncident, numberOf, shownIncident, titleOf } from '../incident.ts'
import type { CliIo, Done } from '../io.ts'
import { type ActingOptions, addActingOptions, type Target } from '../target.ts'
import { actingWords } from '../words/acting.ts'

export function addMerge(program: SpokenCommand, io: CliIo, done: Done): void {
  const say = actingWords[io.language].merge
  const readNumber = numberOf(io.language)
  const command = program
    .command('merge')
    .description(say.about)
    .argument('<into>', say.into, readNumber)
    .argument('<others...>', say.others, (text: string, before: number[] = []) => [...before, readNumber(text)])
  addActingOptions(command)
    .withNotes(say.notes, 'bin/fenghuo.js merge 1024 1025 1026 --as lin --stage prod')
    .action(async (into: number, others: number[], options: ActingOptions) =>
      done(await merge(into, [...new Set(others)], options, io)),
    )
}

async function merge(number: number, others: number[], options: ActingOptions, io: CliIo): Promise<number> {
  const { en, zh } = actingWords
  if (others.includes(number)) throw new CommandError({ en: en.merge.itself, zh: zh.merge.itself })
  const one = await findIncident(number, options, io)
  const { found: into, target } = one
  const { mergedInto, status } = into
  if (mergedInto !== undefined) {
    const told = [number, mergedInto.number] as const
    throw new CommandError({ en: en.merge.member(...told), zh: zh.merge.member(...told) })
  }
  if (status === 'resolved') {
    const title = titleOf(into, io)
    throw new CommandError({ en: `${title} is over already`, zh: `${title} 已经结束` })
  }
  for (const other of others) {
    const acted = await act(
      other,
      options,
      async (found, by, where) => {
        const there = await lifeIn(where, one, io)
        if (there === undefined) throw notIn(where, into, io)
        const merged = { type: 'merge', generation: found.generation, via: 'cli', by } as const
        return { ...merged, what: 'into', number, into: formatReference(there) }
      },
      io,
    )
    if (!acted.changed) refuse(acted, { en: `is merged into #${number} already`, zh: `已经并入 #${number}` }, io)
    const before = acted.found.mergedInto
    const told = { number: other, via: 'cli', by: acted.by } as const
    if (before !== undefined)
      await tellMerged(before.incident, { what: 'member-gone', ...told }, await engineOf(acted.target, io))
    await tellMerged(formatReference(into), { what: 'member', ...told }, await engineOf(target, io))
    if (options.json) io.out(JSON.stringify({ incident: shownIncident(acted.state, io) }, null, 2))
    else io.out(actingWords[io.language].merge.merged(titleOf(acted.found, io), number))
  }
  return FINE
}

/** Regions that have not heard of each other's incidents cannot tell which belong together. */
function notIn({ name }: Target, into: Incident, io: CliIo): CommandError {
  const title = titleOf(into, io)
  return new CommandError({ en: `${title} is not known at ${name} yet`, zh: `${name} 还不知道 ${title}` })
}
