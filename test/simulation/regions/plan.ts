import type { Size } from '../size.ts'
import { World } from '../world.ts'

/** What goes wrong with one region. */
const losses = ['dead', 'gone', 'half dead', 'cut off', 'deaf', 'mute', 'one link'] as const

/**
 * A loss of one region. `dead`: its queues take what comes, and nobody answers; `gone`: they take nothing either; `half dead`: whoever is
 * called directly answers; `cut off`: nothing passes between it and the others; `deaf`: nothing gets to it, `mute`: nothing from it;
 * `one link`: nothing gets to one other region.
 */
export interface Loss {
  region: number
  is: (typeof losses)[number]
  from: number
  until: number
}

/** Whether a loss is one of what passes between regions. */
export function isCut(is: Loss['is']): boolean {
  return is !== 'dead' && is !== 'half dead' && is !== 'gone'
}

/**
 * From when until when no call is placed by a region's own voice route, while all else there is well: it knows of no such instance, nothing
 * gets to it, or what gets there is never answered; UTC ms.
 */
export interface Voiceless {
  region: number
  is: 'gone' | 'unreachable' | 'unanswered'
  from: number
  until: number
}

/** How an alert comes to all regions, and what people do about its incident; UTC ms. */
export interface Story {
  key: string
  triggeredAt: number
  resolvedAt?: number
  /** It breaks again, once it was over. */
  againAt?: number
  /** And is over again. */
  lastlyAt?: number
  /** `by` whom, where several have to. */
  taken: { region: number; at: number; by?: string }[]
}

/** Somebody has a region take duty, or has it go by the order again. */
export interface Hand {
  at: number
  /** Who takes it; absent: it is released. */
  region?: number
  /** Absent: until it is released. */
  until?: number
  /** Regions that the command does not reach. */
  misses: number[]
}

/** Somebody merges one story's incident into another's, and takes it out again. */
export interface Merge {
  member: string
  into: string
  at: number
  /** In each region that is reached; otherwise where it is paged. */
  everywhere: boolean
  /** Absent: it stays a member until the other one's end. */
  splitAt?: number
  /** When it was done, if both were open, and taken out. */
  doneAt?: number
  undoneAt?: number
}

/** What somebody does about an incident in a region; UTC ms. */
export interface ForAWhile {
  key: string
  region: number
  at: number
  does: 'take' | 'snooze' | 'give-back'
  /** Of a snooze. */
  lastsMs: number
}

export interface Plan {
  losses: Loss[]
  stories: Story[]
  /** What people do of duty. */
  hands: Hand[]
  /** Regions whose own voice route is dead for a while. */
  voiceless?: Voiceless[]
  /** Another route, that all have in common, rings all the same. */
  rings?: boolean
  /** What people merge. */
  merge?: Merge
  /** What people do about what is theirs for a while only. */
  forAWhile?: ForAWhile[]
  /** How far each region's clocks are ahead, ms. */
  aheadMs: number[]
  /** How long a message of one region to another is on its way at most, ms. */
  slowMs: number
  /** Of such a message, not to be taken, or to be taken without an answer. */
  drops: number
}

const SECOND = 1_000
const MINUTE = 60_000

/** Clocks differ by 30 s at most. */
const AHEAD_MS = 15_000

/** Sets the numbers of several takers apart from those of other worlds. */
const SEVERAL = 1_000_003

/** Regions that are lost one after the other have so much between: the promise is of one at a time. */
const BETWEEN_MS = 6 * MINUTE

/** In one of so many worlds two people have to take an incident: a seed tells it without a draw, so that all else stays as drawn. */
const WORLDS_OF_SEVERAL = 8

/** In one of so many worlds somebody takes duty by hand, or merges what broke at about the same time: as above. */
const WORLDS_OF_HANDS = 8
const WORLDS_OF_MERGES = 8

export function hasHands(seed: number): boolean {
  return seed % WORLDS_OF_HANDS === 6
}

export function hasMerge(seed: number): boolean {
  return seed % WORLDS_OF_MERGES === 3
}

/** Who has to take an incident: any two, or each of these. Undefined: anybody alone. */
export function neededIn(seed: number): number | string[] | undefined {
  if (seed % WORLDS_OF_SEVERAL !== 4) return undefined
  return seed % (2 * WORLDS_OF_SEVERAL) === 4 ? 2 : ['wang', 'chen']
}

/** Two people take each story of such a world, each in some region; what is drawn for that is drawn apart. */
export function takenBySeveral({ stories }: Plan, seed: number, regions: number, { isWarm }: Size): void {
  const { random } = new World(seed + SEVERAL)
  for (const story of stories)
    story.taken = ['wang', 'chen'].map((by) => ({
      region: Math.floor(random() * regions),
      at: story.triggeredAt + SECOND + Math.floor(random() * (isWarm ? 4 : 15) * MINUTE),
      by,
    }))
}

/** How long a region is lost, s; an hour only in big worlds. */
const SHORT_S = [1, 20, 70, 130, 400]
const LONG_S = [1_500, 3_600]
const SHORTER_S = [1, 20, 70, 70, 130, 250]

/** Of what nobody ends or takes, to end soon where worlds are small, and smaller still. */
const CUT_SHORT = 0.95
const CUT_SHORTER = 0.995

/** Where regions have been well for long, what breaks does so after this at the earliest, ms. */
const WARM_MS = 20 * SECOND

/** And where somebody takes duty after this: who has done so at once is known everywhere by then, ms. */
export const LED_MS = 150 * SECOND

export function planOf(world: World, regions: number): Plan {
  const some = (most: number) => Math.floor(world.random() * most)
  const { isSwarm, isWarm } = world.size
  const isBig = !isSwarm
  const leadMs = hasHands(world.seed) ? LED_MS : WARM_MS
  const start = world.now + (isWarm ? leadMs : 4 * MINUTE)
  const shortStories = hasMerge(world.seed) ? 2 : 1
  const plan: Plan = {
    losses: [],
    stories: [],
    hands: [],
    aheadMs: Array.from({ length: regions }, () => world.pick([0, 0, -AHEAD_MS, some(AHEAD_MS), AHEAD_MS])),
    slowMs: world.pick([100, 100, 3_000, 40_000]),
    drops: world.pick([0, 0, 0.3]),
  }
  for (let story = world.pick(isBig ? [1, 1, 2] : isWarm ? [1, shortStories] : [1]); story > 0; story--)
    plan.stories.push(storyOf(`web-${story}`, start, world, regions))
  // Most are lost when something has just broken.
  let free = (plan.stories[0]?.triggeredAt ?? start) - (isWarm ? MINUTE : 3 * MINUTE)
  for (let loss = world.pick(isBig ? [0, 1, 1, 1, 2, 2] : isWarm ? [0, 1, 1] : [0, 1, 1, 1, 1]); loss > 0; loss--) {
    const from = free + some(8 * MINUTE * world.size.pace)
    const until = from + world.pick(isBig ? [...SHORT_S, ...LONG_S] : isWarm ? SHORTER_S : SHORT_S) * SECOND
    plan.losses.push({ region: some(regions), is: world.pick(losses), from, until })
    free = until + BETWEEN_MS
  }
  return plan
}

function storyOf(key: string, start: number, world: World, regions: number): Story {
  const some = (most: number) => Math.floor(world.random() * most)
  const { pace, isSwarm, isWarm } = world.size
  const triggeredAt = start + some(8 * MINUTE * pace)
  const story: Story = { key, triggeredAt, taken: [] }
  if (world.chance(0.5)) {
    const resolvedAt = triggeredAt + SECOND + some(20 * MINUTE * pace)
    story.resolvedAt = resolvedAt
    if (world.chance(0.4))
      story.againAt = resolvedAt + world.pick(isWarm ? [110] : isSwarm ? [110, 200] : [110, 200, 900]) * SECOND
  }
  if (isWarm && story.againAt !== undefined && world.chance(CUT_SHORT))
    story.lastlyAt = story.againAt + SECOND + some(4 * MINUTE)
  for (let taken = world.pick([0, 0, 1, 1, 2]); taken > 0; taken--)
    story.taken.push({ region: some(regions), at: triggeredAt + SECOND + some(25 * MINUTE * pace) })
  // What nobody takes and nothing ends goes on for most of an hour.
  if (
    isSwarm &&
    story.resolvedAt === undefined &&
    story.taken.length === 0 &&
    world.chance(isWarm ? CUT_SHORTER : CUT_SHORT)
  )
    story.resolvedAt = triggeredAt + SECOND + some((isWarm ? 4 : 8) * MINUTE)
  return story
}
