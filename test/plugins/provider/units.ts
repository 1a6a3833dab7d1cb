import {
  type Fields,
  LIVE,
  type WantedFunction,
  type WantedTimer,
  type WantedUnit,
} from '../../../plugins/provider/backend.ts'
import { perform, prepare } from '../../../plugins/provider/deploy.ts'
import type { Execution } from '../../../plugins/provider/execute.ts'
import type { Cloud } from './memory.ts'

const MARK = { 'serverless-service': 'probes', 'serverless-stage': 'test' }

export const io: Execution = { wait: async () => {}, random: () => 0.5, doing: () => {} }

/** A function that is wanted; `a` unless it is named. */
export function wanted(
  given: Partial<Omit<WantedFunction, 'configuration'>> & { configuration?: Fields } = {},
): WantedFunction {
  const { configuration, name = 'a', ...rest } = given
  return {
    key: name,
    name,
    zip: `${name}.zip`,
    codeHash: 'code 1',
    timers: [],
    tags: MARK,
    ...rest,
    configuration: { Handler: 'index.handler', Runtime: 'Node', Timeout: 3, ...configuration },
  }
}

export function timer(name: string, cron = '* * * * *'): WantedTimer {
  return { name, fields: { cron } }
}

/** Each function a unit of its own. */
export function units(...functions: WantedFunction[]): WantedUnit[] {
  return functions.map((one) => ({ name: one.name, functions: [one] }))
}

/** Deploys and returns the steps that were planned. */
export async function deploy(cloud: Cloud, all: WantedUnit[], options = { others: true }): Promise<string[]> {
  const backend = cloud.backend()
  const deployment = await prepare(backend, all, io, options)
  await perform(backend, deployment, io)
  return deployment.steps.map(({ en }) => en)
}

/** What `Cloud.shown` must give once these are deployed. */
export function expected(all: WantedUnit[]): ReturnType<Cloud['shown']> {
  return all.map(({ name, functions }) => ({
    name,
    live: functions.map(({ codeHash, configuration }) => ({ codeHash, configuration })),
    functions: functions.map(({ name: key, timers, asyncInvocation, reservedConcurrency, tags }) => ({
      key,
      timers: timers
        .map((one) => ({ ...one, qualifier: LIVE, schedule: '', enabled: true }))
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
      asyncInvocation,
      reservedConcurrency,
      tags,
    })),
  }))
}
