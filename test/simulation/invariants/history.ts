import type { TimelineEntry } from '../../../shared/incidents/timeline-entry.ts'
import { layerDefaults } from '../../../shared/oncall/policy.ts'
import type { Lived } from '../lived.ts'
import type { Setting } from '../setting.ts'

/** The lines of one generation of an incident, oldest first. */
export function linesOf(
  { timelines }: Pick<Lived, 'timelines'>,
  { project, groupKey, generation }: { project: string; groupKey: string; generation: number },
): TimelineEntry[] {
  return (timelines.get(`${project}#${groupKey}`) ?? []).filter((line) => line.generation === generation)
}

/** Where a layer begins and ends. */
type LineOf<K extends TimelineEntry['kind']> = Extract<TimelineEntry, { kind: K }>

/** Each layer of a history that has ended. By two machines' clocks the next one may seem to have begun before that. */
export function endedLayers(
  lines: TimelineEntry[],
  { skewMs }: { skewMs: number },
): { begin: LineOf<'layer'>; end: LineOf<'layer-ended'> }[] {
  return lines.flatMap((end, index) => {
    if (end.kind !== 'layer-ended') return []
    const isItsBegin = (line: TimelineEntry): line is LineOf<'layer'> =>
      line.kind === 'layer' && line.round === end.round && line.layer === end.layer
    const begin =
      lines.slice(0, index).findLast(isItsBegin) ??
      lines.slice(index).find((line) => isItsBegin(line) && line.at <= end.at + 2 * skewMs)
    return begin?.kind === 'layer' ? [{ begin, end }] : []
  })
}

/** Whether somebody hands it to other people, who then come before the layers of the policy. */
export function isHandOver(line: TimelineEntry): line is LineOf<'escalated'> & { to: string[] } {
  return line.kind === 'escalated' && line.to !== undefined
}

/** By which policies an incident may be paged: the project's, and those that somebody has handed it to. */
function policiesOf(lines: TimelineEntry[], { config }: Setting, { project }: { project: string }) {
  const handed = lines.flatMap((line) => (line.kind === 'escalated' && line.policy !== undefined ? [line.policy] : []))
  return [config.projects[project]?.policy ?? '', ...handed].flatMap((name) => config.policies[name] ?? [])
}

/**
 * What a layer is held to: what the policy says of it, or, once somebody was put before the policy's layers, of the one that has its place
 * by then, as it said itself when it began.
 */
export function ruleOf(
  { layer, rule }: LineOf<'layer'>,
  lines: TimelineEntry[],
  setting: Setting,
  of: { project: string },
): { calls: number; ackTimeoutMs: number } | undefined {
  const policies = policiesOf(lines, setting, of)
  const [usual] = policies.map(({ layers }) => layers[layer])
  const isHanded = lines.some(isHandOver)
  if (!isHanded && policies.length === 1) return usual
  const own = policies.map(({ layers }) => layers[layer])
  const pushedOn = isHanded ? policies.map(({ layers }) => [layerDefaults, ...layers][layer]) : []
  const all = [...pushedOn, ...own]
  return all.find((one) => one?.calls === rule?.calls && one?.ackTimeoutMs === rule?.ackTimeoutMs) ?? all[0]
}

/** How often an incident got worse than what somebody had taken: then it pages again, and may be taken again. */
function outgrown(lines: TimelineEntry[]): number {
  return lines.filter((line) => line.kind === 'changed' && line.outgrown).length
}

/** How often an incident may be taken: once more for each time that nobody had it any more, and as often as one likes for a while. */
export function mayBeTaken(lines: TimelineEntry[]): number {
  if (lines.some((line) => line.kind === 'acknowledged' && line.until !== undefined)) return Number.POSITIVE_INFINITY
  return 1 + outgrown(lines) + lines.filter(({ kind }) => kind === 'reopened').length
}

/** What was put off until something else was carried out has been put on record, once, and in order. */
export function historyIsWhole(outcome: Lived): string[] {
  const { incidents, timelines, numbers, forgotten, everlasting, leftOutboxes, gone } = outcome
  const faults = [
    ...everlasting.map((name) => `${name} is resolved, and never forgotten`),
    ...forgotten.map((name) => `nobody finds ${name} any more`),
    ...gone.map((name) => `${name} is forgotten within a month`),
  ]
  // Lines are sorted by the clocks of the machines that wrote them.
  const isInOrder = outcome.faults.skewMs === 0
  for (const incident of incidents) {
    const { project, groupKey, number, generation } = incident
    if (number > 0 && !numbers.has(number)) faults.push(`nobody finds #${number}`)
    for (let each = 1; each <= generation; each++) faults.push(...lifeIsWhole(outcome, incident, each))
    const lines = timelines.get(`${project}#${groupKey}`) ?? []
    // A note may be made of a generation that is over.
    const isBack = (line: TimelineEntry, last: TimelineEntry | undefined) =>
      line.generation === last?.generation && line.at < last.at
    if (isInOrder && lines.some((line, index) => isBack(line, lines[index - 1])))
      faults.push(`history of ${project} ${groupKey} is out of order`)
  }
  return leftOutboxes.length > 0 ? [] : faults
}

/** One generation opens once, is taken once unless it got worse, and ends once. */
function lifeIsWhole(outcome: Lived, newest: Lived['incidents'][number], generation: number): string[] {
  const { project, groupKey, status } = newest
  const lines = linesOf(outcome, { project, groupKey, generation })
  const kinds = lines.map(({ kind }) => kind)
  const times = (kind: TimelineEntry['kind']) => kinds.filter((one) => one === kind).length
  const name = `history of ${project}#${generation}#${groupKey}`
  const faults: string[] = []
  const isFirst = outcome.faults.skewMs > 0 || kinds[0] === 'opened'
  if (!isFirst || times('opened') !== 1) faults.push(`${name} opens ${times('opened')} times`)
  if (times('acknowledged') > mayBeTaken(lines) * (outcome.takers ?? 1))
    faults.push(`${name}: acknowledged ${times('acknowledged')} times`)
  const isNewest = generation === newest.generation
  const resolved = !isNewest || status === 'resolved' ? 1 : 0
  // A sender that tells of no end is over when it was taken.
  const isEndless = groupKey.startsWith('seed:') && !isNewest && times('acknowledged') === 1
  if (!isEndless && times('resolved') !== resolved) faults.push(`${name}: resolved ${times('resolved')} times`)
  if (isNewest && status === 'acknowledged' && times('acknowledged') === 0) faults.push(`${name}: nobody acknowledged`)
  const opened = lines.find(({ kind }) => kind === 'opened')
  if (isNewest && opened !== undefined && newest.openedAt > opened.at)
    faults.push(`${name} begins ${(newest.openedAt - opened.at) / 1000} s after we heard of it`)
  return faults
}
