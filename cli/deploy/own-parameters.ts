import type { CompiledConfig } from '../../shared/contracts/compiled-config.ts'
import type { Bilingual } from '../../shared/contracts/words.ts'
import type { Deployment } from './deployments.ts'

/**
 * Of each of several regions its own: the copy of the first region's secret, and an instance of Amazon Connect. Packaging would take a new
 * secret, and the first one's instance.
 */
export const ownParameters = ['secretArn', 'connectInstanceId']

/**
 * The parameters that each of several regions but the first has to be given by itself, and is not. `given`: its parameters as `name=value`.
 */
export function ownParametersLacking(
  { role, name, region }: Deployment,
  { regions }: Pick<CompiledConfig, 'regions'>,
  given: string[],
): Bilingual[] {
  if (role !== 'primary' || regions === undefined || region === regions.order[0]) return []
  return ownParameters
    .filter((parameter) => !given.some((one) => one.startsWith(`${parameter}=`) && !one.endsWith('=')))
    .map((parameter) => ({
      en: `it needs --param ${name}:${parameter}=… (docs/guides/several-regions.md)`,
      zh: `需要 --param ${name}:${parameter}=…（docs/guides/several-regions.zh-CN.md）`,
    }))
}
