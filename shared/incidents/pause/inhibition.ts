import type { CompiledInhibition } from '../../contracts/compiled-config.ts'
import type { Matchers } from '../../contracts/matcher.ts'
import type { Instant } from '../../contracts/words.ts'
import type { Incident } from '../incident.ts'
import { type Matched, textOf } from './matched.ts'
import { compileMatchers } from './matcher.ts'
import { indexByEquality } from './matcher-index.ts'
import type { Pause } from './pause.ts'

/** Of an inhibited incident is asked again after so long; watch finds the end of what inhibits it within a minute. */
const JUDGED_AFTER_MS = 15 * 60_000

/** What may inhibit: an incident that is not over. */
export type InhibitionSource = Matched & Pick<Incident, 'number' | 'openedAt' | 'proof'>

/** Says which rule inhibits an incident as of now, and by which source. */
export type Inhibitions = (
  incident: Matched & Partial<InhibitionSource>,
) => { rule: string; source: InhibitionSource } | undefined

/** No label holds it. */
const BETWEEN = '\u0000'

interface Rule {
  name: string
  isSource: (incident: Matched) => boolean
  isTarget: (incident: Matched) => boolean
  /** What sources and targets have to have alike. */
  alike: (incident: Matched) => string
  /** Of each kind of alike ones, the oldest first. */
  sources: Map<string, InhibitionSource[]>
}

const targets = new WeakMap<Record<string, CompiledInhibition>, ((incident: Matched) => boolean)[]>()

/** Whether any rule inhibits an incident while a source of it is open: of all others nobody needs to know what is. */
export function isTarget(rules: Record<string, CompiledInhibition>, incident: Matched): boolean {
  const known = targets.get(rules) ?? Object.values(rules).map(({ target }) => compileMatchers(target))
  targets.set(rules, known)
  return known.some((fits) => fits(incident))
}

/**
 * Applies rules to incidents that are not over: while a source is open, targets that are like it page nobody. Nothing inhibits itself,
 * and what is both source and target of a rule is not inhibited by another such (Prometheus documentation, "Alerting configuration",
 * `inhibit_rule`). What is inhibited itself inhibits only what is younger: of some that would inhibit each other one always pages.
 */
export function inhibitionsOf(rules: Record<string, CompiledInhibition>, open: InhibitionSource[]): Inhibitions {
  const compiled = withSources(
    Object.entries(rules).map(([name, rule]) => compiledRule(name, rule)),
    open,
  )
  const known = new Map<InhibitionSource, boolean>()
  const isInhibited = (source: InhibitionSource): boolean => {
    const before = known.get(source)
    if (before !== undefined) return before
    const is = inhibitorOf(source) !== undefined
    known.set(source, is)
    return is
  }
  const inhibitorOf: Inhibitions = (incident) => {
    for (const rule of compiled) {
      if (rule.sources.size === 0 || !rule.isTarget(incident)) continue
      const sources = rule.sources.get(rule.alike(incident)) ?? []
      const isBoth = sources.length > 0 && rule.isSource(incident)
      const source = sources.find(
        (one) =>
          !isSame(one, incident) && !(isBoth && rule.isTarget(one)) && (isOlder(one, incident) || !isInhibited(one)),
      )
      if (source !== undefined) return { rule: rule.name, source }
    }
    return undefined
  }
  return inhibitorOf
}

/** The pause that an inhibition makes of an incident now. */
export function inhibitionPause(inhibitions: Inhibitions, incident: Matched, now: Instant): Pause | undefined {
  const found = inhibitions(incident)
  if (found === undefined) return undefined
  const { rule, source } = found
  return { cause: { code: 'inhibited', args: { rule, number: source.number } }, until: now + JUDGED_AFTER_MS }
}

function compiledRule(name: string, { source, target, equal }: CompiledInhibition): Rule & { source: Matchers } {
  const alike = (incident: Matched) => equal.map((field) => textOf(incident, field)).join(BETWEEN)
  const [isSource, isTarget] = [compileMatchers(source), compileMatchers(target)]
  return { name, source, isSource, isTarget, alike, sources: new Map() }
}

function withSources(rules: (Rule & { source: Matchers })[], open: InhibitionSource[]): Rule[] {
  const candidates = indexByEquality(rules, ({ source }) => source)
  // Who proves that they can be reached is no trouble that others follow from.
  const troubles = open.filter(({ proof }) => proof === undefined)
  for (const incident of troubles.toSorted(byAge))
    for (const { isSource, alike, sources } of candidates(incident)) {
      if (!isSource(incident)) continue
      const alikes = sources.get(alike(incident)) ?? []
      alikes.push(incident)
      sources.set(alike(incident), alikes)
    }
  return rules
}

function byAge(a: InhibitionSource, b: InhibitionSource): number {
  return a.openedAt - b.openedAt || a.number - b.number
}

/** What has no incident yet is younger than all. */
function isOlder(one: InhibitionSource, { openedAt, number }: Partial<InhibitionSource>): boolean {
  return openedAt === undefined || number === undefined || byAge(one, { ...one, openedAt, number }) < 0
}

function isSame(one: Matched, other: Matched): boolean {
  return one.project === other.project && one.groupKey === other.groupKey
}
