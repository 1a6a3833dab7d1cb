import type { CompiledConfig, CompiledPolicy } from '../contracts/compiled-config.ts'
import type { FactOf } from '../contracts/fact.ts'
import { type Matchers, matcherText } from '../contracts/matcher.ts'
import { ownProperty } from '../contracts/own-property.ts'
import type { Reach } from '../contracts/reach.ts'
import type { Instant, Severity } from '../contracts/words.ts'
import { usesOf } from '../oncall/layer-reach.ts'
import { EVERYBODY } from './incident.ts'
import type { PauseCause } from './pause/pause.ts'
import type { Silence } from './pause/silence.ts'
import { policyOf, type Routed } from './policy-of.ts'
import type { TimelineEntry } from './timeline-entry.ts'

/** The rule by which an incident has decided something, as it is written where it stands. */
export type Rule = FactOf<{
  /** `policy` by the project; its `reach` for the severity: empty, nobody is told. */
  routed: { project: string; policy: string; severity: Severity; reach: Reach[] }
  /** `layer` from 0; `page` as the policy has it. */
  'layer-pages': { policy: string; layer: number; page: string[]; calls: number; ackTimeoutMs: number }
  'ack-timeout-of': { policy: string; layer: number; ackTimeoutMs: number }
  'tries-all': { policy: string; rounds: number; layers: number; repeatEveryMs: number }
  'silence-matches': { silence: string; matches: string[]; maintenance?: true }
  'window-matches': { window: string; matches: string[] }
  'inhibits-alike': { rule: string; source: string[]; target: string[]; equal: string[] }
  'holds-severity': { policy: string; severity: Severity; windows: string[] }
  'delays-severity': { policy: string; severity: Severity; ms: number }
  'waits-for-group': { project: string; ms: number }
  'acknowledgement-lasts': { policy: string; ms: number }
  'worse-pages-again': Record<never, never>
  'raises-severity': { policy: string; severity: Severity; ms: number }
}>

/** What is written of what has decided. */
export interface Written {
  config: Pick<CompiledConfig, 'projects' | 'policies' | 'maintenance' | 'inhibit'>
  /** Those that are remembered. */
  silences: Silence[]
}

/**
 * The rule behind one line of an incident's history, as it was then where the line has it; undefined where it only says what has
 * happened.
 */
export function ruleOf(entry: TimelineEntry, incident: Routed, severity: Severity, written: Written): Rule | undefined {
  if (entry.kind === 'paused') return pauseRule(entry.cause, incident, severity, written)
  if (entry.kind === 'changed') return entry.outgrown && { code: 'worse-pages-again', args: {} }
  const found = policyOf(incident, written.config)
  if (found === undefined) return undefined
  const { name, policy } = found
  switch (entry.kind) {
    case 'opened': {
      const { project } = incident
      const args = { project, policy: name, severity: entry.severity, reach: usesOf(policy, entry.severity) }
      return { code: 'routed', args }
    }
    case 'raised': {
      const { from, afterMs } = entry
      return { code: 'raises-severity', args: { policy: name, severity: from, ms: afterMs } }
    }
    case 'layer':
      return layerRule(entry, name, policy)
    case 'layer-ended': {
      const { layer, ackTimeoutMs = policy.layers[layer]?.ackTimeoutMs } = entry
      if (entry.why.code !== 'ack-timeout' || ackTimeoutMs === undefined) return undefined
      return { code: 'ack-timeout-of', args: { policy: name, layer, ackTimeoutMs } }
    }
    case 'exhausted': {
      const { rounds, layers = policy.layers.length, repeatAt, at } = entry
      return { code: 'tries-all', args: { policy: name, rounds, layers, repeatEveryMs: repeatAt - at } }
    }
    case 'reopened': {
      const { lapse, ackExpiresMs: ms = policy.ackExpiresMs } = entry
      if (lapse.why !== 'expired' || ms === undefined) return undefined
      return { code: 'acknowledgement-lasts', args: { policy: name, ms } }
    }
    default:
      return undefined
  }
}

function layerRule({ layer, rule }: LayerLine, name: string, policy: CompiledPolicy): Rule | undefined {
  if (layer === EVERYBODY) return triesAll(name, policy)
  if (rule !== undefined) return { code: 'layer-pages', args: { policy: name, layer, ...rule } }
  const found = policy.layers[layer]
  if (found === undefined) return undefined
  const { page, chat = [], calls, ackTimeoutMs } = found
  return { code: 'layer-pages', args: { policy: name, layer, page: [...page, ...chat], calls, ackTimeoutMs } }
}

type LayerLine = Extract<TimelineEntry, { kind: 'layer' }>

function triesAll(policy: string, { rounds, layers, repeatEveryMs }: CompiledPolicy): Rule {
  return { code: 'tries-all', args: { policy, rounds, layers: layers.length, repeatEveryMs } }
}

function pauseRule(cause: PauseCause, incident: Routed, severity: Severity, written: Written): Rule | undefined {
  const { maintenance = {}, inhibit = {} } = written.config
  const { name, policy } = policyOf(incident, written.config) ?? {}
  switch (cause.code) {
    case 'silenced': {
      const silence = written.silences.find(({ id }) => id === cause.args.silence)
      if (silence === undefined) return undefined
      const { id, matchers, maintenance: planned } = silence
      return {
        code: 'silence-matches',
        args: { silence: id, matches: groupsText(matchers), ...(planned && { maintenance: planned }) },
      }
    }
    case 'maintenance': {
      const { window } = cause.args
      const found = ownProperty(maintenance, window)
      return found && { code: 'window-matches', args: { window, matches: groupsText(found.match) } }
    }
    case 'inhibited': {
      const { rule } = cause.args
      const found = ownProperty(inhibit, rule)
      if (found === undefined) return undefined
      const [source, target] = [groupsText(found.source), groupsText(found.target)]
      return { code: 'inhibits-alike', args: { rule, source, target, equal: found.equal } }
    }
    case 'held': {
      const windows = policy?.hold?.[severity]
      return windows && name ? { code: 'holds-severity', args: { policy: name, severity, windows } } : undefined
    }
    case 'collecting':
      return { code: 'waits-for-group', args: { project: incident.project, ms: cause.args.ms } }
    case 'delayed': {
      const { ms } = cause.args
      return name ? { code: 'delays-severity', args: { policy: name, severity, ms } } : undefined
    }
  }
}

/** One text for each group of matchers. */
function groupsText(groups: Matchers): string[] {
  return groups.map((group) => group.map(matcherText).join(' '))
}

/** The severity that an incident had at a time: the last one that a line of its history had said by then; `usual` where none had. */
export function severityAt(entries: TimelineEntry[], at: Instant, usual: Severity): Severity {
  return entries.reduce(
    (known, entry) =>
      (entry.kind === 'opened' || entry.kind === 'changed' || entry.kind === 'raised') && entry.at <= at
        ? entry.severity
        : known,
    usual,
  )
}

/** The policy that an incident was handed to by then, by its key; undefined: it was paged by its project's. */
export function handedPolicyAt(entries: TimelineEntry[], at: Instant): string | undefined {
  return entries.reduce<string | undefined>((known, entry) => {
    if (entry.at > at) return known
    if (entry.kind === 'escalated') return entry.policy ?? known
    if (entry.kind === 'layer' && entry.notes.some(({ code }) => code === 'not-handed')) return undefined
    return known
  }, undefined)
}
