import type { Decision, Machine } from '../contracts/machine.ts'
import type { Instant } from '../contracts/words.ts'
import {
  CANARY_LATE_MS,
  type Depth,
  type PathEffect,
  type PathSample,
  type PathState,
  type PathTrouble,
  pathShape,
  pathTroubles,
  type Series,
} from './path-state.ts'

/** Nobody else's pages wait for what is above a storm limit, so it may take its time. */
const OVERFLOW_LATE_MS = 900_000

/** A message that fails by itself ends on the dead-letter queue; more than these at all times are no accident. */
const FEW = 5

/** A minute that watch has missed may have been a good one: what is seen after it is seen for the first time. */
const GAP_MS = 150_000

/** Two runs of one minute are one look. */
const SAME_MINUTE_MS = 30_000

/**
 * It is over when it has not been seen for so long: what comes and goes is told of once. Watch also hides what lies on a dead-letter queue
 * while it looks through.
 */
const CALM_MS = 300_000

interface Rule {
  isSeen(sample: PathSample, now: Instant): boolean
  /** In so many minutes one after the other, before anybody is told. */
  times: number
  /** What must hold beside; absent: nothing. */
  isWrong?(sample: PathSample, now: Instant): boolean
}

const waits = (depth: Depth | undefined) => (depth?.waiting ?? 0) > 0
const holds = (depth: Depth | undefined) => waits(depth) || (depth?.inFlight ?? 0) > 0
const isOlder = (canary: Instant | undefined, ms: number, now: Instant) => canary === undefined || now - canary > ms

const rules: Record<PathTrouble, Rule> = {
  // The second time: after a pause of watch the last canary is old, and the next one on its way.
  'path-late': { isSeen: ({ canaries }, now) => isOlder(canaries.events, CANARY_LATE_MS, now), times: 2 },
  // A message that fails is in flight until it comes again; none that is well is for long.
  'events-failing': { isSeen: ({ depths }) => depths.events.inFlight > FEW, times: 5 },
  'escalation-failing': { isSeen: ({ depths }) => depths.escalation.inFlight > 0, times: 5 },
  // A deadline that is not due yet is no message that could be taken.
  'escalation-backlog': { isSeen: ({ depths }) => waits(depths.escalation), times: 3 },
  'overflow-age': {
    isSeen: ({ depths }) => isOverflowing(depths),
    times: 15,
    isWrong: ({ canaries }, now) => isOlder(canaries.overflow, OVERFLOW_LATE_MS, now),
  },
  // Who is told of a status page may wait for slow servers of others.
  'subscribers-age': { isSeen: ({ depths }) => waits(depths.subscribers), times: 15 },
  'aws-events-age': { isSeen: ({ depths }) => waits(depths['aws-events']), times: 4 },
  'events-dlq': { isSeen: ({ depths }) => holds(depths['events-dlq']), times: 1 },
  'escalation-dlq': { isSeen: ({ depths }) => holds(depths['escalation-dlq']), times: 1 },
  'subscribers-dlq': { isSeen: ({ depths }) => holds(depths['subscribers-dlq']), times: 1 },
  'aws-events-dlq': { isSeen: ({ depths }) => holds(depths['aws-events-dlq']), times: 1 },
}

/** Judges the path by what watch sees of it each minute, and tells people once of what is wrong, and once of its end. */
export const pathMachine: Machine<PathState, PathSample, PathEffect> = { shape: pathShape, transition }

/** Whether a canary is to be sent through the overflow queue: while there is something that it can wait behind. */
export function isOverflowing({ overflow }: PathSample['depths']): boolean {
  return holds(overflow)
}

function transition(known: PathState | undefined, sample: PathSample, now: Instant): Decision<PathState, PathEffect> {
  const before: PathState = known ?? { seen: {}, told: {} }
  const state: PathState = { seen: {}, told: {} }
  const outbox: PathEffect[] = []
  for (const trouble of pathTroubles) {
    const { isSeen, times, isWrong = () => true } = rules[trouble]
    const seen = isSeen(sample, now) ? oneMore(before.seen[trouble], now) : undefined
    if (seen !== undefined) state.seen[trouble] = seen
    const found = seen !== undefined && isWrong(sample, now) ? seen : undefined
    const told = before.told[trouble]
    const tell = (isOver: boolean, since: Instant) =>
      outbox.push({ type: 'tell', trouble, isOver, since, depths: sample.depths })
    if (told === undefined) {
      if (found === undefined || found.times < times) continue
      state.told[trouble] = { since: found.from, last: now }
      tell(false, found.from)
    } else if (found !== undefined) state.told[trouble] = { since: told.since, last: now }
    else if (now - told.last < CALM_MS) state.told[trouble] = told
    else tell(true, told.since)
  }
  const isSame = JSON.stringify(state) === JSON.stringify(before)
  return { state: isSame ? known : state, outbox, reason: isSame ? 'as before' : 'seen' }
}

function oneMore(series: Series | undefined, now: Instant): Series {
  if (series === undefined || now - series.last > GAP_MS) return { from: now, last: now, times: 1 }
  return now - series.last < SAME_MINUTE_MS ? series : { ...series, last: now, times: series.times + 1 }
}
