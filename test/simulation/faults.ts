import type { Day } from './size.ts'
import type { World } from './world.ts'

/** From when until when, UTC ms. */
interface Span {
  from: number
  until: number
}

/** What may go wrong by itself or together with everything else; probabilities. */
interface Troubles {
  /** Of a process, to die before or after a step outside itself. */
  crashes: number
  /** Of a voice vendor, to do anything but what it was asked. */
  calls: number
  /** Of a vendor of texts, to be busy, refuse, or lose its answer. */
  texts: number
  /** Of an event of a call, to come twice or never. */
  events: number
  /** Of a request to stop a call, to be done or not without a word of it. */
  stops: number
  /** Of a message, to come twice. */
  duplicates: number
  /** Of a probe's report, never to be sent. */
  lostReports: number
  /** Of a conditional write, to be repeated by the SDK and meet itself: it looks like somebody else's; of half as many, to end in an error. */
  lostAnswers: number
  /** Of a table or queue, to refuse a request. */
  refusals: number
  /** Of a step outside a process, to take seconds. */
  slowSteps: number
}

/** What a world does to those who live in it: probabilities, and times in ms. */
export interface Faults extends Troubles {
  /** How long a vendor may take to answer: the time in which an acknowledgement meets a call that nobody knows yet. */
  slownessMs: number
  /** How long a vendor of texts may take. */
  textsMs: number
  /** Voice vendors that do not do what they are asked refuse it. */
  refuses: boolean
  /** How long a key that is pressed may be on its way: the function behind the flow has to start first. */
  keyDelayMs: number
  /** How far a machine's clock may be off. */
  skewMs: number
  /** Of an index, to show nothing yet of an item. */
  indexMisses: number
  /** The tables refuse everything. */
  outage: Span
  /** Of a call that somebody takes, that such an outage begins just then, if there is none in this world yet. */
  outagesInCalls: number
  /** Nobody's contacts can be read. */
  contactsOutage: Span
  /** Of a call that rings, that such an outage begins just then, if there is none in this world yet. */
  contactsOutagesInCalls: number
  /** The escalation queue takes nothing. */
  queueOutage: Span
  /** Of a call that others wait for, that such an outage begins as it ends, if there is none in this world yet. */
  queueOutagesAfterCalls: number
  /** Voice vendors refuse everything for now. */
  busy: Span
  /** Nobody calls watch. */
  watchRests: Span
  /** What has expired is deleted at once, and not after days. */
  forgets: boolean
  /** Received so often in vain, a message goes to the dead letters. */
  maxReceives: number
}

const degrees: { [Name in keyof Troubles]: number[] } = {
  crashes: [0, 0.002, 0.01, 0.03],
  calls: [0, 0.1, 0.25],
  texts: [0, 0.1, 0.25],
  events: [0, 0.1, 0.25],
  stops: [0, 0.25, 0.6],
  duplicates: [0, 0.05, 0.12],
  lostReports: [0, 0.02, 0.05],
  lostAnswers: [0, 0.02, 0.1],
  refusals: [0, 0, 0.005, 0.02],
  slowSteps: [0, 0, 0, 0.02],
}
const names = Object.keys(degrees) as (keyof Troubles)[]

/** An outage that outlasts a few tries, ms. */
const LONG_MS = 90_000

/** One that begins with a call, or with its end, is over by then, ms. */
const SHORT_MS = 60_000

const spans = ['busy', 'outage', 'contactsOutage', 'queueOutage'] as const

/** What fails at others, and holds nothing of ours back. */
const vendors: (keyof Troubles)[] = ['calls', 'texts', 'events', 'stops', 'duplicates', 'lostAnswers']

/** What a few troubles are of: what the rarest mistakes need is there more often than the rest. */
type Trouble = keyof Troubles | (typeof spans)[number] | 'outagesInCalls' | 'queueOutagesAfterCalls'
const some: Trouble[] = [
  ...names.filter((name) => name !== 'lostReports'),
  ...(['texts', 'texts', 'slowSteps', 'slowSteps', 'stops'] as const),
  ...spans,
  'outagesInCalls',
  'queueOutagesAfterCalls',
]

/** How many they are, as likely: two of them may be the same. */
const counts = [1, 1, 2, 3]

/** Where calls are refused it takes a vendor so long at most to do so, and one of texts so long to take what stands in for them, ms. */
const REFUSED_MS = 2_000
const SLOW_TEXTS_MS = 12_000

/** Of the few steps of a short world hardly one would be slow. */
const SLOW_STEPS = [0.02, 0.1]

/** What may go wrong, by what kind of a day it is. */
export function faultsOf(world: World, days: readonly Day[] = world.size.days): Faults {
  const day = world.pick(days)
  const few = day === 'few troubles' ? Array.from({ length: world.pick(counts) }, () => world.pick(some)) : []
  const isOne = (name: Trouble) => few.includes(name)
  const troubles = troublesOn(day, isOne, world)
  const isCruel = day === 'cruel'
  const slownessMs = world.pick([0, 0, 5_000])
  const refuses = day === 'refused'
  const faults: Faults = {
    ...troubles,
    slownessMs: refuses ? REFUSED_MS : slownessMs,
    textsMs: refuses ? SLOW_TEXTS_MS : slownessMs,
    refuses,
    keyDelayMs: world.pick(world.size.keyDelays),
    skewMs: world.pick([0, 0, 300]),
    indexMisses: world.pick([0, 0.2]),
    outage: span(world, isOne('outage') ? 1 : isCruel ? 0.1 : 0, 240_000),
    outagesInCalls: isOne('outagesInCalls') || (isCruel && world.chance(0.2)) ? 0.3 : 0,
    contactsOutage: span(world, isOne('contactsOutage') ? 1 : isCruel ? 0.15 : 0, 240_000),
    contactsOutagesInCalls: day === 'no contacts' ? 1 : 0,
    queueOutage: span(world, isOne('queueOutage') ? 1 : isCruel ? 0.15 : 0, 90_000),
    queueOutagesAfterCalls: isOne('queueOutagesAfterCalls') || (isCruel && world.chance(0.5)) ? 0.6 : 0,
    busy: span(world, isOne('busy') ? 1 : isCruel ? 0.15 : 0, 90_000),
    watchRests: span(world, world.size.rests, 600_000),
    forgets: world.chance(0.5),
    maxReceives: 100,
  }
  // After so few tries what fails for long is given up by right.
  const isLong = ({ from, until }: Span) => until - from > LONG_MS
  const failsForLong = troubles.crashes > 0.01 || isLong(faults.outage) || isLong(faults.contactsOutage)
  if (isCruel && world.chance(0.3) && !failsForLong) faults.maxReceives = 3
  return faults
}

function troublesOn(day: Day, isOne: (name: Trouble) => boolean, world: World): Troubles {
  const troubles = Object.fromEntries(names.map((name) => [name, 0])) as unknown as Troubles
  if (day === 'one trouble') {
    const name = world.pick(names)
    troubles[name] = bad(world, degrees[name])
  }
  if (day === 'refused') troubles.calls = 0.5
  for (const name of names) {
    if (isOne(name)) troubles[name] = name === 'slowSteps' ? world.pick(SLOW_STEPS) : bad(world, degrees[name])
    if (day === 'bad vendors' && vendors.includes(name)) troubles[name] = perhaps(world, degrees[name])
    if (day === 'cruel') troubles[name] = world.size.isSwarm ? perhaps(world, degrees[name]) : world.pick(degrees[name])
  }
  return troubles
}

/** A phone rings. */
export function onRing(faults: Faults, world: World): void {
  faults.contactsOutage = perhapsNow(faults.contactsOutage, faults.contactsOutagesInCalls, world)
}

/** Somebody has taken a call. */
export function onAnswer(faults: Faults, world: World): void {
  faults.outage = perhapsNow(faults.outage, faults.outagesInCalls, world)
}

/** A call has ended, and others wait for that. */
export function onEnd(faults: Faults, world: World): void {
  faults.queueOutage = perhapsNow(faults.queueOutage, faults.queueOutagesAfterCalls, world)
}

/** None of it, or as much of it as may be. */
function perhaps(world: World, some: number[]): number {
  return world.chance(0.5) ? bad(world, some) : 0
}

function bad(world: World, some: number[]): number {
  return world.pick(some.filter((degree) => degree > 0))
}

function perhapsNow(outage: Span, chance: number, world: World): Span {
  const hadOne = outage.until > outage.from
  if (hadOne || chance === 0 || !world.chance(chance)) return outage
  return { from: world.now, until: world.now + Math.floor(world.random() * SHORT_MS) }
}

export function isWithin({ from, until }: Span, at: number): boolean {
  return from <= at && at < until
}

/** Nobody dies, nobody fails, and nothing is in the way. */
export function isCalm(faults: Faults): boolean {
  return onlyFails(faults)
}

/** Whether nothing goes wrong but, perhaps, what is named. */
export function onlyFails(faults: Faults, ...perhaps: (keyof Troubles | (typeof spans)[number])[]): boolean {
  const lasting = spans.filter((name) => faults[name].until > faults[name].from)
  const wrong = [...names.filter((name) => faults[name] > 0), ...lasting]
  return wrong.every((name) => perhaps.includes(name))
}

function span(world: World, chance: number, longestMs: number): Span {
  const from = world.now + Math.floor(world.random() * 400_000 * world.size.pace)
  return { from, until: from + (world.chance(chance) ? Math.floor(world.random() * longestMs) : 0) }
}
