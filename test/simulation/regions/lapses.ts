import { dispatchToIncident } from '../../../shared/engine/dispatch.ts'
import type { Incident } from '../../../shared/incidents/incident.ts'
import type { Cloud } from '../cloud.ts'
import { incidentsIn, nameOf } from '../outcome.ts'
import type { People } from '../people.ts'
import type { Setting } from '../setting.ts'
import type { Size } from '../size.ts'
import { World } from '../world.ts'
import type { ForAWhile, Plan, Story } from './plan.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND

/** In some of so many worlds what somebody has is theirs for a while: a seed tells it without a draw, so that all others stay as drawn. */
const WORLDS = 48
const LAPSING = 41

/** Sets the numbers of those worlds apart from others. */
const APART = 1_000_039

/** Of short worlds there are three times as many. */
const SHORT_WORLDS = 16
const SHORT_LAPSING = 9

/** An acknowledgement lasts so long there, ms. */
const ACK_EXPIRES_MS = 5 * MINUTE

/** In short worlds all of it takes this part of its time. */
const SHORTER = 0.3

/** Whether what somebody has is theirs for a while in such a world. */
export function isLapsing(seed: number, { isWarm }: Size): boolean {
  return isWarm ? seed % SHORT_WORLDS === SHORT_LAPSING : seed % WORLDS === LAPSING
}

const lin = { contact: 'lin', name: 'lin' }

/** Makes acknowledgements of a world end by themselves, if it is one of those: somebody takes, snoozes or gives back, and an alert ends all. */
export function makeLapsing(plan: Plan, setting: Setting, seed: number, regions: number, size: Size): void {
  const { default: policy } = setting.config.policies
  if (!isLapsing(seed, size) || policy === undefined) return
  const world = new World(seed + APART, size)
  policy.ackExpiresMs = (size.isWarm ? SHORTER : 1) * ACK_EXPIRES_MS
  if (world.chance(0.5)) plan.losses = []
  // When it pages again is judged where words are fast, and none is lost.
  if (size.isWarm && world.chance(0.7)) Object.assign(plan, { losses: [], drops: 0, slowMs: 100 })
  plan.forAWhile = plan.stories.flatMap((story) => actsOf(story, world, regions))
}

function actsOf(story: Story, world: World, regions: number): ForAWhile[] {
  const pace = world.size.isWarm ? SHORTER : 1
  const some = (most: number) => Math.floor(world.random() * most * pace)
  story.taken = []
  delete story.againAt
  delete story.lastlyAt
  story.resolvedAt = story.triggeredAt + 12 * MINUTE * pace + some(18 * MINUTE)
  const act = (does: ForAWhile['does'], at: number): ForAWhile => {
    const lastsMs = world.pick([2, 4]) * MINUTE * pace
    return { key: story.key, region: Math.floor(world.random() * regions), at, does, lastsMs }
  }
  const first = story.triggeredAt + 10 * SECOND + some(5 * MINUTE)
  const acts = [act(world.pick(['take', 'take', 'snooze'] as const), first)]
  if (world.chance(0.4)) acts.push(act('give-back', first + 20 * SECOND + some(3 * MINUTE)))
  if (world.chance(0.5))
    acts.push(act(world.pick(['take', 'snooze'] as const), first + 4 * MINUTE * pace + some(6 * MINUTE)))
  return acts
}

/** Does it in that region, if it is there and has the incident. */
export function doForAWhile({ key, does, lastsMs }: ForAWhile, cloud: Cloud, people: People): void {
  if (cloud.state === 'dead') return
  const incident = incidentsIn(cloud).find(({ groupKey, status }) => groupKey === key && status !== 'resolved')
  if (incident === undefined) return
  if (does === 'take') people.take(nameOf(incident), 0)
  else
    void cloud
      .invoke('acknowledge', async (io) => {
        await dispatchToIncident(incident, { event: eventOf(incident, does, io.now() + lastsMs) }, io)
      })
      .catch(() => {})
}

function eventOf({ generation }: Incident, does: 'snooze' | 'give-back', until: number) {
  const said = { generation, via: 'cli', by: lin } as const
  return does === 'snooze' ? ({ type: 'snooze', ...said, until } as const) : ({ type: 'give-back', ...said } as const)
}
