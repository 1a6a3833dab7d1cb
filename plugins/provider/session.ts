import type { Bilingual } from '../../shared/contracts/words.ts'
import type { Backend } from './backend.ts'
import type { Execution } from './execute.ts'
import type { BilingualWriters, Options } from './framework.ts'
import type { Cloud, FunctionDefinition, Service, Surroundings } from './service.ts'
import { say, type Whereabouts } from './words.ts'

/** What a command works with. */
export interface Session {
  cloud: Cloud
  service: Service
  /** By their keys in the configuration. */
  functions: Record<string, FunctionDefinition>
  backend: Backend
  options: Options
  /** Speak the language of whoever reads them. */
  writers: BilingualWriters
  io: Execution & Pick<Surroundings, 'now'>
  /** An error that the framework shows without a stack. */
  fault(words: Bilingual): Error
  /** A file's text; undefined if it is not there. The path is from the service's folder. */
  readText(path: string): Promise<string | undefined>
}

/** The function that `--function` names, with the unit it is in. Throws if the configuration has none of this name. */
export function chosenFunction({ options, functions, cloud, service, fault }: Session): {
  key: string
  unit: string
  definition: FunctionDefinition
} {
  const key = options.function ?? ''
  const definition = functions[key]
  if (!definition) throw fault(say.noFunction(key, Object.keys(functions)))
  return { key, unit: cloud.unitOf(service, definition), definition }
}

/** What is deployed or removed, and where. */
export function whereabouts({ service, cloud }: Pick<Session, 'service' | 'cloud'>): Whereabouts {
  return { service: service.name, stage: service.stage, cloud: cloud.title, region: service.region }
}

/** The functions of the configuration by the unit they are in. */
export function unitsOf({ cloud, service, functions }: Session): Map<string, string[]> {
  const units = new Map<string, string[]>()
  for (const definition of Object.values(functions)) {
    const unit = cloud.unitOf(service, definition)
    units.set(unit, [...(units.get(unit) ?? []), definition.name])
  }
  return units
}
