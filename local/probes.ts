import { join } from 'node:path'
import type { Env } from '../shared/clouds/aws/lambda.ts'
import type { CloudName } from './clouds.ts'
import type { LocalConfig } from './config.ts'
import { type FunctionDefinition, readDefinition } from './definition.ts'
import { partFor } from './functions.ts'
import type { Resources } from './intrinsics.ts'
import { readSource } from './place.ts'

/** What else is deployed than `serverless.yml`: probes, and a relay, which this machine has no use for. */
const files: [CloudName, string][] = [
  ['tencent', 'serverless.tencent.yml'],
  ['aliyun', 'serverless.aliyun.yml'],
]

/**
 * The probe functions that Tencent Cloud and Alibaba Cloud have at the vantages which this machine plays. Those that have nothing to
 * check are left out, as packaging does.
 */
export function readProbes({
  root,
  local: { config, vantages },
  env,
  resources,
}: {
  root: string
  local: LocalConfig
  /** With the key and the queue that a deployment names. */
  env: Env
  resources: Resources
}): FunctionDefinition[] {
  return files.flatMap(([cloud, file]) => {
    const region = vantages[cloud]?.slice(`${cloud}/`.length)
    if (region === undefined) return []
    const { functions } = readDefinition(readSource(join(root, file)), { stage: 'local', region, params: {}, env })
    const probes = Object.values(functions).filter(({ checks }) => checks !== undefined)
    return probes.filter((fn) => (partFor(fn, fn.environment(resources), config)?.checks.length ?? 0) > 0)
  })
}
