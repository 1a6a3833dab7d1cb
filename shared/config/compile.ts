import {
  type CompiledCheck,
  type CompiledConfig,
  type CompiledMaintenance,
  type CompiledPolicy,
  type CompiledProject,
  OWN_PROJECT,
} from '../contracts/compiled-config.ts'
import { ownProperty } from '../contracts/own-property.ts'
import type { Reach } from '../contracts/reach.ts'
import { perSeverity } from '../contracts/severities.ts'
import { DEFAULT_STORM_LIMIT } from '../contracts/storm.ts'
import { DEFAULT_SEVERITY } from '../contracts/words.ts'
import { policyDefaults } from '../oncall/policy.ts'
import { dependencyId } from './dependencies.ts'
import { type FenghuoFile, type ReadCheck, type ReadProject, robotsOf } from './file.ts'
import type { Maintenance } from './pause-schema.ts'
import type { Policy } from './policy-schema.ts'
import type { Check } from './schema.ts'
import { compileStatusPage } from './status-page.ts'
import { withDependents } from './with-dependents.ts'

/** What a check is unless it, its project or `defaults` says otherwise. */
const checkDefaults = {
  intervalMs: 60_000,
  timeoutMs: 5_000,
  confirm: { m: 2, n: 3 },
  severity: DEFAULT_SEVERITY,
} as const

/** Defaults applied, names resolved, durations in milliseconds. */
export function compile(file: FenghuoFile): CompiledConfig {
  const ourselves: ReadProject = { title: file.language === 'zh' ? '烽火' : 'Fenghuo', checks: {} }
  const projects = { ...file.projects, [OWN_PROJECT]: { ...ourselves, ...ownProperty(file.projects, OWN_PROJECT) } }
  const compiled = Object.entries(projects).flatMap(([project, { checks }]) =>
    Object.entries(checks).map(([name, check]) => compileCheck(file, project, name, check)),
  )
  return {
    language: file.language,
    timezone: file.timezone,
    ...(file.baseUrl && { baseUrl: file.baseUrl }),
    ...(file.regions && { regions: file.regions }),
    ...(file.console && { console: file.console }),
    vantages: file.vantages,
    ...(Object.keys(file.networks).length > 0 && { networks: file.networks }),
    ...(Object.keys(file.reportKeys).length > 0 && { reportKeys: file.reportKeys }),
    ...(Object.keys(file.senders).length > 0 && {
      senders: mapValues(file.senders, ({ projects, vantages }) => ({ projects, vantages: placesOf(file, vantages) })),
    }),
    groups: mapValues(file.groups, (members) => placesOf(file, members)),
    projects: mapValues(projects, (project, name) => compileProject(file, name, project)),
    policies: mapValues(file.policies, (policy) => compilePolicy(policy, Object.keys(file.channels))),
    channels: file.channels,
    ...(Object.keys(file.maintenance).length > 0 && {
      maintenance: mapValues(file.maintenance, (window) => compileMaintenance(window, file.timezone, compiled)),
    }),
    ...(Object.keys(file.inhibit).length > 0 && { inhibit: file.inhibit }),
    ...(file.failover.length > 0 && { failover: file.failover }),
    ...(Object.keys(file.status).length > 0 && {
      status: mapValues(file.status, (page, slug) => {
        const { url } = file.console ?? {}
        return compileStatusPage(page, projects, url && `${url}/status/${slug}`)
      }),
    }),
    checks: compiled,
  }
}

function compileProject(file: FenghuoFile, name: string, project: ReadProject): CompiledProject {
  const {
    policy,
    handOver,
    chat,
    severity,
    runbook,
    stormLimit,
    weeklyNoise,
    maintenanceCounts,
    groupBy,
    groupWait,
    groupInterval,
  } = {
    ...file.defaults,
    ...project,
  }
  // The system's own troubles must not go unheard because nobody thought of them.
  const robots = name === OWN_PROJECT ? robotsOf(Object.keys(file.channels)) : []
  return {
    name,
    title: project.title ?? name,
    policy: policy ?? 'default',
    ...(handOver && handOver.length > 0 && { handOver }),
    chat: [...new Set(chat ?? robots)],
    severity: severity ?? checkDefaults.severity,
    stormLimit: stormLimit ?? DEFAULT_STORM_LIMIT,
    ...(weeklyNoise === false && { weeklyNoise }),
    ...(maintenanceCounts && { maintenanceCounts }),
    ...(groupBy && { groupBy }),
    ...(groupBy && groupWait !== undefined && { groupWaitMs: groupWait }),
    ...(groupBy && groupInterval !== undefined && { groupIntervalMs: groupInterval }),
    ...(project.keys && { keys: project.keys }),
    ...(project.inbound && { inbound: project.inbound }),
    // Without a check, a runbook per check is no page that exists.
    ...(runbook && !runbook.includes('{check}') && { runbook: runbook.replaceAll('{project}', name) }),
  }
}

function compilePolicy(policy: Policy, channels: string[]): CompiledPolicy {
  const isThere = (reach: Reach) => (reach === 'chat' ? robotsOf(channels).length > 0 : channels.includes(reach))
  const usual = mapValues(policyDefaults.channels, (each) => each.filter(isThere))
  const reaches: Partial<CompiledPolicy['channels']> = policy.channels ?? usual
  return {
    layers: policy.layers.map(({ page = [], ackTimeout, ...layer }) => ({ page, ackTimeoutMs: ackTimeout, ...layer })),
    ...(policy.callsBy && { callsBy: policy.callsBy }),
    rounds: policy.rounds,
    repeatEveryMs: policy.repeatEvery,
    acknowledgeOn: policy.acknowledgeOn,
    channels: perSeverity(({ name }) => reaches[name] ?? []),
    ...(policy.ackExpires !== undefined && { ackExpiresMs: policy.ackExpires }),
    ...(policy.acknowledgements !== undefined && { acknowledgements: policy.acknowledgements }),
    ...(policy.delay && { delayMs: policy.delay }),
    ...(policy.remindEvery !== undefined && { remindEveryMs: policy.remindEvery }),
    ...(policy.raiseAfter && { raiseAfterMs: policy.raiseAfter }),
    ...(policy.hold && { hold: policy.hold }),
  }
}

function compileMaintenance(window: Maintenance, usual: string, checks: CompiledCheck[]): CompiledMaintenance {
  const { during, from = '', to = '', timezone, dependents } = window
  const match = dependents ? withDependents(window.match, checks) : window.match
  return { match, when: during === undefined ? { from, to } : { during }, timezone: timezone ?? usual }
}

function compileCheck(file: FenghuoFile, project: string, name: string, check: ReadCheck): CompiledCheck {
  const { title: _, ...ofProject } = ownProperty(file.projects, project) ?? { checks: {} }
  const layers: Check[] = [file.defaults, ofProject, check]
  const {
    from,
    interval,
    timeout,
    retries,
    confirm,
    quorum,
    slower,
    holdFlapping,
    severity,
    degradedSeverity,
    runbook,
  } = Object.assign({}, ...layers) as Check
  const labels = Object.assign({}, ...layers.map((layer) => layer.labels)) as Record<string, string>
  const places = placesOf(file, from ?? Object.keys(file.vantages))
  return {
    id: `${project}/${name}`,
    project,
    name,
    title: check.title ?? name,
    kind: check.kind,
    ...(check.isPassive && { isPassive: true }),
    ...(check.asksPlaces && { asksPlaces: true }),
    ...(check.findsGroups && { findsGroups: true }),
    ...(check.target === undefined ? {} : { target: check.target }),
    spec: check.spec,
    ...(check.specsAt && { specsAt: specsAtPlaces(check.specsAt, file.vantages) }),
    intervalMs: check.interval ?? Math.max(interval ?? checkDefaults.intervalMs, check.leastIntervalMs ?? 0),
    timeoutMs: check.timeout ?? Math.max(timeout ?? checkDefaults.timeoutMs, check.leastTimeoutMs ?? 0),
    ...(retries ? { retries } : {}),
    confirm: confirm ?? checkDefaults.confirm,
    severity: severity ?? checkDefaults.severity,
    ...(degradedSeverity === undefined ? {} : { degradedSeverity }),
    ...(quorum === undefined ? {} : { quorum }),
    ...(slower === undefined ? {} : { slower }),
    ...(holdFlapping === false && { tellsEachChange: true }),
    ...(check.dependsOn === undefined ? {} : { dependsOn: dependencyId(project, check.dependsOn) }),
    from: check.isPassive ? [] : [...new Set(places)],
    ...(runbook && { runbook: runbook.replaceAll('{project}', project).replaceAll('{check}', name) }),
    ...(Object.keys(labels).length > 0 && { labels }),
  }
}

/** Where vantages are, by their short names. */
function placesOf({ vantages }: FenghuoFile, shorts: string[]): string[] {
  return shorts.flatMap((short) => ownProperty(vantages, short) ?? [])
}

function specsAtPlaces(specsAt: Record<string, unknown>, vantages: Record<string, string>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(specsAt).map(([short, spec]) => [ownProperty(vantages, short) ?? short, spec]),
  )
}

function mapValues<A, B, K extends string>(record: Record<K, A>, change: (value: A, key: K) => B): Record<K, B> {
  const entries = Object.entries(record) as [K, A][]
  return Object.fromEntries(entries.map(([key, value]) => [key, change(value, key)])) as Record<K, B>
}
