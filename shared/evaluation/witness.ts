import type { Sighting } from '../contracts/alert.ts'
import type { Instant, VerdictWord } from '../contracts/words.ts'

/** A vantage that has seen a trouble of a check, as long as the trouble is not over. */
export interface Witness {
  /** What it said last: `up` when it has seen the recovery. */
  word: Exclude<VerdictWord, 'unknown'>
  /** Since when it is known to be gone for good. */
  goneSince?: Instant
}

/** By vantage (`cloud/region`, or a third party's place). */
export type Witnesses = Record<string, Witness>

/** How a check's witnesses stand when it is judged. */
export interface WitnessStanding {
  /** Saw the trouble, and cannot say otherwise now: they are silent, unknown or faulty. */
  mute: string[]
  /** Are gone for good, without having seen the recovery. */
  gone: string[]
  /** All who saw the trouble are gone, and none of them has seen its end: nobody can say what the check is. */
  areAllGone: boolean
}

/** A witness that has been silent for so long is gone for good. */
const GONE_AFTER_MS = 6 * 3_600_000

/** When all of them are, they are forgotten after this: what the others see counts. */
const FORGOTTEN_AFTER_MS = 24 * 3_600_000

/**
 * How witnesses stand. `sightings` is what each vantage of the check says now, `lastSeen` when a vantage last said anything of it; a witness
 * that is no vantage of the check any more is gone.
 */
export function witnessStanding(
  witnesses: Witnesses,
  sightings: Sighting[],
  lastSeen: (vantage: string) => Instant | undefined,
  now: Instant,
): WitnessStanding {
  const isGone = (vantage: string) => {
    const here = sightings.find((one) => one.vantage === vantage)
    return here === undefined || (here.verdict === 'unknown' && now - (lastSeen(vantage) ?? 0) >= GONE_AFTER_MS)
  }
  const names = Object.keys(witnesses)
  const gone = names.filter(isGone)
  const isSilent = (vantage: string) => sightings.some((one) => one.vantage === vantage && one.verdict === 'unknown')
  const isForgotten = ({ goneSince }: Witness) => goneSince !== undefined && now - goneSince >= FORGOTTEN_AFTER_MS
  const unheard = (vantage: string) => witnesses[vantage]?.word !== 'up'
  return {
    mute: names.filter((vantage) => unheard(vantage) && !gone.includes(vantage) && isSilent(vantage)),
    gone: gone.filter(unheard),
    areAllGone:
      names.length > 0 &&
      names.every((name) => gone.includes(name) && unheard(name)) &&
      !Object.values(witnesses).every(isForgotten),
  }
}

/** The witnesses after a consensus of a check in trouble: every vantage that sees it now is one, with what each said last. */
export function witnessesAfter(
  before: Witnesses,
  sightings: Sighting[],
  { gone }: WitnessStanding,
  now: Instant,
): Witnesses {
  const after: Witnesses = {}
  for (const [vantage, { word, goneSince }] of Object.entries(before)) {
    const said = sightings.find((one) => one.vantage === vantage)?.verdict ?? 'unknown'
    after[vantage] = { word: said === 'unknown' ? word : said }
    if (gone.includes(vantage)) after[vantage].goneSince = goneSince ?? now
  }
  for (const { vantage, verdict } of sightings)
    if (verdict === 'down' || verdict === 'degraded') after[vantage] = { word: verdict }
  return after
}
