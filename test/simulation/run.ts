import { callNameKey } from '../../shared/store/keys.ts'
import { Cloud } from './cloud.ts'
import { Deciders } from './deciders.ts'
import { type Faults, faultsOf, isCalm, isWithin, onAnswer, onEnd, onRing } from './faults.ts'
import { Ledger } from './ledger.ts'
import {
  changedSince,
  comesOnceMore,
  echo,
  isAtRest,
  isIdle,
  type Lived,
  lettersIn,
  overIn,
  seenOf,
  undoneIn,
} from './lived.ts'
import { liveThrough } from './night.ts'
import { leftIn, phoneLineIn } from './outcome.ts'
import { Pausers } from './pausers.ts'
import { everyWay, People } from './people.ts'
import type { Habit, Mood, PhoneWorld } from './phone-world.ts'
import { Phones } from './phones.ts'
import { type Breakdown, Probes } from './probes.ts'
import { Rounds } from './rounds.ts'
import { Senders } from './senders.ts'
import { deploy, settingOf } from './setting.ts'
import { sizeFor } from './size.ts'
import { Texts } from './texts.ts'
import { World } from './world.ts'

/** What has become of a world of one region. */
export interface Outcome extends Lived {
  senders: Senders
  deciders: Deciders
  breakdown: Breakdown
}

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** What somebody has put off by an hour burns on after that, ms. */
const SNOOZED_MS = 1.5 * HOUR

/** Whoever takes what rings does so within this, where that is likely, ms. */
const TAKEN_MS = 8_000

/** Whatever somebody has set out to do is done by then, or its function has died, ms. */
const ACTS_MS = 10_000

/**
 * Runs one seed to the end: all handlers, the real state module, and a world that does to them whatever it may. Another `timing` is the
 * same world, with the same plans and troubles, in which everything takes another while.
 */
export async function simulate(seed: number, timing = 0, size = sizeFor(seed)): Promise<Outcome> {
  const world = new World(seed, size)
  const faults = faultsOf(world)
  const setting = settingOf(world, seed)
  const texts = new Texts(world, faults)
  const ledger = new Ledger(world)
  const cloud = new Cloud({ world, faults, setting, texts, ledger, phones: () => phones })
  const people = new People(world, cloud)
  const phones = phonesIn(world, faults, cloud, people, setting.night ? { habits: nightly } : {})
  const pausers = new Pausers(world, cloud, people)
  const deciders = new Deciders(world, cloud, people)
  const senders = new Senders(world, cloud, people, pausers, deciders)
  senders.live(setting)
  if (setting.pauses || setting.redirects) pausers.closeAll(size.closedMs)
  if (setting.night) {
    people.ways = everyWay
    pausers.closeAll(SNOOZED_MS)
    liveThrough(setting.night, world, setting, (delayMs, work) => people.after(delayMs, work))
  }
  if (setting.ownLayers)
    people.after(size.pace * (100_000 + ((seed * 7_919) % 400_000)), () => deploy(setting, world.now))
  const probes = new Probes(world, cloud, setting, faults.lostReports)
  world.retime(timing)

  const rounds = new Rounds(world, cloud, setting)
  let watches = 0
  let isEcho = false
  const tick = () => {
    if (!isEcho) rounds.begin()
    watches++
    world.after(60_000, tick)
  }
  world.after(size.isSwarm ? Math.floor(world.random() * 60_000) : 1_000, tick)

  let looked = 0
  await world.run(world.now + 12 * HOUR, () => {
    if (watches === looked || watches < size.watches) return false
    const isBusy = Math.max(people.busyUntil + ACTS_MS, probes.busyUntil) > world.now
    if (isBusy || !isIdle(cloud)) return false
    looked = watches
    return isAtRest(cloud)
  })
  const undone = undoneIn(cloud)
  const letters = lettersIn(cloud)

  isEcho = true
  const restedAt = world.now
  pausers.rest()
  const before = overIn(cloud)
  // SQS keeps a message for up to 14 days.
  world.now += world.pick([0, 0, 2 * HOUR])
  if (comesOnceMore(world)) echo(cloud)
  await world.run(world.now + 45_000, () => false)

  return {
    ...(await leftIn(cloud.incidents)),
    ...undone,
    ...seenOf({ cloud, people, phones, texts, ledger }),
    seed,
    world,
    faults,
    calm: isCalm(faults),
    setting,
    senders,
    deciders,
    breakdown: probes.breakdown,
    letters,
    restedAt,
    echoes: changedSince(before, cloud),
    gone: forgottenIn(cloud, world.now + 30 * DAY),
  }
}

const usual: Habit[] = [
  'no answer',
  'busy',
  'voicemail',
  'presses 1',
  'presses 1 and hangs up',
  'presses 1 until it is heard',
  'presses 3 and 1',
  'presses 5 and 1',
  'presses 9',
  'silence',
]
const nightly: Habit[] = [...usual, 'presses 4', 'presses 4', 'presses 4']
const rare: Habit[] = ['long voicemail', 'hears it again and again']

export function phonesIn(
  world: World,
  faults: Faults,
  cloud: Cloud,
  people: People,
  { habits: all = usual, dead }: { habits?: Habit[]; dead?: PhoneWorld['dead'] } = {},
): Phones {
  const { habits: few, takenAsItRings, unanswered } = world.size
  const habits = few === undefined ? all : Array.from({ length: few }, () => world.pick(all))
  const neverAnswers = world.chance(unanswered)
  const moods: Mood[] = ['throttles', 'refuses', 'loses the answer', 'fails without calling']
  const habit = () => {
    if (neverAnswers) return world.pick<Habit>(['no answer', 'no answer', 'voicemail', 'long voicemail'])
    // Long calls whose events are lost are what tries the patience of a phone line.
    return world.pick(world.chance(faults.events > 0 ? 0.3 : 0.1) ? rare : habits)
  }
  const line = (phoneHash: string) => {
    const line = phoneLineIn(cloud, phoneHash)
    const named = ({ incident, step }: { incident: string; step: number }) => ({ incident, step })
    return {
      seq: line?.call?.seq ?? 0,
      contactId: line?.call?.contactId,
      about: line?.call?.about.map(named) ?? [],
      waiting: line?.waiting.map(named) ?? [],
    }
  }
  return new Phones({
    world,
    habit,
    mood: () => {
      if (isWithin(faults.busy, world.now)) return 'throttles'
      if (!world.chance(faults.calls)) return 'places'
      return faults.refuses ? 'refuses' : world.pick(moods)
    },
    ...(dead && { dead }),
    answersAfter: (ring) => {
      const after = Math.floor(world.random() * faults.slownessMs * 1.8)
      if (ring !== undefined) onRing(faults, world)
      if (takenAsItRings > 0 && world.chance(takenAsItRings))
        for (const { incident } of ring?.about ?? []) people.take(incident, Math.floor(world.random() * TAKEN_MS))
      for (const { incident } of ring?.about ?? [])
        if (world.chance(faults.slownessMs > 0 ? 0.1 : 0)) people.take(incident, Math.floor(world.random() * after))
      return after
    },
    lostEvents: faults.events,
    duplicatedEvents: faults.events,
    keyDelayMs: faults.keyDelayMs,
    unconfirmedStops: faults.stops,
    line,
    answered: () => onAnswer(faults, world),
    ended: ({ phoneHash }) => {
      if (line(phoneHash).waiting.length > 0) onEnd(faults, world)
    },
    event: (event) => cloud.contactEvent(event),
    isNamed: (outId) => cloud.incidents.row(callNameKey(outId)) !== undefined,
    receipts: (receipts) => cloud.receipts(receipts),
    flow: (ring, parameters) => cloud.contactFlow(ring, parameters),
  })
}

/** Incidents that would be gone at some moment, UTC ms. */
function forgottenIn({ incidents }: Cloud, at: number): string[] {
  return incidents
    .rows()
    .filter(({ pk, sk, expiresAt }) => isIncident(pk, sk) && expiresAt !== undefined && expiresAt * 1000 <= at)
    .map(({ pk }) => pk)
}

function isIncident(pk: string, sk: string): boolean {
  return pk.startsWith('incident#') && sk === 'state'
}
