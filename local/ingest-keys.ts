import { createHmac } from 'node:crypto'
import type { Env } from '../shared/clouds/aws/lambda.ts'
import type { CompiledConfig } from '../shared/contracts/compiled-config.ts'
import { references } from '../shared/contracts/references.ts'
import { hashOfKey } from '../shared/ingest/keys.ts'

/** What PagerDuty's senders take for a key. */
const KEY_CHARACTERS = 32

/** On this machine every sender may send as fast as it can. */
const PER_MINUTE = 1_000_000

/** A key of this machine for every project: nobody has to make up variables to try a sender. */
export function localKeys({ projects }: CompiledConfig, secret: string): Record<string, string> {
  return Object.fromEntries(Object.keys(projects).map((name) => [name, keyOf(name, secret)]))
}

/** The configuration with those keys beside its own, of which those stay that `env` has; a vantage without one gets one of this machine. */
export function withLocalKeys(config: CompiledConfig, env: Env, secret: string): CompiledConfig {
  const projects = Object.entries(config.projects).map(([name, project]) => {
    const own = (project.keys ?? []).filter(({ key }) => references(key).every((variable) => env[variable]))
    return [name, { ...project, keys: [...own, { key: hashOfKey(keyOf(name, secret)), perMinute: PER_MINUTE }] }]
  })
  const reportKeys = Object.entries(config.reportKeys ?? {}).map(([vantage, keys]) => {
    const own = keys.filter((key) => references(key).every((variable) => env[variable]))
    return [vantage, own.length > 0 ? own : [keyOf(vantage, secret)]]
  })
  return { ...config, projects: Object.fromEntries(projects), reportKeys: Object.fromEntries(reportKeys) }
}

function keyOf(project: string, secret: string): string {
  return createHmac('sha256', secret).update(`ingest:${project}`).digest('hex').slice(0, KEY_CHARACTERS)
}
