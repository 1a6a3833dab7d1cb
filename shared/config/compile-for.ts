import { isPassive } from '../checks/kinds-config.ts'
import type { CompiledCheck, CompiledConfig } from './compiled.ts'
import { references } from './references.ts'

/** A deployed function that carries a configuration. */
export type ConfiguredFunction = 'probe' | 'evaluate' | 'page' | 'acknowledge' | 'watch'

/**
 * Only what a function needs of the configuration, so that no other function's secrets enter its environment. A probe gets the
 * checks of its `vantage` (`cloud/region`) and nobody's channels or policies; `evaluate` and `watch` judge checks without
 * knowing how they are run, and those that nobody runs by what they expect; only `page` has the channels' settings.
 */
export function compileFor(fn: ConfiguredFunction, config: CompiledConfig, vantage?: string): CompiledConfig {
  switch (fn) {
    case 'probe':
      return forProbe(config, vantage)
    case 'page':
      return { ...config, checks: [] }
    case 'acknowledge':
      return { ...withoutSettings(config), checks: [] }
    case 'evaluate':
    case 'watch':
      return { ...withoutSettings(config), checks: config.checks.map(withoutProbing) }
  }
}

function forProbe(config: CompiledConfig, vantage: string | undefined): CompiledConfig {
  const { language, timezone } = config
  const vantages = Object.fromEntries(Object.entries(config.vantages).filter(([, place]) => place === vantage))
  if (vantage === undefined || Object.keys(vantages).length === 0) {
    const known = Object.values(config.vantages).join(', ')
    throw new RangeError(`no vantage of the configuration is ${vantage ?? '(not given)'}; there are: ${known}`)
  }
  const checks = config.checks
    .filter((check) => check.from.includes(vantage))
    .map(({ runbook: _, labels: __, ...check }) => ({ ...check, from: [vantage] }))
  return { language, timezone, vantages, groups: {}, projects: {}, policies: {}, channels: {}, checks }
}

/** A target that refers to the environment is the probe's alone to know: it may hold a secret. */
function withoutProbing(check: CompiledCheck): CompiledCheck {
  const { target, ...rest } = check
  const known = target === undefined || references(target).length > 0 ? {} : { target }
  return { ...rest, ...known, spec: isPassive(check.kind) ? check.spec : null }
}

function withoutSettings(config: CompiledConfig): CompiledConfig {
  const channels = Object.entries(config.channels).map(([name, channel]) => [name, { ...channel, settings: null }])
  return { ...config, channels: Object.fromEntries(channels) }
}
