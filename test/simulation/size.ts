/** How much there is in a world: chances, and times in ms. */
export interface Size {
  /** Which of each sixteen seeds have nights in which people take turns, and calls by Alibaba Cloud: a seed tells it without a draw. */
  nights: readonly number[]
  ivr: readonly number[]
  /** How many things break, one of these; `pauses`: where incidents are paused by each other. */
  incidents: readonly number[]
  incidentsOfPauses: readonly number[]
  /**
   * Of a world, to have a storm of so many packs, a check that probes report, a crowd in one layer, what nobody can read, or the seed's short
   * messages; and to have all that was ever sent come once more after its end.
   */
  storms: number
  packs: number
  checks: number
  /** Where probes report, or there is a storm, nothing else happens, and it is neither night nor is anything paused. */
  isEachAlone: boolean
  /** How many keys at most each pack of a storm has. */
  packed: number
  /** How long a breakdown lasts, a part of the usual. */
  breakdowns: number
  /** How often a sender says something else where it does so all the time. */
  babbles: number
  crowds: number
  garbage: number
  shortMessages: number
  echoes: number
  /** What goes wrong in it, one of these. */
  days: readonly Day[]
  /** Of watch, to rest for a while. */
  rests: number
  /** Of a world, that whoever is called answers no phone. */
  unanswered: number
  /** Of a call that rings, that somebody takes what it is about within seconds. */
  takenAsItRings: number
  /** Phones do so many of the things that they may do; undefined: all of them. */
  habits?: number
  /** How long a key may be on its way, one of these, ms. */
  keyDelays: readonly number[]
  /** How many layers a policy has at most, one of these. */
  layers: readonly number[]
  /** How much faster layers pass than a policy says, one of these. */
  hurries: readonly number[]
  /** What people and senders do takes this part of the time that it may take. */
  pace: number
  /** What breaks lasts this part of the time that it may last. */
  lasts: number
  /**
   * A subset of what may go wrong and of what people may do is in it, each of these more often; else all may be, each seldom. Nearly all
   * of it ends.
   */
  isSwarm: boolean
  /** Whoever has paused anything lets it go after this. */
  closedMs: number
  /** How long silences last, one of these, min. */
  silences: readonly number[]
  /** So often watch has been there before a world counts as over. */
  watches: number
  /** Rounds of watch for which nothing can be due are left out. */
  skipsQuiet: boolean
  /** Of several regions: they have been well for long when it begins, it breaks at once, and ends once all is over. */
  isWarm: boolean
}

/**
 * `few`: up to three troubles, of whatever kind; `bad vendors`: nothing of our own fails, and any of others does; `no contacts`: nobody's
 * contacts can be read once a phone rings; `refused`: voice vendors refuse every other call, and those of texts take their time.
 */
export type Day = 'calm' | 'one trouble' | 'few troubles' | 'bad vendors' | 'cruel' | 'no contacts' | 'refused'

const MINUTE = 60_000
const SECOND_AND_A_HALF = 1_500

/** A key that is so late comes after its call is over, ms. */
const LATE_KEY_MS = 8_000

const fewTroubles: Day[] = ['few troubles', 'few troubles', 'few troubles', 'few troubles']

/** Most are cruel. */
const cruel: Day[] = ['calm', 'one trouble', 'one trouble', 'cruel', 'cruel', 'cruel', 'cruel', 'cruel']

/** A night with everything in it. */
export const big: Size = {
  nights: [0],
  ivr: [6, 14],
  incidents: [1, 2, 3, 4],
  incidentsOfPauses: [1, 2, 3, 4],
  storms: 0.04,
  packs: 4,
  checks: 0.17,
  isEachAlone: false,
  packed: 12,
  breakdowns: 1,
  babbles: 40,
  crowds: 1 / 7,
  garbage: 0.2,
  shortMessages: 0.15,
  echoes: 1,
  days: cruel,
  rests: 0.2,
  unanswered: 0.25,
  takenAsItRings: 0,
  keyDelays: [0, 0, SECOND_AND_A_HALF, LATE_KEY_MS],
  layers: [3],
  hurries: [1, 1, 1, 4],
  pace: 1,
  lasts: 1,
  isSwarm: false,
  closedMs: 20 * MINUTE,
  silences: [2, 5, 12, 22],
  watches: 12,
  skipsQuiet: false,
  isWarm: false,
}

/** A few minutes of one or two incidents, with some of what may happen. */
const small: Size = {
  nights: [0, 8],
  ivr: [2, 6, 14],
  incidents: [1, 1, 1, 1, 2],
  incidentsOfPauses: [1, 2, 2, 3],
  storms: 0.02,
  packs: 2,
  checks: 0.1,
  isEachAlone: true,
  packed: 8,
  breakdowns: 0.7,
  babbles: 15,
  crowds: 1 / 25,
  garbage: 0.06,
  shortMessages: 0.05,
  echoes: 0.2,
  days: cruel,
  rests: 0.2,
  unanswered: 0.25,
  takenAsItRings: 0,
  keyDelays: [0, 0, SECOND_AND_A_HALF, LATE_KEY_MS],
  layers: [3],
  hurries: [1, 4, 4],
  pace: 0.4,
  lasts: 0.4,
  isSwarm: true,
  closedMs: 9 * MINUTE,
  silences: [2, 5],
  watches: 2,
  skipsQuiet: true,
  isWarm: false,
}

/**
 * One incident, a layer or two, and an end soon. Most promises of time are judged where little of our own fails: here one or two things go
 * wrong, not ten.
 */
const tiny: Size = {
  ...small,
  nights: [],
  incidents: [1],
  incidentsOfPauses: [1, 1, 2],
  storms: 0,
  packs: 1,
  checks: 0,
  packed: 4,
  babbles: 4,
  crowds: 1 / 40,
  garbage: 0.03,
  shortMessages: 0.02,
  echoes: 0.1,
  days: ['calm', ...fewTroubles, 'bad vendors', 'bad vendors', 'cruel'],
  rests: 0.4,
  habits: 3,
  keyDelays: [0, SECOND_AND_A_HALF, LATE_KEY_MS],
  layers: [1, 1, 2],
  pace: 0.2,
  lasts: 0.2,
  closedMs: 3 * MINUTE,
  silences: [2],
  isWarm: true,
}

/** The same of several regions, which are lost beside all that goes wrong in each: most of them are calm but for that. */
const tinyOfRegions: Size = {
  ...tiny,
  days: ['calm', 'calm', 'calm', 'few troubles', 'few troubles', 'bad vendors', 'cruel'],
  rests: 0.2,
  pace: 0.15,
  lasts: 0.15,
}

/** Worlds in which what a guard protects can be lost that no other world needs: each is tiny, and has what that takes. */
const rare = {
  /** Somebody takes what rings while nobody's contacts can be read. */
  unread: { ...tiny, days: ['no contacts'], rests: 1, unanswered: 1, takenAsItRings: 0.7 },
  /** Two ask for a phone at once, and the first is refused: while a text stands in for that call the next one rings, and is taken. */
  refused: { ...tiny, incidents: [2, 3], days: ['refused'], takenAsItRings: 0.7 },
  /** One of two outlives what it is merged into, and nothing keeps its page from its minute. */
  outlived: {
    ...tiny,
    incidentsOfPauses: [2],
    days: ['calm'],
    rests: 0,
    unanswered: 1,
    lasts: 1,
    closedMs: 9 * MINUTE,
  },
} satisfies Record<string, Size>

/** Which seeds have one of these: what kills a mutant by a known seed is none of them. */
function rareFor(seed: number): Size | undefined {
  if (seed % 8 === 7 && [1, 2, 10].includes(Math.floor(seed / 8) % 12)) return rare.unread
  if (seed % 32 === 21) return rare.refused
  return seed % 32 === 25 && Math.floor(seed / 32) % 4 > 0 ? rare.outlived : undefined
}

/**
 * One in so many worlds is big, of one region and of several: primes, so that there are some of every kind among them, since kinds go by 8
 * and 16.
 */
export const BIG_EVERY = 397
const BIG_EVERY_OF_REGIONS = 199

/** One in so many is small, and so are these of each 32: nights half of the time, and where people merge, which takes a while. */
const SMALL_EVERY = 17
const KINDS = 32
const SMALL_KINDS = [0, 17]

/** How worlds are drawn, if not mixed, most of them tiny or small: all of them `big`. */
export type Draw = 'big'

/** The size of a seed's world of one region. */
export function sizeFor(seed: number, draw?: Draw): Size {
  if (draw === 'big' || seed % BIG_EVERY === 0) return big
  return rareFor(seed) ?? (seed % SMALL_EVERY === 0 || SMALL_KINDS.includes(seed % KINDS) ? small : tiny)
}

/** The size of a seed's world of several regions. */
export function sizeInRegions(seed: number, draw?: Draw): Size {
  if (draw === 'big' || seed % BIG_EVERY_OF_REGIONS === 0) return big
  return seed % SMALL_EVERY === 0 ? small : tinyOfRegions
}
