import { takeAction } from '../../../shared/engine/console/take-action.ts'
import { dispatchToIncident } from '../../../shared/engine/dispatch.ts'
import type { EngineIo } from '../../../shared/engine/io.ts'
import { isOurs } from '../../../shared/incidents/duty/duty.ts'
import type { Incident } from '../../../shared/incidents/incident.ts'
import { formatReference } from '../../../shared/incidents/reference.ts'
import type { Cloud } from '../cloud.ts'
import { incidentsIn } from '../outcome.ts'
import type { Size } from '../size.ts'
import { Process, World } from '../world.ts'
import { hasMerge, type Merge, type Plan } from './plan.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND

/** Whoever does it waits so long, ms, and nothing becomes of the machine. */
const COMMAND_MS = 15_000
const calm = { crashes: 0, skewMs: 0, slowSteps: 0 }
const by = { contact: 'lin', name: 'lin' }

/** Sets the numbers of those worlds apart from others. */
const MERGES = 1_000_033

/** What is merged in a world, if there are two stories in it; what is drawn for that is drawn apart. */
export function mergeOf({ stories }: Pick<Plan, 'stories'>, seed: number, { isWarm }: Size): Merge | undefined {
  if (!hasMerge(seed)) return undefined
  const world = new World(seed + MERGES)
  const some = (most: number) => Math.floor(world.random() * most)
  const [one, other] = stories
  if (one === undefined || other === undefined) return undefined
  const [member, into] = world.pick([
    [one, other],
    [other, one],
  ])
  const at = Math.max(one.triggeredAt, other.triggeredAt) + SECOND + some(world.pick([20 * SECOND, 4 * MINUTE]))
  const merge: Merge = { member: member.key, into: into.key, at, everywhere: world.chance(0.5) }
  // What it is merged into has to be over some time, or it would wait for ever.
  if (into.resolvedAt === undefined || world.chance(0.4))
    merge.splitAt = at + (isWarm ? 1 : 3) * MINUTE + some((isWarm ? 3 : 12) * MINUTE)
  return merge
}

/** A region, as whoever types a command there sees it. */
interface Desk {
  cloud: Cloud
  aheadMs: number
}

/** Merges, as the command does in every region that it reaches, or the console where it is paged. Whether it is merged in any then. */
export async function mergeByHand({ member, into, everywhere }: Merge, desks: Desk[], world: World): Promise<boolean> {
  for (const desk of desks) {
    const [one, other] = [member, into].map((key) => openIn(desk, key))
    if (one === undefined || other === undefined) continue
    const io = ioOf(desk, world)
    const what = { what: 'into', into: formatReference(other), number: other.number } as const
    if (everywhere) await refusable(saidIn(one, what, io))
    else
      await refusable(takeAction({ do: 'merge', into: other.number }, { number: one.number, by, via: 'console' }, io))
  }
  return desks.some((desk) => openIn(desk, member)?.mergedInto !== undefined)
}

/** Takes it out again wherever it is merged. Whether some region still pages it as a member: somebody does it once more then. */
export async function splitByHand({ member }: Merge, desks: Desk[], world: World): Promise<boolean> {
  for (const desk of desks) {
    const one = openIn(desk, member)
    if (one?.mergedInto === undefined) continue
    await refusable(saidIn(one, { what: 'out-of', number: one.mergedInto.number }, ioOf(desk, world)))
  }
  return desks.some(({ cloud }) => incidentsIn(cloud).some((one) => one.groupKey === member && isMember(one)))
}

function saidIn(
  one: Incident,
  what: { what: 'into'; into: string; number: number } | { what: 'out-of'; number: number },
  io: EngineIo,
) {
  return dispatchToIncident(one, { event: { type: 'merge', generation: one.generation, via: 'cli', by, ...what } }, io)
}

/** What a table or a queue refuses was perhaps done. */
async function refusable(doing: Promise<unknown>): Promise<void> {
  await doing.catch(() => {})
}

function ioOf({ cloud, aheadMs }: Desk, world: World): EngineIo {
  return cloud.newIo(new Process(world, COMMAND_MS, calm, aheadMs))
}

function isMember(incident: Incident): boolean {
  return incident.status === 'open' && incident.mergedInto !== undefined && isOurs(incident)
}

function openIn({ cloud }: Desk, key: string): Incident | undefined {
  if (cloud.state === 'dead') return undefined
  return incidentsIn(cloud).find(({ groupKey, status }) => groupKey === key && status === 'open')
}
