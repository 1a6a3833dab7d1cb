import { callbacks } from '../channels/registered/callbacks.ts'
import { isToldBy } from '../checks/evaluators.ts'
import { BilingualError } from '../contracts/bilingual-error.ts'
import type { CompiledCheck, CompiledConfig, CompiledProject } from '../contracts/compiled-config.ts'
import type { ConfiguredFunction, FailoverFunction, RegionsFunction } from '../contracts/functions.ts'
import { ownProperty } from '../contracts/own-property.ts'
import { references } from '../contracts/references.ts'
import { DEGRADED_SEVERITY, perSeverity } from '../contracts/severities.ts'
import type { CompiledStatusPage } from '../contracts/status-page.ts'

/**
 * Only what a function needs of the configuration, so that no other function's secrets enter its environment. A probe gets the
 * checks of its `vantage` (`cloud/region`), which say when they are urgent, and nobody's channels or policies; `evaluate` and `watch`
 * judge checks without knowing how they are run, and those that nobody runs by what they expect; `heartbeat` knows only which these are;
 * only `evaluate` knows for whom a sender speaks; only `ingest` has the projects' keys, and only `page` the channels' settings;
 * `acknowledge` has of those what verifies the callbacks of their buttons; all but `region-lookup` know of the other regions;
 * only `console` knows who may sign in, while `page` knows where it is, and for which formats of other systems a project has settings; what outsiders are shown it shows,
 * and `watch` tells them.
 */
export function compileFor(
  fn: ConfiguredFunction | FailoverFunction | RegionsFunction,
  whole: CompiledConfig,
  vantage?: string,
): CompiledConfig {
  const { networks: _, reportKeys, senders, failover, regions, console, status, ...config } = whole
  const known = regions && { regions }
  if (fn === 'region-lookup') return { ...withoutPeople(config), ...(failover && { failover }) }
  if (fn === 'region-health') return { ...withoutPeople(config), ...(failover && { failover }), ...known }
  if (fn === 'peer') return { ...withoutPeople(config), ...known }
  if (fn === 'ingest')
    return { ...withoutPeople(config), projects: config.projects, ...known, ...(reportKeys && { reportKeys }) }
  const [signsWith] = (vantage && reportKeys?.[vantage]) || []
  if (fn === 'probe' && vantage !== undefined && signsWith !== undefined)
    return { ...withoutKeys(partFor(fn, config, vantage)), ...known, reportKeys: { [vantage]: [signsWith] } }
  const part = { ...withoutKeys(partFor(fn, config, vantage)), ...known }
  if (fn === 'console') {
    const projects = Object.entries(config.projects).map(([name, project]) => [name, withFormats(project)])
    return {
      ...part,
      projects: Object.fromEntries(projects),
      ...(console && { console }),
      ...(status && { status: without('copy', status) }),
    }
  }
  if (fn === 'page') {
    const { url: consoleUrl } = console ?? {}
    return {
      ...part,
      ...(consoleUrl !== undefined && { consoleUrl }),
      ...(status && { status: without('copy', without('token', status)) }),
    }
  }
  if (fn === 'watch' && status !== undefined) return { ...part, status: without('token', status) }
  return fn === 'evaluate' && senders !== undefined ? { ...part, senders } : part
}

/** Whoever shows pages puts no copies, and whoever tells outsiders lets nobody in. */
function without(
  key: 'copy' | 'token',
  status: Record<string, CompiledStatusPage>,
): Record<string, CompiledStatusPage> {
  return Object.fromEntries(
    Object.entries(status).map(([slug, page]) => {
      const { [key]: _, ...rest } = page
      return [slug, rest as CompiledStatusPage]
    }),
  )
}

function partFor(
  fn: Exclude<ConfiguredFunction, 'ingest'>,
  config: CompiledConfig,
  vantage: string | undefined,
): CompiledConfig {
  switch (fn) {
    case 'probe':
      return forProbe(config, vantage)
    case 'page':
      return { ...config, checks: [] }
    case 'acknowledge':
      return { ...withoutSettings(config), channels: listening(config.channels), checks: [] }
    case 'heartbeat':
      return {
        ...withoutPeople(config),
        checks: config.checks.filter((check) => isToldBy('heartbeat', check)).map(bare),
      }
    case 'evaluate':
    case 'watch':
      return { ...withoutSettings(config), checks: config.checks.map(withoutProbing) }
    case 'console':
      return {
        ...withoutSettings(config),
        checks: config.checks.map((check) => ({ ...withoutProbing(check), ...limitsOf(check) })),
      }
  }
}

/** A check's spec as it is at a vantage, where its limits may be others. */
export function specAt({ spec, specsAt }: CompiledCheck, vantage: string): unknown {
  return specsAt?.[vantage] ?? spec
}

function forProbe(config: CompiledConfig, vantage: string | undefined): CompiledConfig {
  const vantages = Object.fromEntries(Object.entries(config.vantages).filter(([, place]) => place === vantage))
  if (vantage === undefined || Object.keys(vantages).length === 0) {
    const known = Object.values(config.vantages).join(', ')
    throw new BilingualError({
      en: `no vantage of the configuration is ${vantage ?? '(not given)'}; there are: ${known}`,
      zh: `配置里没有观测点 ${vantage ?? '（未写）'}；有：${known}`,
    })
  }
  const checks = config.checks
    .filter((check) => check.from.includes(vantage))
    .map((check) => ({
      ...bare(check),
      from: [vantage],
      spec: specAt(check, vantage),
      urgentWhen: urgentStates(check),
    }))
  return { ...withoutPeople(config), vantages, checks }
}

const isUrgent = perSeverity(({ urgent }) => urgent)

function urgentStates({ severity, degradedSeverity = DEGRADED_SEVERITY }: CompiledCheck): ('down' | 'degraded')[] {
  return [
    ...(isUrgent[severity] ? ['down' as const] : []),
    ...(isUrgent[degradedSeverity] ? ['degraded' as const] : []),
  ]
}

/** Without what is told of it. */
function bare({ runbook: _, labels: __, specsAt: ___, ...check }: CompiledCheck): CompiledCheck {
  return check
}

/** Without whom anything is told, and who judges it. */
function withoutPeople({ language, timezone }: CompiledConfig): CompiledConfig {
  return { language, timezone, vantages: {}, groups: {}, projects: {}, policies: {}, channels: {}, checks: [] }
}

/** By what samples are judged, of a kind that has such limits: whoever shows them judges as `evaluate` did. */
function limitsOf({ spec, isPassive }: CompiledCheck): Pick<CompiledCheck, 'spec'> | undefined {
  if (isPassive || typeof spec !== 'object' || spec === null || !('limits' in spec)) return undefined
  return { spec: { limits: spec.limits } }
}

/** A target that refers to the environment is the probe's alone to know: it may hold a secret. */
function withoutProbing(check: CompiledCheck): CompiledCheck {
  const { target, specsAt: _, ...rest } = check
  const known = target === undefined || references(target).length > 0 ? {} : { target }
  return { ...rest, ...known, spec: check.isPassive ? check.spec : null }
}

function withoutSettings(config: CompiledConfig): CompiledConfig {
  const channels = Object.entries(config.channels).map(([name, channel]) => [name, { ...channel, settings: null }])
  return { ...config, channels: Object.fromEntries(channels) }
}

/** Of a channel's settings, what verifies the vendor's callbacks: whoever takes those sends nothing. */
function listening(channels: CompiledConfig['channels']): CompiledConfig['channels'] {
  return Object.fromEntries(
    Object.entries(channels).map(([name, channel]) => {
      const needs = ownProperty(callbacks, channel.type)?.settings
      const written = Object(channel.settings) as Record<string, unknown>
      const kept = needs?.every((key) => written[key] !== undefined)
        ? Object.fromEntries(needs.map((key) => [key, written[key]]))
        : null
      return [name, { ...channel, settings: kept }]
    }),
  )
}

/** For which formats a project has settings, and none of these: they may hold secrets. */
function withFormats({ keys: _, inbound, ...project }: CompiledProject): CompiledProject {
  if (inbound === undefined) return project
  return { ...project, inbound: Object.fromEntries(Object.keys(inbound).map((format) => [format, null])) }
}

function withoutKeys(config: CompiledConfig): CompiledConfig {
  const projects = Object.entries(config.projects).map(([name, { keys: _, inbound: __, ...project }]) => [
    name,
    project,
  ])
  return { ...config, projects: Object.fromEntries(projects) }
}
