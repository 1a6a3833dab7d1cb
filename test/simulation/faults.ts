import type { World } from './world.ts'

/** From when until when, UTC ms. */
interface Span {
  from: number
  until: number
}

/** What a world does to those who live in it: probabilities, and times in ms. */
export interface Faults {
  /** Of a process, to die before or after a step outside itself. */
  crashes: number
  /** Of vendors, to do anything but what they were asked; of messages and events, to come twice or never. */
  trouble: number
  /** Of a conditional write, to be repeated by the SDK and meet itself: it looks like somebody else's; of half as many, to end in an error. */
  lostAnswers: number
  /** Of a table or queue, to refuse a request. */
  refusals: number
  /** How long a vendor may take to answer: the time in which an acknowledgement meets a call that nobody knows yet. */
  slownessMs: number
  /** How far a machine's clock may be off. */
  skewMs: number
  /** Of an index, to show nothing yet of an item. */
  indexMisses: number
  /** The tables refuse everything. */
  outage: Span
  /** Nobody calls watch. */
  watchRests: Span
}

/** Some worlds are calm, some are cruel. */
export function faultsOf(world: World): Faults {
  const isCruel = world.chance(0.85)
  const cruelty = (...degrees: number[]) => (isCruel ? world.pick(degrees) : 0)
  return {
    crashes: cruelty(0, 0.002, 0.01, 0.03),
    trouble: cruelty(0, 0.1, 0.25),
    lostAnswers: cruelty(0, 0.02),
    refusals: cruelty(0, 0, 0.005, 0.02),
    slownessMs: world.pick([0, 0, 5_000]),
    skewMs: world.pick([0, 0, 300]),
    indexMisses: world.pick([0, 0.2]),
    outage: span(world, isCruel ? 0.1 : 0, 240_000),
    watchRests: span(world, 0.2, 600_000),
  }
}

export function isWithin({ from, until }: Span, at: number): boolean {
  return from <= at && at < until
}

/** Nobody dies, nobody fails, and nothing is in the way. */
export function isCalm({ crashes, trouble, lostAnswers, refusals, outage }: Faults): boolean {
  return crashes + trouble + lostAnswers + refusals + (outage.until - outage.from) === 0
}

function span(world: World, chance: number, longestMs: number): Span {
  const from = world.now + Math.floor(world.random() * 400_000)
  return { from, until: from + (world.chance(chance) ? Math.floor(world.random() * longestMs) : 0) }
}
