import { Cloud, type Mutation } from './cloud.ts'
import { type Faults, faultsOf, isCalm } from './faults.ts'
import { incidentsIn, isSettled, type Left, leftIn, nameOf, outboxesIn, phoneLineIn } from './outcome.ts'
import { People } from './people.ts'
import { type Habit, type Mood, Phones } from './phones.ts'
import { type Breakdown, Probes } from './probes.ts'
import { type Setting, settingOf } from './setting.ts'
import { Texts } from './texts.ts'
import { World } from './world.ts'

export interface Outcome extends Left {
  /** What nobody had carried out when the world had come to rest. */
  leftOutboxes: string[]
  seed: number
  world: World
  faults: Faults
  /** Nothing crashes and nobody fails in this one. */
  calm: boolean
  setting: Setting
  rings: Phones['rings']
  requests: Phones['requests']
  told: Texts['told']
  posts: Texts['posts']
  perMinute: number | undefined
  accepted: People['accepted']
  promised: People['promised']
  breakdown: Breakdown
  abandoned: People['abandoned']
  /** When an acknowledgement or the end was written, by incident. */
  acknowledgedAt: Map<string, number>
  /** What changed when everything that was ever sent came once more, after the end. */
  echoes: string[]
  errors: unknown[]
  log: string[]
}

const HOUR = 3_600_000

/** Runs one seed to the end: all handlers, the real state module, and a world that does to them whatever it may. */
export async function simulate(seed: number, mutation?: Mutation): Promise<Outcome> {
  const world = new World(seed)
  const faults = faultsOf(world)
  const setting = settingOf(world)
  const texts = new Texts(world, faults)
  const cloud = new Cloud({ world, faults, setting, texts, mutation, phones: () => phones })
  const people = new People(world, cloud, setting)
  const phones = phonesIn(world, faults, cloud, people)
  const acknowledgedAt = endsOf(world, cloud)
  people.live()
  const probes = new Probes(world, cloud, setting, faults.trouble / 5)

  let watches = 0
  let isEcho = false
  const tick = () => {
    if (!isEcho) cloud.watch()
    watches++
    world.after(60_000, tick)
  }
  world.after(1_000, tick)

  let looked = 0
  await world.run(world.now + 3 * HOUR, () => {
    if (watches === looked || watches < 12) return false
    const isBusy = Math.max(people.busyUntil, probes.busyUntil) > world.now
    if (isBusy || cloud.events.waiting + cloud.escalation.waiting > 0) return false
    looked = watches
    return incidentsIn(cloud.incidents).every(isSettled) && outboxesIn(cloud).length === 0
  })
  const leftOutboxes = outboxesIn(cloud)

  isEcho = true
  const before = overIn(cloud)
  cloud.events.echo()
  cloud.escalation.echo()
  await world.run(world.now + 45_000, () => false)
  const after = overIn(cloud)
  const echoes = [...before].flatMap(([name, was]) => (after.get(name) === was ? [] : [`${name}: ${after.get(name)}`]))

  return {
    ...(await leftIn(cloud.incidents)),
    leftOutboxes,
    seed,
    world,
    faults,
    calm: isCalm(faults),
    setting,
    rings: phones.rings,
    requests: phones.requests,
    told: texts.told,
    posts: texts.posts,
    perMinute: texts.perMinute,
    accepted: people.accepted,
    promised: people.promised,
    breakdown: probes.breakdown,
    abandoned: people.abandoned,
    acknowledgedAt,
    echoes,
    errors: cloud.errors,
    log: cloud.log,
  }
}

function phonesIn(world: World, faults: Faults, cloud: Cloud, people: People): Phones {
  const usual: Habit[] = ['no answer', 'busy', 'voicemail', 'presses 1', 'presses 3 and 1', 'presses 9', 'silence']
  const neverAnswers = world.chance(0.25)
  const moods: Mood[] = ['throttles', 'refuses', 'loses the answer', 'fails without calling']
  return new Phones({
    world,
    habit: () => (neverAnswers ? world.pick(['no answer', 'voicemail']) : world.pick(usual)),
    mood: () => (world.chance(faults.trouble) ? world.pick(moods) : 'places'),
    answersAfter: (ring) => {
      const after = Math.floor(world.random() * faults.slownessMs)
      for (const { incident } of ring?.about ?? [])
        if (world.chance(faults.slownessMs > 0 ? 0.1 : 0)) people.take(incident, Math.floor(world.random() * after))
      return after
    },
    lostEvents: faults.trouble,
    duplicatedEvents: faults.trouble,
    unconfirmedStops: faults.trouble,
    about: (phoneHash) =>
      phoneLineIn(cloud.incidents, phoneHash)?.call?.about.map(({ incident, step }) => ({ incident, step })) ?? [],
    event: (event) => cloud.contactEvent(event),
    flow: (ring, parameters) => cloud.contactFlow(ring, parameters),
  })
}

/** When an acknowledgement or the end is written is what "afterwards" is measured from. */
function endsOf(world: World, { incidents }: Cloud): Map<string, number> {
  const ends = new Map<string, number>()
  const put = incidents.putIfVersion.bind(incidents)
  incidents.putIfVersion = async (row, expected) => {
    const ok = await put(row, expected)
    if (ok && row.pk.startsWith('incident#') && row.state !== undefined) {
      const incident = JSON.parse(row.state)
      // What got worse than what somebody took pages again.
      if (incident.outgrown !== undefined) ends.delete(nameOf(incident))
      if (incident.status !== 'open' && !ends.has(nameOf(incident))) ends.set(nameOf(incident), world.now)
    }
    return ok
  }
  return ends
}

/** What is over, in a form that shows any change. */
function overIn({ incidents }: Cloud): Map<string, string> {
  const over = incidentsIn(incidents).filter(({ status }) => status !== 'open')
  return new Map(over.map((incident) => [nameOf(incident), `${incident.status} at step ${incident.step}`]))
}
