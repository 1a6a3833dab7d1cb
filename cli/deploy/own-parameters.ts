import type { CompiledConfig } from '../../shared/contracts/compiled-config.ts'
import type { Bilingual } from '../../shared/contracts/words.ts'
import type { Deployment } from './deployments.ts'

/**
 * Of each of several regions its own: an instance of Amazon Connect, without which packaging would take the first one's, and the copy of a
 * secret in Secrets Manager, where one is used.
 */
export const ownParameters = ['secretArn', 'connectInstanceId']

/**
 * What each of several regions but the first has to be given by itself, and is not. `given`: its parameters as `name=value`.
 */
export function ownParametersLacking(
  { role, name, region }: Deployment,
  { regions }: Pick<CompiledConfig, 'regions'>,
  given: string[],
): Bilingual[] {
  if (role !== 'primary' || regions === undefined || region === regions.order[0]) return []
  if (given.some((one) => one.startsWith('connectInstanceId=') && !one.endsWith('='))) return []
  return [
    {
      en: `it needs --param ${name}:connectInstanceId=… (docs/guides/several-regions.md)`,
      zh: `需要 --param ${name}:connectInstanceId=…（docs/guides/several-regions.zh-CN.md）`,
    },
  ]
}
