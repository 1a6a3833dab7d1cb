import type { Failure } from '../../../shared/contracts/failure.ts'
import type { TimelineEntry } from '../../../shared/incidents/timeline-entry.ts'
import { onlyFails } from '../faults.ts'
import { nameOfStep, nameOfTry } from '../ledger.ts'
import { generationsOf, nameOf } from '../outcome.ts'
import type { Outcome } from '../run.ts'
import { endedLayers, linesOf, ruleOf } from './history.ts'

/** Where nothing fails it is stopped within this. */
const STOPPED_MS = 2_000

/** Lines bear the clocks of the machines that wrote them. */
const CLOCKS_MS = 1_000

/** One layer of an incident's escalation. */
interface Layer {
  name: string
  round: number
  /** From 0; -1 is everybody. */
  layer: number
  from: number
  until: number
  why: string
  /** Whom it called. */
  people: string[]
  /** How often, each of them. */
  calls: number
  lines: TimelineEntry[]
}

/** A layer ends once, at its time, and has done all that its policy says by then. */
export function layersAreKept(outcome: Outcome): string[] {
  const layers = layersIn(outcome)
  return [
    ...phonesStopWithTheirLayer(outcome, layers),
    ...stopsComeFirst(outcome, layers),
    ...layersWaitForPhones(outcome, layers),
    ...everybodyIsCalledAsOftenAsSaid(outcome, layers),
    ...otherChannelsTakeOver(outcome, layers),
    ...nothingUnknownIsCalledAgain(outcome, layers),
  ]
}

function layersIn(outcome: Outcome): Layer[] {
  return outcome.incidents.flatMap(generationsOf).flatMap((of) => {
    const lines = linesOf(outcome, of)
    const name = nameOf(of)
    return endedLayers(lines, outcome.faults).map(({ begin, end: { round, layer, at, why } }) => {
      const { at: from, names: people } = begin
      const within = lines.filter((line) => from <= line.at && line.at <= at)
      const calls = ruleOf(begin, lines, outcome.setting, of)?.calls ?? 1
      return { name, round, layer, from, until: at, why: why.code, people, calls, lines: within }
    })
  })
}

/** Calls that were about one incident alone. */
function ringsAbout({ rings }: Outcome, name: string): Outcome['rings'] {
  return rings.filter(({ about }) => about.length === 1 && about[0]?.incident === name)
}

/** Those of them that can be stopped. */
function stoppable(outcome: Outcome, name: string): Outcome['rings'] {
  return ringsAbout(outcome, name).filter(({ outId }) => outId === undefined)
}

/** Whether a call began within a layer. By two machines' clocks one of the next layer may seem to begin before this one has ended. */
function isOfLayer({ startedAt }: Outcome['rings'][number], { from, until }: Layer, { faults }: Outcome): boolean {
  return from <= startedAt && startedAt < until - 2 * faults.skewMs
}

/** Where nothing fails a phone that still rings when its layer ends is stopped. */
function phonesStopWithTheirLayer(outcome: Outcome, layers: Layer[]): string[] {
  const { faults } = outcome
  if (!onlyFails(faults, 'texts', 'calls', 'duplicates', 'lostReports')) return []
  return layers.flatMap((layer) =>
    stoppable(outcome, layer.name).flatMap((ring) => {
      const { token, toldAt, answeredAt, endedAt } = ring
      if (!isOfLayer(ring, layer, outcome) || toldAt === undefined) return []
      const rangUntil = Math.min(answeredAt ?? Infinity, endedAt ?? Infinity)
      const rangOn = rangUntil - Math.max(layer.until, toldAt)
      return rangOn > STOPPED_MS ? [`${token} went on ringing for ${rangOn / 1000} s after its layer`] : []
    }),
  )
}

/** At a deadline with a phone still ringing the stop comes before the next layer's calls. */
function stopsComeFirst(outcome: Outcome, layers: Layer[]): string[] {
  const { ledger } = outcome
  if (!onlyFails(outcome.faults, 'slowSteps') || outcome.faults.skewMs > 0) return []
  return layers.flatMap(({ name, from, until, why }) => {
    if (why !== 'ack-timeout') return []
    const mine = stoppable(outcome, name)
    const before = mine.find(
      ({ startedAt, toldAt, endedAt, answeredAt }) =>
        from <= startedAt && toldAt !== undefined && toldAt < until && (endedAt ?? Infinity) > until && !answeredAt,
    )
    // A second call of this layer may be on its way to the vendor just as the layer ends. It is stopped like the first, within two seconds
    // (phonesStopWithTheirLayer): it is no call of the next layer, which is what must not begin before the stop.
    const layerOf = ({ about }: Outcome['rings'][number]) =>
      about.map((one) => ledger.layerOf.get(nameOfStep(one))).join()
    const next = mine.find(
      (ring) => ring.startedAt > until && before !== undefined && layerOf(ring) !== layerOf(before),
    )
    const overlaps = before !== undefined && next !== undefined && next.startedAt < (before.endedAt ?? Infinity)
    return overlaps ? [`two layers ring at once: ${before.token}, ${next.token}`] : []
  })
}

/** A layer is over when every phone of it has ended, and while somebody listens its deadline waits. */
function layersWaitForPhones(outcome: Outcome, layers: Layer[]): string[] {
  const { calm, setting } = outcome
  if (!calm) return []
  return layers.flatMap((layer) => {
    const { name, until, why } = layer
    return ringsAbout(outcome, name).flatMap((ring) => {
      const { token, answeredAt, endedAt, presses } = ring
      const isUp = isOfLayer(ring, layer, outcome) && (endedAt ?? Infinity) > until + CLOCKS_MS
      if (!isUp || presses.some(({ at }) => at <= until + CLOCKS_MS)) return []
      if (why === 'unacknowledged') return [`${name}: its layer ended while ${token} rang`]
      // The end of the call, or its answer, may be on its way: it is heard within two seconds and a half.
      const listens = answeredAt !== undefined && answeredAt < until - 4_000 && (endedAt ?? Infinity) > until + 4_000
      const isFlowing = setting.config.policies.default?.acknowledgeOn === 'key'
      return why === 'ack-timeout' && listens && isFlowing ? [`${name}: its layer ended while somebody listened`] : []
    })
  })
}

/** The second call, which passes a phone's focus mode, is made. */
function everybodyIsCalledAsOftenAsSaid(outcome: Outcome, layers: Layer[]): string[] {
  const { setting, calm } = outcome
  if (!calm || setting.edited) return []
  return layers.flatMap(({ name, layer, why, lines, people, calls: wanted }) => {
    if (why !== 'unacknowledged' || layer < 0) return []
    const calls = lines.flatMap((line) => (line.kind === 'call' && people.includes(line.name) ? [line] : []))
    return [...Map.groupBy(calls, (line) => line.name)].flatMap(([person, of]) => {
      const hasPassed = of.some(({ outcome: one }) => one === 'passed' || one === 'failed' || one === 'unknown')
      const times = Math.max(...of.map(({ call }) => call))
      return hasPassed || times >= wanted ? [] : [`${name}: ${person} was called ${times} times, of ${wanted}`]
    })
  })
}

/** A phone that failed hands over to the person's next channel. */
function otherChannelsTakeOver({ setting, faults, ledger }: Outcome, layers: Layer[]): string[] {
  if (faults.skewMs > 0) return []
  // With a text beside the phone there may be nothing left that could take over.
  const isAlone = setting.config.policies.default?.channels.critical.includes('sms') === false
  if (!isAlone) return []
  return layers.flatMap(({ name, round, layer, lines, until, why }) => {
    if (layer < 0) return []
    // What the layer ended with counts if it is why it ended.
    const isIn = ({ at }: TimelineEntry) => at < until || why === 'all-channels-failed'
    const failed = lines.find(
      (line) => line.kind === 'call' && line.outcome === 'failed' && isIn(line) && isVendors(line.failure),
    )
    if (failed?.kind !== 'call') return []
    const handsOver = lines.some(
      (line) =>
        (line.kind === 'fallback' || (line.kind === 'call' && line.number !== undefined)) && line.name === failed.name,
    )
    // A call that was asked for leaves no line if its layer is over before it rings.
    const isAskedFor = ledger.otherNumbers.has(nameOfTry(name, `${round}.${layer}`, failed.name))
    return handsOver || isAskedFor ? [] : [`${name}: nothing took over from ${failed.name}’s phone, which failed`]
  })
}

/** Whether a vendor refused, or would have, and not somebody who has left meanwhile has no number any more. */
function isVendors(failure: Failure | undefined): boolean {
  return failure !== undefined && ['refused', 'line-trouble', 'callee-limit', 'routes-refused'].includes(failure.class)
}

/** A call of which nobody knows whether it rings is not made again: the deadline moves on. */
function nothingUnknownIsCalledAgain({ faults }: Outcome, layers: Layer[]): string[] {
  return layers.flatMap(({ name, lines }) => {
    const calls = lines.flatMap((line) => (line.kind === 'call' ? [line] : []))
    return calls.flatMap(({ name: person, call, outcome, at }) => {
      if (outcome !== 'unknown') return []
      const mine = calls.filter((line) => line.name === person)
      const isKnown = mine.some(
        (line) => line.call === call && line.outcome !== 'unknown' && line.outcome !== 'waiting',
      )
      // What the layer before has written by a faster clock seems to be of this one.
      const isAgain = mine.some((line) => line.call > call && line.at > at - 2 * faults.skewMs)
      return isAgain && !isKnown ? [`${name}: ${person} is called again though the first call may ring`] : []
    })
  })
}
