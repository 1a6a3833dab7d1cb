import type { CompiledConfig } from '../shared/contracts/compiled-config.ts'
import { ownProperty } from '../shared/contracts/own-property.ts'
import type { PersonalReach } from '../shared/contracts/reach.ts'
import type { Language } from '../shared/contracts/words.ts'
import { factIn } from '../shared/messages/facts.ts'
import { duration } from '../shared/messages/times.ts'
import { words } from '../shared/messages/words.ts'
import { directoryFor } from '../shared/oncall/directory.ts'
import { type Directories, policiesOf } from '../shared/oncall/owner.ts'
import type { Directory, Plan, PlannedLayer } from '../shared/oncall/plan.ts'
import { table } from './table.ts'
import { routeWords } from './words/route.ts'

/** Each project's people as oncall.yml has them. */
export function writtenDirectories(config: CompiledConfig, people: Directory): Directories {
  return async (project) => {
    const found = ownProperty(config.projects, project)
    const policies = found && [...policiesOf(found, config).values()]
    return policies && policies.length > 0 ? directoryFor(people, policies) : undefined
  }
}

/** Who is reached, layer by layer, as a table for a terminal. */
export function layersTable({ layers }: Plan, language: Language): string {
  return table(
    routeWords[language].head,
    layers.flatMap((layer, index) => rows(layer, index, language)),
  )
}

function rows(layer: PlannedLayer, index: number, language: Language): string[][] {
  const { targets, chat, tellsOnly, calls, ackTimeoutMs, notes } = layer
  const number = String(index + 1)
  const { list, reach } = words[language]
  const reached = (channels: PersonalReach[]) => channels.map((one) => reach[one]).join(list)
  const people = targets.map(({ contact, name, channels, fallback }) => {
    const rings = channels.includes('phone') ? String(calls) : ''
    return [
      number,
      `${name} (${contact})`,
      reached(channels),
      reached(fallback),
      rings,
      duration(ackTimeoutMs, language),
    ]
  })
  const missing = notes.map((note) => [number, `- ${factIn(language, note)}`, '', '', '', ''])
  const say = routeWords[language]
  const told = chat?.join(list) ?? (tellsOnly ? say.sameRobots : undefined)
  const robots = told === undefined ? [] : [[number, told, say.robots, '', '', duration(ackTimeoutMs, language)]]
  return [...people, ...robots, ...missing]
}

/** A plan for machines. */
export function withoutPhones({ policy: _, ...plan }: Plan) {
  const layers = plan.layers.map((layer) => ({
    ...layer,
    targets: layer.targets.map(({ phoneHash: _, ...target }) => target),
  }))
  return { ...plan, layers }
}
