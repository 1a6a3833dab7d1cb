import type { World } from './world.ts'

/** How likely it is that each of these becomes of what breaks, where all of them may. */
const usual = {
  toldAgain: 0.3,
  swings: 0.3,
  babbles: 0.1,
  ends: 0.35,
  takenBySender: 0.1,
  toldLate: 0.1,
  endsAndComesBack: 0.1,
  taken: 0.15,
  closed: 0.08,
  noted: 0.15,
  meddledWith: 0.1,
}
export type Odds = typeof usual

/** Where only some of these are in a world, each of them is so much likelier, and never sure. */
const LIKELIER = 3
const MOST = 0.5

/** What may become of what breaks in a world, and how likely that is. */
export function oddsIn(world: World): Odds {
  if (!world.size.isSwarm) return usual
  const names = Object.keys(usual) as (keyof Odds)[]
  return Object.fromEntries(
    names.map((name) => [name, world.chance(1 / 4) ? Math.min(MOST, LIKELIER * usual[name]) : 0]),
  ) as Odds
}
