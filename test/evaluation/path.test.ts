import { expect, it } from 'vitest'
import { pathMachine } from '../../shared/evaluation/path.ts'
import type { Depth, PathDepths, PathSample, PathState, PathTrouble } from '../../shared/evaluation/path-state.ts'

const MINUTE = 60_000
const START = 1_800_000_000_000

const none: Depth = { waiting: 0, inFlight: 0 }
const waiting: Depth = { waiting: 1, inFlight: 0 }
const well: PathDepths = {
  ...{ events: none, overflow: none, escalation: none, 'aws-events': none },
  ...{ 'events-dlq': none, 'escalation-dlq': none, 'aws-events-dlq': none },
}

/** What watch sees in a minute: queues that are not as when all is well, and the minutes in which the last canaries set out. */
interface Minute {
  depths?: Partial<PathDepths>
  /** How old the last canary is, minutes; default: it has come through since the last look. */
  canary?: number
  overflowCanary?: number
}

/** What people hear in which minute. `minutes` stand at their places, those left out are missed by watch. */
function told(minutes: (Minute | undefined)[]): string[] {
  let state: PathState | undefined
  return minutes.flatMap((minute, index) => {
    if (minute === undefined) return []
    const now = START + index * MINUTE
    const canaries: PathSample['canaries'] = { events: now - (minute.canary ?? 1) * MINUTE }
    if (minute.overflowCanary !== undefined) canaries.overflow = now - minute.overflowCanary * MINUTE
    const decision = pathMachine.transition(state, { depths: { ...well, ...minute.depths }, canaries }, now)
    state = decision.state
    return decision.outbox.map(({ trouble, isOver, since }) => {
      const from = (since - START) / MINUTE
      return `${index}: ${isOver ? 'over ' : ''}${trouble} since ${from}`
    })
  })
}

const during = (minute: Minute, from: number, to: number, all: number): Minute[] =>
  Array.from({ length: all }, (_, index) => (index >= from && index < to ? minute : {}))

it.each<[PathTrouble, Minute, told: number]>([
  ['escalation-backlog', { depths: { escalation: waiting } }, 3],
  ['escalation-failing', { depths: { escalation: { waiting: 0, inFlight: 1 } } }, 5],
  ['events-failing', { depths: { events: { waiting: 0, inFlight: 6 } } }, 5],
  ['overflow-age', { depths: { overflow: waiting } }, 15],
  ['aws-events-age', { depths: { 'aws-events': waiting } }, 4],
  ['events-dlq', { depths: { 'events-dlq': waiting } }, 1],
  ['escalation-dlq', { depths: { 'escalation-dlq': { waiting: 0, inFlight: 1 } } }, 1],
  ['aws-events-dlq', { depths: { 'aws-events-dlq': waiting } }, 1],
])('%s is told of once, in its time, and its end once', (trouble, bad, times) => {
  const at = 2 + times - 1
  expect(told(during(bad, 2, 40, 60))).toEqual([`${at}: ${trouble} since 2`, `44: over ${trouble} since 2`])
  expect(told(during(bad, 2, 2 + times - 1, 60))).toEqual([])
})

it('path-late: a path that is dead is told of in the fourth minute after its last canary', () => {
  const dead = Array.from({ length: 20 }, (_, index): Minute => ({ canary: index }))
  expect(told(dead)).toEqual(['4: path-late since 3'])
})

it('path-late: a first deployment whose canaries never come through is told of; one that works is not', () => {
  const step = (state: PathState | undefined, canaries: PathSample['canaries'], now: number) =>
    pathMachine.transition(state, { depths: well, canaries }, now)
  const first = step(undefined, {}, START)
  expect(first.outbox).toEqual([])
  expect(step(first.state, {}, START + MINUTE).outbox).toMatchObject([{ trouble: 'path-late', isOver: false }])
  expect(step(first.state, { events: START }, START + MINUTE).outbox).toEqual([])
})

it('path-late: after a pause of watch the last canary is old, and nobody is told of that', () => {
  expect(told([{}, ...Array(30).fill(undefined), { canary: 31 }, {}, {}])).toEqual([])
})

it('what was seen before a pause of watch and after it is no row of minutes', () => {
  const stuck = { depths: { escalation: waiting } }
  expect(told([stuck, stuck, undefined, undefined, stuck, stuck, {}])).toEqual([])
  expect(told([stuck, stuck, undefined, stuck])).toEqual(['3: escalation-backlog since 0'])
})

it('two runs of one minute are one look', () => {
  const sample = { depths: { ...well, escalation: waiting }, canaries: { events: START } }
  let state: PathState | undefined
  for (const ms of [0, 1_000, MINUTE, MINUTE + 500]) {
    const decision = pathMachine.transition(state, sample, START + ms)
    expect(decision.outbox).toEqual([])
    state = decision.state
  }
  expect(pathMachine.transition(state, sample, START + 2 * MINUTE).outbox).toHaveLength(1)
})

it('a storm that is worked on for hours is no trouble, as long as what waits is not old', () => {
  const storm = Array.from({ length: 240 }, (): Minute => ({ depths: { overflow: waiting }, overflowCanary: 14 }))
  expect(told(storm)).toEqual([])
  expect(told([...storm, ...storm.map((minute) => ({ ...minute, overflowCanary: 16 }))])).toEqual([
    '240: overflow-age since 0',
  ])
})

it('a few reports in hand, or one that fails by itself, are no trouble', () => {
  expect(told(during({ depths: { events: { waiting: 50, inFlight: 5 } } }, 0, 30, 30))).toEqual([])
})

it('what comes and goes is told of once', () => {
  const minutes = Array.from(
    { length: 40 },
    (_, index): Minute => (index < 30 && index % 4 === 0 ? { depths: { 'events-dlq': waiting } } : {}),
  )
  expect(told(minutes)).toEqual(['0: events-dlq since 0', '33: over events-dlq since 0'])
})

it('a quiet minute changes nothing, and so writes nothing', () => {
  const quiet = pathMachine.transition(undefined, { depths: well, canaries: { events: START } }, START)
  expect(quiet).toEqual({ state: undefined, outbox: [], reason: 'as before' })
})
