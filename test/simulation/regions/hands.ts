import { dispatchToDuty } from '../../../shared/engine/regions/duty.ts'
import type { DutyRecord } from '../../../shared/incidents/duty/record.ts'
import { isSaidAfter, type Said } from '../../../shared/incidents/duty/said.ts'
import { readDuty } from '../../../shared/store/duty.ts'
import type { Cloud } from '../cloud.ts'
import type { Size } from '../size.ts'
import { Process, World } from '../world.ts'
import { type Hand, hasHands, LED_MS, type Plan } from './plan.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND

/** Whoever types a command waits so long, ms, and nothing becomes of the machine. */
const COMMAND_MS = 15_000
const calm = { crashes: 0, skewMs: 0, slowSteps: 0 }

/** Sets the numbers of those worlds apart from others. */
const HANDS = 1_000_007

/** What people do of duty in a world; nothing in most. What is drawn for that is drawn apart. */
export function handsOf({ stories }: Pick<Plan, 'stories'>, seed: number, regions: number, { isWarm }: Size): Hand[] {
  if (!hasHands(seed)) return []
  const world = new World(seed + HANDS)
  const some = (most: number) => Math.floor(world.random() * most)
  const misses = () => (world.chance(0.3) ? [some(regions)] : [])
  // Some time before something breaks, or in the middle of that.
  const begins = stories[0]?.triggeredAt ?? world.now
  const soon = () => (world.chance(0.4) ? some(20 * SECOND) : some(5 * MINUTE))
  const at = isWarm ? begins - LED_MS + soon() : begins - 4 * MINUTE + some(10 * MINUTE)
  const longestMin = isWarm ? 3 : 10
  const region = world.pick([1, regions - 1, some(regions)])
  const taken: Hand = { at, region, misses: misses() }
  if (world.chance(0.4)) taken.until = at + (1 + some(longestMin)) * MINUTE
  const next = at + SECOND + some((longestMin + 2) * MINUTE)
  return world.pick([
    [taken],
    [taken, { at: next, misses: misses() }],
    [taken, { at: next, region: some(regions), misses: misses() }],
  ])
}

/**
 * Does it as the command does: in every region that it reaches, in the one that takes it last. One whose region is lost changes nothing, and
 * neither does one that is overtaken.
 */
export async function sayByHand(
  { region, until, misses }: Hand,
  clouds: Cloud[],
  order: string[],
  world: World,
): Promise<void> {
  const reached = clouds.filter((cloud, index) => cloud.state !== 'dead' && !misses.includes(index))
  const taker = region === undefined ? undefined : clouds[region]
  if (taker !== undefined && !reached.includes(taker)) return
  const records = await Promise.all(reached.map((cloud) => readDuty(cloud.duty.items.table)))
  const last = newestOf(records)
  const name = region === undefined ? undefined : order[region]
  const said: Said = {
    at: Math.max(world.now, (last?.at ?? 0) + 1),
    by: 'lin',
    ...(name !== undefined && { region: name }),
    ...(until !== undefined && { until }),
  }
  const others = reached.filter((cloud) => cloud !== taker)
  for (const cloud of taker === undefined ? others : [...others, taker]) {
    const io = cloud.newIo(new Process(world, COMMAND_MS, calm))
    const own = order[clouds.indexOf(cloud)] ?? ''
    await dispatchToDuty({ event: { type: 'said', said, place: { own, order } } }, io).catch(() => {})
  }
}

/** What was said last, as far as these know. */
function newestOf(records: (DutyRecord | undefined)[]): Said | undefined {
  return records.reduce<Said | undefined>(
    (newest, one) => (one?.said && isSaidAfter(one.said, newest) ? one.said : newest),
    undefined,
  )
}
