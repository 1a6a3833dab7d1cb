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
  /** How much faster layers pass than a policy says, one of these. */
  hurries: readonly number[]
  /** What people and senders do takes this part of the time that it may take. */
  pace: number
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
}

const MINUTE = 60_000

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
  hurries: [1, 1, 1, 4],
  pace: 1,
  isSwarm: false,
  closedMs: 20 * MINUTE,
  silences: [2, 5, 12, 22],
  watches: 12,
  skipsQuiet: false,
}

/** A few minutes of one or two incidents, with some of what may happen. */
const small: Size = {
  nights: [0, 8],
  ivr: [2, 6, 14],
  incidents: [1, 1, 1, 1, 2],
  incidentsOfPauses: [1, 2, 2, 3],
  storms: 0.015,
  packs: 2,
  checks: 0.05,
  isEachAlone: true,
  packed: 8,
  breakdowns: 0.7,
  babbles: 15,
  crowds: 1 / 25,
  garbage: 0.06,
  shortMessages: 0.05,
  echoes: 0.2,
  hurries: [1, 4, 4],
  pace: 0.4,
  isSwarm: true,
  closedMs: 9 * MINUTE,
  silences: [2, 5],
  watches: 2,
  skipsQuiet: true,
}

/** Where sizes are mixed one in so many worlds is big: a prime, so that there are some of every kind among them, since kinds go by 8 and 16. */
export const BIG_EVERY = 47

/** How worlds are drawn: `mixed`: nearly all of them small; else all of them big. */
export type Draw = 'mixed'

/** The size of a seed's world. */
export function sizeFor(seed: number, draw?: Draw): Size {
  return draw === 'mixed' && seed % BIG_EVERY !== 0 ? small : big
}
