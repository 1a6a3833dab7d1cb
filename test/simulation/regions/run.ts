import type { DutyRecord } from '../../../shared/incidents/duty/record.ts'
import type { Incident } from '../../../shared/incidents/incident.ts'
import { readDuty } from '../../../shared/store/duty.ts'
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
import { phonesIn } from '../run.ts'
import { sizeInRegions } from '../size.ts'
import { Texts } from '../texts.ts'
import { type Process, World } from '../world.ts'
import { handsOf, sayByHand } from './hands.ts'
import { doForAWhile, makeLapsing } from './lapses.ts'
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

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const GUARD_MS = MINUTE

/** What watch finds to do in a round is under way by then, ms: before, a world may look as if it were at rest. */
const WATCHED_MS = 20_000
const names = ['ap-southeast-1', 'ap-northeast-1', 'eu-central-1']

interface Region extends Living {
  name: string
}

/** Runs one seed of several regions to the end, as `simulate` does with one. */
export async function simulateRegions(
  seed: number,
  count: number,
  timing = 0,
  size = sizeInRegions(seed),
): Promise<RegionsOutcome> {
  const world = new World(seed, size)
  const faults = faultsOf(world, ['calm', 'calm', 'one trouble', 'cruel'])
  const needed = neededIn(seed)
  const setting = anySetting(world, needed)
  const plan = planOf(world, count)
  if (needed !== undefined) takenBySeveral(plan, seed, count)
  makeVoiceless(plan, setting, seed, count)
  makeLapsing(plan, setting, seed, count)
  plan.hands = handsOf(plan, seed, count)
  const merge = mergeOf(plan, seed)
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
    return { name, cloud, people, phones, texts, ledger }
  })
  const regionOf = (name: string) => {
    const found = regions.find((one) => one.name === name)
    if (found === undefined) throw new Error(`There is no region ${name}`)
    return found
  }
  let busyUntil = world.now + 5 * MINUTE
  const at = (time: number, work: () => void) => {
    busyUntil = Math.max(busyUntil, time + MINUTE)
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
  for (const { key, triggeredAt, resolvedAt, againAt, taken: takes } of plan.stories) {
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
    if (!isEcho) for (const { cloud } of regions) void cloud.watch()
    watches++
    busyUntil = Math.max(busyUntil, world.now + WATCHED_MS)
    world.after(MINUTE, tick)
  }
  world.after(1_000, tick)
  let looked = 0
  await world.run(world.now + 12 * HOUR, () => {
    if (watches === looked || busyUntil > world.now) return false
    if (!clouds.every(isIdle)) return false
    looked = watches
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

/** Where regions are lost, processes die: of those that live no fewer do than this says. */
export const CRASHES_OF_LOSSES = 0.001

function faultsSeen(faults: Faults, { losses }: Plan): Faults {
  return losses.length === 0 ? faults : { ...faults, crashes: Math.max(faults.crashes, CRASHES_OF_LOSSES) }
}
