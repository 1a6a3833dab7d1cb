import type { Owner } from './authorization.ts'
import { invalid } from './fault.ts'
import type { Invocations } from './invocations.ts'
import type { LogConfig } from './rules.ts'
import type { Deployed, Runner } from './runner.ts'

/** How long the vendor prepares what was uploaded, milliseconds of the passed clock. 0: it is ready with the answer. */
export interface Preparation {
  createMs: number
  updateMs: number
}

export interface Quotas {
  /** Functions of 3.0, and functions of one service of 2.0. */
  functions: number
  services: number
  versions: number
  aliases: number
  /** Of the base64 text of one package. */
  zipBytes: number
  /** Instances that all functions of the region may reserve together. */
  instances: number
}

/** What all functions of an account share. */
export interface Facilities {
  owner: Owner
  /** May be changed at any time. */
  quotas: Quotas
  preparation: Preparation
  /** Why the next preparations fail, first in, first out. */
  preparationFaults: string[]
  /** The log stores that exist, by project. */
  logProjects: Record<string, string[]>
  runner: Runner
  invocations: Invocations
  now(): number
  /** 0 to 1. */
  random(): number
}

/** @throws {Fault} InvalidArgument when the project or the log store does not exist */
export function checkLogs({ logProjects }: Pick<Facilities, 'logProjects'>, config: LogConfig | undefined): void {
  if (config === undefined || config.project === '') return
  const stores = logProjects[config.project]
  if (!stores) throw invalid(`project '${config.project}' does not exist`)
  if (!stores.includes(config.logstore)) {
    throw invalid(`logstore '${config.logstore}' of project '${config.project}' does not exist`)
  }
}

/** The place of logs in what is run, if there is one. */
export function logPlace(config: LogConfig | undefined): Pick<Deployed, 'log'> {
  return config === undefined || config.project === ''
    ? {}
    : { log: { project: config.project, logstore: config.logstore } }
}
