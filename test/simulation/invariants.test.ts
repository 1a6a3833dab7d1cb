import { describe, expect, it } from 'vitest'
import type { TimelineEntry } from '../../shared/incidents/timeline-entry.ts'
import { faultsOf } from './faults.ts'
import { keysCount } from './invariants/keys.ts'
import { layersAreKept } from './invariants/layers.ts'
import { pagesAreInTime } from './invariants/times.ts'
import type { Ring } from './phone-world.ts'
import type { Outcome } from './run.ts'
import { policy, settingOf } from './setting.ts'
import { World } from './world.ts'

const S = 1_000

/** What happened to `pay#1#web`, s. */
type Line = [at: number, line: Pick<TimelineEntry, 'kind'> & Record<string, unknown>]

const opened: Line = [0, { kind: 'opened', severity: 'critical', summary: 'broken', source: 'sender' }]
const layer = (at: number, index: number): Line => [at, { kind: 'layer', round: 0, layer: index, names: [], notes: [] }]
const ended = (at: number, index: number, code = 'unacknowledged'): Line => [
  at,
  { kind: 'layer-ended', round: 0, layer: index, why: { code, args: {} } },
]
const handed = (at: number): Line => [at, { kind: 'escalated', to: ['zhao'] }]
const lasting =
  (seconds: number) =>
  (at: number, index: number): Line => [
    at,
    { ...layer(at, index)[1], rule: { page: ['zhao'], calls: 2, ackTimeoutMs: seconds * S } },
  ]
const taken = (at: number, until: number): Line => [at, { kind: 'acknowledged', until: until * S }]
const reopened = (at: number): Line => [at, { kind: 'reopened', lapse: { why: 'snooze-over' } }]

interface Told {
  lines: Line[]
  rings?: Partial<Ring>[]
  skewMs?: number
  crashes?: number
}

/** A world that has come to rest after 200 s, clocks of whose machines may be off by `skewMs`, and whose processes may die. */
function outcome({ lines, rings = [], skewMs = 0, crashes = 0 }: Told) {
  const world = new World(1)
  const none = { from: 0, until: 0 }
  const quiet = Object.fromEntries(Object.keys(faultsOf(world)).map((name) => [name, 0]))
  const setting = settingOf(world, 1)
  setting.config.policies.default = policy
  const timeline = lines.map(([at, line]) => ({ at: at * S, generation: 1, ...line }))
  return {
    world,
    calm: true,
    faults: { ...quiet, skewMs, crashes, busy: none, outage: none, contactsOutage: none, queueOutage: none },
    setting,
    incidents: [{ project: 'pay', groupKey: 'web', generation: 1, status: 'open' }],
    timelines: new Map([['pay#web', timeline]]),
    rings: rings.map((ring) => ({ about: [{ incident: 'pay#1#web', step: 2 }], presses: [], token: 'call', ...ring })),
    ledger: {
      about: new Map(),
      acknowledgedAt: new Map(),
      takenAt: new Map(),
      layerOf: new Map(),
      otherNumbers: new Set(),
    },
    senders: { said: [] },
    people: { acted: [], meddled: [] },
    restedAt: 200 * S,
    log: [],
    asked: [],
    told: [],
  } as unknown as Outcome
}

describe('a layer that ends while a phone rings', () => {
  const lines = [opened, layer(1, 0), ended(60, 0), layer(60.1, 1)]
  const rings = (startedAt: number) => [{ startedAt: startedAt * S, endedAt: 110 * S }]

  it.each([
    { what: 'is one too early', startedAt: 50, skewMs: 0, faults: 1 },
    { what: 'is one too early by whatever clocks', startedAt: 50, skewMs: 300, faults: 1 },
    { what: 'is not, if the phone rings for the next one', startedAt: 60.2, skewMs: 0, faults: 0 },
    { what: 'is not, if the phone rings for the next one by a slower clock', startedAt: 59.99, skewMs: 300, faults: 0 },
    { what: 'is one too early if there is but one clock', startedAt: 59.99, skewMs: 0, faults: 1 },
  ])('$what', ({ startedAt, skewMs, faults }) => {
    const broken = layersAreKept(outcome({ lines, rings: rings(startedAt), skewMs }))
    expect(broken).toEqual(Array(faults).fill('pay#1#web: its layer ended while call rang'))
  })
})

describe('a call of which nobody knows whether it rings', () => {
  const call = (at: number, times: number, result: string): Line => [
    at,
    { kind: 'call', name: 'lin', call: times, outcome: result },
  ]

  it.each([
    { what: 'is not made again', lines: [call(2, 1, 'unknown'), call(9, 2, 'ringing')], skewMs: 300, faults: 1 },
    {
      what: 'is the first of its layer, though the one before has written of its second by a faster clock',
      lines: [call(1.1, 2, 'unanswered'), call(20, 1, 'unknown')],
      skewMs: 300,
      faults: 0,
    },
  ])('$what', ({ lines, skewMs, faults }) => {
    const broken = layersAreKept(outcome({ lines: [opened, layer(1, 0), ...lines, ended(60, 0)], skewMs }))
    expect(broken).toHaveLength(faults)
  })
})

describe('a key 1 that was heard, of an incident that is open', () => {
  it.each([
    { what: 'was not counted', at: 100, crashes: 0.03, faults: 1 },
    { what: 'is perhaps left by who died when nobody looks after that any more', at: 210, crashes: 0.03, faults: 0 },
    { what: 'was not counted where nobody dies', at: 210, crashes: 0, faults: 1 },
  ])('$what', ({ at, crashes, faults }) => {
    const press = { key: '1', at: at * S, about: ['pay#1#web'], result: 'ok' }
    const broken = keysCount(outcome({ lines: [opened], rings: [{ presses: [press] }], crashes }))
    expect(broken.filter((one) => one.startsWith('key not counted'))).toHaveLength(faults)
  })
})

describe('a first layer', () => {
  it.each([
    { what: 'at once', lines: [opened, layer(1, 0)], late: [] },
    { what: 'late', lines: [opened, layer(7, 0)], late: [7] },
    { what: 'once nobody has it any more', lines: [opened, taken(1, 120), reopened(120), layer(121, 0)], late: [] },
    { what: 'late after that', lines: [opened, taken(1, 120), reopened(120), layer(126, 0)], late: [6] },
  ])('$what', ({ lines, late }) => {
    const broken = pagesAreInTime(outcome({ lines }))
    expect(broken).toEqual(late.map((waited) => `page late: pay#1#web waited ${waited} s`))
  })
})

describe('a layer whose time is over', () => {
  const begun = [opened, layer(1, 0)]
  const late = 'page late: a layer of pay#1#web by 7 s'
  const early = 'a layer of pay#1#web ended 60 s before its time'

  it.each([
    { what: 'ends', lines: [...begun, ended(181, 0, 'ack-timeout'), layer(181, 1)], skewMs: 0, broken: [] },
    { what: 'ends late', lines: [...begun, ended(188, 0, 'ack-timeout'), layer(188, 1)], skewMs: 0, broken: [late] },
    { what: 'ends early', lines: [...begun, ended(121, 0, 'ack-timeout')], skewMs: 300, broken: [early] },
    {
      what: 'ends as the next begins, which has its place since another policy was deployed',
      lines: [...begun, ended(181, 0, 'ack-timeout'), layer(181, 0)],
      skewMs: 0,
      broken: [],
    },
    {
      what: 'ends after the next has begun by a slower clock',
      lines: [...begun, layer(180.99, 1), ended(181, 0, 'ack-timeout')],
      skewMs: 300,
      broken: [],
    },
    {
      what: 'has as much of it as those have to whom it was handed, who come before the policy’s layers',
      lines: [opened, handed(1), lasting(300)(1, 0), ended(188, 0, 'ack-timeout')],
      skewMs: 0,
      broken: ['a layer of pay#1#web ended 113 s before its time'],
    },
    {
      what: 'is none that no policy has, whatever it says itself',
      lines: [opened, handed(1), lasting(7)(1, 0), ended(9, 0, 'ack-timeout')],
      skewMs: 0,
      broken: ['a layer of pay#1#web ended 292 s before its time'],
    },
  ])('$what', ({ lines, skewMs, broken }) => {
    expect(pagesAreInTime(outcome({ lines, skewMs }))).toEqual(broken)
  })
})
