/** How much there is in a world: chances, and times in ms. */
export interface Size {
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
  crowds: number
  garbage: number
  shortMessages: number
  echoes: number
  /** How much faster layers pass than a policy says, one of these. */
  hurries: readonly number[]
  /** What people and senders do takes this part of the time that it may take. */
  pace: number
  /** A subset of what may go wrong and of what people may do is in it, each of these more often; else all may be, each seldom. */
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
  incidents: [1, 2, 3, 4],
  incidentsOfPauses: [1, 2, 3, 4],
  storms: 0.04,
  packs: 4,
  checks: 0.17,
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
  incidents: [1, 1, 1, 1, 2],
  incidentsOfPauses: [2, 2, 2, 4],
  storms: 0.01,
  packs: 2,
  checks: 0.025,
  crowds: 1 / 25,
  garbage: 0.06,
  shortMessages: 0.05,
  echoes: 0.35,
  hurries: [1, 4, 4],
  pace: 0.4,
  isSwarm: true,
  closedMs: 9 * MINUTE,
  silences: [2, 5],
  watches: 2,
  skipsQuiet: true,
}

/** Where sizes are mixed one in so many worlds is big: a prime, so that there are some of every kind among them, since kinds go by 8, 11 and 16. */
export const BIG_EVERY = 23

/** How worlds are drawn: `mixed`: nearly all of them small; else all of them big. */
export type Draw = 'mixed'

/** The size of a seed's world. */
export function sizeFor(seed: number, draw?: Draw): Size {
  return draw === 'mixed' && seed % BIG_EVERY !== 0 ? small : big
}
