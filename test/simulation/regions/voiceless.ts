import { isWithin } from '../faults.ts'
import type { DeadRoute } from '../phone-world.ts'
import { OWN_ROUTE } from '../phones.ts'
import type { Setting } from '../setting.ts'
import type { Size } from '../size.ts'
import { World } from '../world.ts'
import type { Loss, Plan, Voiceless } from './plan.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

const ways = ['gone', 'unreachable', 'unanswered'] as const

const dead: Record<Voiceless['is'], DeadRoute> = {
  gone: {
    mood: 'refuses',
    failure: { class: 'no-such-sender', vendor: 'connect', code: 'ResourceNotFoundException' },
  },
  unreachable: { mood: 'throttles', failure: { class: 'unreachable', vendor: 'connect' } },
  unanswered: { mood: 'fails without calling', failure: { class: 'timeout', vendor: 'connect' } },
}

/** In some of so many worlds a region is voiceless: a seed tells it without a draw, so that all others stay as drawn. */
const WORLDS = 13
const VOICELESS = 7

/** Sets the numbers of those worlds apart from others. */
const APART = 1_000_037

/** What of a region's loss is told and asked is over by then, ms. */
const BETWEEN_MS = 6 * MINUTE

/** How long it lasts, s; the last is all night. */
const LASTS_S = [70, 400, 1_500, 12 * 3_600]
const SHORT_S = [70, 250, 12 * 3_600]

/** Makes regions of a world voiceless, if it is one of those. What else is lost is over before, or is of the same region and moment. */
export function makeVoiceless(plan: Plan, setting: Setting, seed: number, regions: number, { isWarm }: Size): void {
  if (seed % WORLDS !== VOICELESS) return
  const world = new World(seed + APART)
  const some = (most: number) => Math.floor(world.random() * most)
  const start = (plan.stories[0]?.triggeredAt ?? world.now) - 2 * MINUTE
  const withinMs = (isWarm ? 3 : 6) * MINUTE
  const durations = isWarm ? SHORT_S : LASTS_S
  const kind = world.pick(['alone', 'alone', 'alone', 'after a loss', 'cut off', 'all'] as const)
  plan.losses = kind === 'after a loss' ? plan.losses.slice(0, 1).filter(({ from, until }) => until - from < HOUR) : []
  const from = Math.max(start + some(withinMs), ...plan.losses.map(({ until }) => until + BETWEEN_MS))
  const first: Voiceless = { region: world.pick([0, 0, 0, some(regions)]), is: world.pick(ways), ...lasting(from) }
  plan.voiceless = [first]
  if (kind === 'all')
    for (let region = 0; region < regions; region++)
      if (region !== first.region)
        plan.voiceless.push({ region, is: world.pick(ways), ...lasting(start + some(withinMs)) })
  if (kind === 'cut off') {
    const cuts: Loss['is'][] = ['cut off', 'deaf', 'mute']
    plan.losses = [{ ...first, ...lasting(start + some(withinMs), durations.slice(0, -1)), is: world.pick(cuts) }]
  }
  const { phone } = setting.config.channels
  plan.rings = world.chance(0.2)
  const routes = plan.rings ? [OWN_ROUTE, 'second'] : [OWN_ROUTE]
  if (phone !== undefined) phone.settings = { routes: routes.map((type) => ({ to: '+', type, settings: {} })) }

  function lasting(from: number, lasts = durations): { from: number; until: number } {
    return { from, until: from + world.pick(lasts) * SECOND }
  }
}

/** How a region's own voice route is dead now, if it is. */
export function voicelessAt({ voiceless = [] }: Plan, region: number, now: number): DeadRoute | undefined {
  const found = voiceless.find((one) => one.region === region && isWithin(one, now))
  return found && dead[found.is]
}
