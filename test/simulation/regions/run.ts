import type { CompiledPolicy } from '../../../shared/contracts/compiled-config.ts'
import { withTook } from '../../../shared/contracts/took.ts'
import type { DutyRecord } from '../../../shared/incidents/duty/record.ts'
import type { Incident } from '../../../shared/incidents/incident.ts'
import { canaryShape } from '../../../shared/store/canary.ts'
import { readDuty } from '../../../shared/store/duty.ts'
import { canaryKey } from '../../../shared/store/keys.ts'
import { held } from '../../../shared/store/shape.ts'
import { Cloud } from '../cloud.ts'
import { type Faults, faultsOf, isCalm } from '../faults.ts'
import { Ledger } from '../ledger.ts'
import {
  changedSince,
  comesOnceMore,
  echo,
  isAtRest,
  isIdle,
  type Lived,
  type Living,
  lettersIn,
  overIn,
  seenOf,
  undoneIn,
} from '../lived.ts'
import type { Logged } from '../logged.ts'
import { incidentsIn, isSettled, leftIn } from '../outcome.ts'
import { People } from '../people.ts'
import type { Phones } from '../phones.ts'
import { Rounds } from '../rounds.ts'
import { phonesIn } from '../run.ts'
import { policy } from '../setting.ts'
import { type Day, sizeInRegions } from '../size.ts'
import { Texts } from '../texts.ts'
import { type Process, World } from '../world.ts'
import { handsOf, sayByHand } from './hands.ts'
import { doForAWhile, isLapsing, makeLapsing } from './lapses.ts'
import { mergeByHand, mergeOf, splitByHand } from './merging.ts'
import { Network } from './network.ts'
import { neededIn, type Plan, planOf, takenBySeveral } from './plan.ts'
import { setting as anySetting } from './setting.ts'
import { makeVoiceless, voicelessAt } from './voiceless.ts'

/** One region, and what became of it. */
export interface RegionOutcome extends Lived {
  region: string
  /** Who has duty, as it knows that; undefined: it has always gone by the order. */
  duty: DutyRecord | undefined
}

export interface RegionsOutcome {
  seed: number
  plan: Plan
  guardMs: number
  regions: RegionOutcome[]
  /** The logs of all regions as one. */
  log: (Logged & { region: string })[]
}

/** Who may press a key, or a link: each of them takes what several have to. */
const PEOPLE = 3

const SECOND = 1_000
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const GUARD_MS = MINUTE

/** When what somebody has pages again is judged where nothing of ours fails. */
const daysOfLapses: Day[] = ['calm', 'calm', 'calm', 'one trouble', 'cruel']

/** What watch finds to do in a round is under way by then, ms: before, a world may look as if it were at rest. */
const WATCHED_MS = 20_000
const names = ['ap-southeast-1', 'ap-northeast-1', 'eu-central-1']

/** What people do is done within this where worlds are short, and whether all is over is looked at again after this, ms. */
const DONE_MS = 20_000
const AGAIN_MS = 5_000

interface Region extends Living {
  name: string
  rounds: Rounds
}

/** Runs one seed of several regions to the end, as `simulate` does with one. */
export async function simulateRegions(
  seed: number,
  count: number,
  timing = 0,
  size = sizeInRegions(seed),
): Promise<RegionsOutcome> {
  const world = new World(seed, size)
  const { isWarm } = size
  const days = isWarm && isLapsing(seed, size) ? daysOfLapses : size.days
  const faults = faultsOf(world, isWarm ? days : ['calm', 'calm', 'one trouble', 'cruel'])
  const needed = neededIn(seed)
  const setting = anySetting(world, needed)
  const plan = planOf(world, count)
  if (needed !== undefined) takenBySeveral(plan, seed, count, size)
  makeVoiceless(plan, setting, seed, count, size)
  makeLapsing(plan, setting, seed, count, size)
  plan.hands = handsOf(plan, seed, count, size)
  const merge = mergeOf(plan, seed, size)
  if (merge !== undefined) plan.merge = merge
  const order = names.slice(0, count)
  const network = new Network(world, plan, order, (name) => regionOf(name).cloud)
  const regions = order.map((name, index): Region => {
    const texts = new Texts(world, faults)
    const aheadMs = plan.aheadMs[index] ?? 0
    const ledger = new Ledger(world, aheadMs)
    const place = { own: name, order, guardMs: GUARD_MS }
    const region = {
      place,
      aheadMs,
      peers: (process: Process) => network.peersOf(name, process),
      ...(plan.hands.length > 0 && { others: (process: Process) => network.othersOf(name, process) }),
    }
    const cloud: Cloud = new Cloud({ world, faults, setting, texts, ledger, region, phones: () => phones })
    const people = new People(world, cloud)
    const dead = () => voicelessAt(plan, index, world.now)
    const phones: Phones = phonesIn(world, faults, cloud, people, { dead })
    return { name, cloud, people, phones, texts, ledger, rounds: new Rounds(world, cloud, setting, true) }
  })
  if (isWarm) for (const { cloud } of regions) await warmUp(cloud)
  const regionOf = (name: string) => {
    const found = regions.find((one) => one.name === name)
    if (found === undefined) throw new Error(`There is no region ${name}`)
    return found
  }
  let busyUntil = world.now + (isWarm ? MINUTE : 5 * MINUTE)
  const at = (time: number, work: () => void) => {
    busyUntil = Math.max(busyUntil, time + (isWarm ? DONE_MS : MINUTE))
    world.after(time - world.now, work)
  }
  for (const { region, is, from, until } of plan.losses) {
    const cloud = regions[region]?.cloud
    const state = is === 'half dead' ? is : is === 'dead' || is === 'gone' ? 'dead' : undefined
    at(from, () => state && cloud?.lose(state))
    at(until, () => {
      if (cloud !== undefined) cloud.state = 'well'
    })
  }
  for (const { key, triggeredAt, resolvedAt, againAt, lastlyAt, taken: takes } of plan.stories) {
    const tell = (action: string) => () => {
      const alert = { project: 'pay', dedupKey: key, source: 'sender', summary: 'broken', severity: 'critical', action }
      for (const { name, cloud } of regions)
        world.after(world.latency(), () => {
          if (network.takesAlerts(name)) cloud.events.send({ v: 1, kind: 'alerts', alerts: [alert] }, 0)
        })
    }
    at(triggeredAt, tell('trigger'))
    if (resolvedAt !== undefined) at(resolvedAt, tell('resolve'))
    if (againAt !== undefined) at(againAt, tell('trigger'))
    if (lastlyAt !== undefined) at(lastlyAt, tell('resolve'))
    for (const one of takes)
      at(one.at, () => {
        const region = regions[one.region]
        const incident = region && incidentsIn(region.cloud).find(({ groupKey }) => groupKey === key)
        if (incident?.status === 'open')
          region?.people.take(
            `pay#${incident.generation}#${key}`,
            0,
            one.by === undefined ? undefined : { contact: one.by, name: one.by },
          )
      })
  }
  for (const act of plan.forAWhile ?? [])
    at(act.at, () => {
      const region = regions[act.region]
      if (region !== undefined) doForAWhile(act, region.cloud, region.people)
    })
  const clouds = regions.map(({ cloud }) => cloud)
  if (merge !== undefined) {
    const desks = clouds.map((cloud, index) => ({ cloud, aheadMs: plan.aheadMs[index] ?? 0 }))
    const split = async () => {
      merge.undoneAt ??= world.now
      if (await splitByHand(merge, desks, world)) at(world.now + MINUTE, () => void split())
    }
    at(merge.at, async () => {
      if (await mergeByHand(merge, desks, world)) merge.doneAt = world.now
    })
    if (merge.splitAt !== undefined) at(merge.splitAt, () => void split())
  }
  for (const hand of plan.hands) {
    at(hand.at, () => void sayByHand(hand, clouds, order, world))
    if (hand.until !== undefined) at(hand.until, () => {})
  }
  world.retime(timing)

  let watches = 0
  let isEcho = false
  const tick = () => {
    if (!isEcho) for (const { rounds } of regions) rounds.begin()
    watches++
    busyUntil = Math.max(busyUntil, world.now + WATCHED_MS)
    world.after(MINUTE, tick)
  }
  world.after(isWarm ? Math.floor(world.random() * MINUTE) : 1_000, tick)
  let looked = 0
  let lookAt = 0
  await world.run(world.now + 12 * HOUR, () => {
    if ((isWarm ? lookAt > world.now : watches === looked) || busyUntil > world.now) return false
    if (!clouds.every(isIdle)) return false
    looked = watches
    lookAt = world.now + AGAIN_MS
    return clouds.every((cloud) => isAtRest(cloud, isSettledHere))
  })
  const ends = regions.map((region) => ({
    region,
    undone: undoneIn(region.cloud, isSettledHere),
    over: overIn(region.cloud),
  }))
  isEcho = true
  const restedAt = world.now
  if (comesOnceMore(world)) for (const cloud of clouds) echo(cloud)
  await world.run(world.now + 45_000, () => false)

  const outcomes: RegionOutcome[] = []
  for (const { region, undone, over } of ends) {
    const { cloud, name } = region
    outcomes.push({
      ...(await leftIn(cloud.incidents)),
      ...undone,
      ...seenOf(region),
      region: name,
      duty: await readDuty(cloud.duty.items.table),
      seed,
      world,
      faults: faultsSeen(faults, plan),
      calm: isCalm(faults) && plan.losses.length === 0,
      setting,
      letters: lettersIn(cloud),
      restedAt,
      echoes: changedSince(over, cloud),
      gone: [],
      takers: needed === undefined ? count : count * PEOPLE,
    })
  }
  return { seed, plan, guardMs: GUARD_MS, regions: outcomes, log: logOf(outcomes) }
}

/** Makes a region one whose canaries have come through for long. */
async function warmUp(cloud: Cloud): Promise<void> {
  const at = cloud.clock() - MINUTE / 2
  const canary = { at, since: at - HOUR, took: withTook({}, SECOND) }
  await cloud.incidents.table.put([{ ...canaryKey('events'), ...held(canary, canaryShape) }])
}

function logOf(regions: RegionOutcome[]): RegionsOutcome['log'] {
  return regions
    .flatMap(({ region, log }) => log.map((logged) => ({ ...logged, region })))
    .toSorted((one, other) => one.at - other.at)
}

/** What is guarded here waits for another region's end; what is only told there has no rounds. */
function isSettledHere(incident: Incident): boolean {
  const { severity, escalation } = incident
  const isOnlyTold = severity === 'warning' || severity === 'info'
  return isSettled(incident) || (escalation.phase === 'guarded' && (isOnlyTold || escalation.round > 2))
}

/** By what policy people are called in a world. */
export function policyIn({ regions }: RegionsOutcome): CompiledPolicy {
  return regions[0]?.setting.config.policies.default ?? policy
}

/** Where regions are lost, processes die: of those that live no fewer do than this says. */
export const CRASHES_OF_LOSSES = 0.001

function faultsSeen(faults: Faults, { losses }: Plan): Faults {
  return losses.length === 0 ? faults : { ...faults, crashes: Math.max(faults.crashes, CRASHES_OF_LOSSES) }
}
