import { EVERYBODY } from '../../../shared/incidents/incident.ts'
import type { TimelineEntry } from '../../../shared/incidents/timeline-entry.ts'
import { generationsOf, nameOf } from '../outcome.ts'
import { OTHER_POLICY } from '../redirectors.ts'
import type { Outcome } from '../run.ts'
import { isHandOver, linesOf } from './history.ts'

/** Who deploys meets what is under way: a run that begins so shortly after an edit may still go by the former policy, ms. */
const DEPLOYED_MS = 20_000

/** Layers follow each other, whatever is deployed meanwhile, and who has several numbers is called at all of them. */
export function layersFollow(outcome: Outcome): string[] {
  const { incidents, setting, faults } = outcome
  // Whose clock is off writes lines out of order, and who has left may have left nobody.
  if (faults.skewMs > 0 || setting.edited) return []
  return incidents
    .flatMap(generationsOf)
    .flatMap((of) => [
      ...eachLayerHasItsTurn(outcome, nameOf(of), of.project, linesOf(outcome, of)),
      ...eachNumberIsCalled(outcome, nameOf(of), linesOf(outcome, of)),
      ...whoIsOnlyToldHasTheirTime(outcome, nameOf(of), of.project, linesOf(outcome, of)),
    ])
}

type LayerLine = Extract<TimelineEntry, { kind: 'layer' }>

/** An escalation is neither lost nor doubled: after a layer comes the next one, after the last the next round. */
function eachLayerHasItsTurn(outcome: Outcome, name: string, project: string, lines: TimelineEntry[]): string[] {
  let run: LayerLine[] = []
  let hasChanged = false
  let isHanded = false
  let isElsewhere = false
  return lines.flatMap((line) => {
    if (beginsAnew(line)) run = []
    if (isHandOver(line)) isHanded = true
    // That policy has one layer.
    if (line.kind === 'escalated' && line.policy === OTHER_POLICY) isElsewhere = true
    // What gets worse may begin with the first layer again, and so does what is passed on while nobody is paged.
    if (mayBeginAnew(line)) hasChanged = true
    if (line.kind !== 'layer' || line.layer === EVERYBODY) return []
    const isFirst = line.layer === 0 && (run.length === 0 || (hasChanged && line.round === 0))
    hasChanged = false
    if (isFirst) run = []
    const [first = line] = run
    const last = run.at(-1)
    run.push(line)
    const isNext =
      isFirst ||
      (last !== undefined && follows(line, last, isElsewhere ? [1] : lengthsAt(outcome, project, first.at, isHanded)))
    const before = last === undefined ? 'nothing' : `${last.round}.${last.layer}`
    return isNext ? [] : [`${name}: layer ${line.round}.${line.layer} comes after ${before}`]
  })
}

function follows(line: LayerLine, last: LayerLine, lengths: number[]): boolean {
  if (line.round === last.round) return line.layer === last.layer + 1
  return line.round === last.round + 1 && line.layer === 0 && lengths.includes(last.layer + 1)
}

function beginsAnew(line: TimelineEntry): boolean {
  if (line.kind === 'escalated') return line.to !== undefined || line.policy !== undefined || line.layer !== undefined
  return ['opened', 'acknowledged', 'reopened', 'paused', 'resumed', 'exhausted'].includes(line.kind)
}

function mayBeginAnew({ kind }: TimelineEntry): boolean {
  return kind === 'changed' || kind === 'raised' || kind === 'escalated'
}

/** How many layers a policy may have for a run that begins at a time; whom it was handed to are one more. */
function lengthsAt(outcome: Outcome, project: string, at: number, isHanded: boolean): number[] {
  const lengths = lengthsOf(outcome, project, at)
  return isHanded ? lengths.map((length) => length + 1) : lengths
}

function lengthsOf({ setting: { config, former } }: Outcome, project: string, at: number): number[] {
  const policy = config.projects[project]?.policy ?? ''
  const now = config.policies[policy]?.layers.length ?? 0
  if (former === undefined || former.policy !== policy) return [now]
  if (at < former.until - DEPLOYED_MS) return [former.layers]
  return at > former.until + DEPLOYED_MS ? [now] : [former.layers, now]
}

/** A deadline's message may come so early, ms. */
const CLOCKS_MS = 1_000

/** A layer that only tells robots lasts as long as any other, unless none of them takes it. */
function whoIsOnlyToldHasTheirTime(
  { setting: { config } }: Outcome,
  name: string,
  project: string,
  lines: TimelineEntry[],
): string[] {
  const [layer] = config.policies[config.projects[project]?.policy ?? '']?.layers ?? []
  const [opened] = lines
  if (opened?.kind !== 'opened' || layer?.channels?.[opened.severity]?.join() !== 'chat') return []
  const first = lines.findIndex(({ kind }) => kind === 'layer')
  const next = lines.findIndex(({ kind }, index) => index > first && kind === 'layer')
  if (next < 0 || lines.slice(1, next).some((line) => line.kind === 'changed' || beginsAnew(line))) return []
  if (lines.slice(first, next).some((line) => line.kind === 'layer-ended' && line.why.code === 'all-channels-failed'))
    return []
  const lastedMs = (lines[next]?.at ?? 0) - (lines[first]?.at ?? 0)
  return lastedMs < layer.ackTimeoutMs - CLOCKS_MS ? [`${name}: who is only told has ${lastedMs / 1000} s`] : []
}

/** Whose first number has rung in vain is called at the next one before their layer is over. */
function eachNumberIsCalled({ calm, setting }: Outcome, name: string, lines: TimelineEntry[]): string[] {
  const people = Object.values(setting.directory.contacts).filter(({ otherPhones }) => otherPhones !== undefined)
  if (!calm || people.length === 0) return []
  return lines.flatMap((line, index) => {
    if (line.kind !== 'layer-ended' || line.why.code !== 'unacknowledged' || line.layer === EVERYBODY) return []
    const begun = lines.findLastIndex((one, at) => at < index && one.kind === 'layer')
    const calls = lines.slice(begun, index + 1).flatMap((one) => (one.kind === 'call' ? [one] : []))
    return people.flatMap((person) => {
      const mine = calls.filter((call) => call.name === person.name)
      const isSettled = mine.length === 0 || mine.some(({ number }) => number === 2)
      return isSettled ? [] : [`${name}: ${person.name} was not called at the second number`]
    })
  })
}
