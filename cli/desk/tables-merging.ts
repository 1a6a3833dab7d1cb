import type { Incident } from '../../shared/incidents/incident.ts'
import { formatReference } from '../../shared/incidents/reference.ts'
import { act, lifeIn } from '../acting.ts'
import { CommandError } from '../failure.ts'
import { findIncident, shownIncident, titleOf } from '../incident.ts'
import type { CliIo } from '../io.ts'
import type { ActingOptions, Target } from '../target.ts'
import { actingWords } from '../words/acting.ts'
import type { Acted } from './desk.ts'

export async function mergeThere(
  other: number,
  number: number,
  options: ActingOptions & { config?: string },
  io: CliIo,
): Promise<Acted> {
  const one = await findIncident(number, options, io)
  const { found: into } = one
  checkInto(into, io)
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
  return { ...acted, machines: shownIncident(acted.state, io) }
}

function checkInto(into: Incident, io: CliIo): void {
  const { number, mergedInto, status } = into
  const { en, zh } = actingWords
  if (mergedInto !== undefined) {
    const told = [number, mergedInto.number] as const
    throw new CommandError({ en: en.merge.member(...told), zh: zh.merge.member(...told) })
  }
  if (status === 'resolved') {
    const title = titleOf(into, io)
    throw new CommandError({ en: `${title} is over already`, zh: `${title} 已经结束` })
  }
}

/** Regions that have not heard of each other's incidents cannot tell which belong together. */
function notIn({ name }: Target, into: Incident, io: CliIo): CommandError {
  const title = titleOf(into, io)
  return new CommandError({ en: `${title} is not known at ${name} yet`, zh: `${name} 还不知道 ${title}` })
}

export async function splitThere(
  number: number,
  options: ActingOptions & { config?: string },
  io: CliIo,
): Promise<Acted & { from: number | undefined }> {
  const acted = await act(
    number,
    options,
    ({ generation, mergedInto }, by) => {
      return { type: 'merge', generation, via: 'cli', by, what: 'out-of', number: mergedInto?.number ?? 0 }
    },
    io,
  )
  return { ...acted, from: acted.found.mergedInto?.number, machines: shownIncident(acted.state, io) }
}
