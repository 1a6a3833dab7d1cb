import type { Sighting } from '../contracts/alert.ts'
import type { Fact } from '../contracts/fact.ts'
import type { Instant, VerdictWord } from '../contracts/words.ts'
import { type Witnesses, type WitnessStanding, witnessStanding } from './witness.ts'

/** What a verdict needs to know of a check. */
export interface ConsensusRules {
  from: string[]
  intervalMs: number
  timeoutMs: number
  confirm: { m: number; n: number }
  /** So many vantages have to agree that it is down; absent: a majority. At most those that know anything. */
  quorum?: number
}

/** What is known of the vantages themselves when a check is judged. */
export interface Circumstances {
  /** Vantages that fail most of their checks while others see them up: they have no vote. */
  faulty: ReadonlySet<string>
  /** Vantages that see most of their checks slow while others see them up: they vote, but no notice is made of each check for them. */
  slow: ReadonlySet<string>
  /** Vantages that cannot look at most of their checks, though others can: one notice for all of those. */
  unobserving?: ReadonlySet<string>
  /** Vantages by the name of their group. All of a group failing is an outage even if the rest is fine. */
  groups: Record<string, string[]>
}

/** What one vantage knows of one check. */
export interface VantageView {
  vantage: string
  outcomes: VerdictWord[]
  at: Instant
  latencyMs: number
  fault?: Fact
  /** When it began to see the trouble that it sees. */
  troubledSince?: Instant
  /** When the first of the certificates that it is shown ends. */
  certificateEnds?: Instant
}

/** What all vantages of a check see together at one moment. */
export interface Consensus {
  /** Absent: the vantages are split, the verdict stays. */
  verdict?: VerdictWord
  /** Most say that it is not down, though they are split on whether it is slow: what stays is no worse than that. */
  notDown?: true
  /** Names of the groups that see it down, all that are left of each: an outage though the rest is fine. */
  groupsDown?: string[]
  /** Names of the groups most of which do not see it up, or say nothing: an outage that was there goes on. */
  groupsNotUp?: string[]
  sightings: Sighting[]
  /** Vantages that know something. */
  known: number
  /** In place of sightings, of what no vantage sees. */
  fault?: Fact
  /** What else is known of it, for whoever looks into it. */
  details?: Record<string, unknown>
  /** Vantages that see trouble, also in their last run, and have confirmed it with twice the evidence: 2m of 2n. */
  certain?: string[]
  /** Those that have not looked 2m times since the check has been no worse than up, or slow: perhaps the last to see the end of a trouble of all. */
  lagging?: Record<'up' | 'degraded', string[]>
  /** Those of them that have confirmed `down` so. */
  certainlyDown?: string[]
  /** Which witnesses are silent or gone; absent: the check has no witnesses. */
  standing?: WitnessStanding
  /** Vantages that see the check up, also in their last run, with the same evidence: 2m of 2n. */
  fine?: string[]
  /** When the first vantage that confirms a trouble began to see it. */
  since?: Instant
}

/** What was believed of a check until now. */
export interface Believed {
  /** Who has seen the trouble that is not over. */
  witnesses?: Witnesses | undefined
  /** Since when it has been no worse than that; absent: for long. */
  noWorseSince?: { up?: Instant; degraded?: Instant }
}

/** What is said of a faulty vantage in place of what it sees: it fails most of its checks. */
export type NotCounted = Fact<'not-counted', Record<never, never>>

const notCounted: NotCounted = { code: 'not-counted', args: {} }

/** The age from which data of a check counts as missing, ms: two intervals, the time of the run itself, and the way through the queue. */
export function staleAfterMs(check: Pick<ConsensusRules, 'intervalMs' | 'timeoutMs'>): number {
  return 2 * check.intervalMs + check.timeoutMs + 30_000
}

/**
 * Combines what the vantages of a check have seen into one verdict: m of the last n observations per vantage, then a majority (or the
 * check's quorum) of the vantages that know anything and are not faulty, over all and inside each group. If only one of several is
 * left it needs 2m of 2n. Without any the verdict is `unknown`: no data is never `up`. A witness, a vantage that saw a trouble which
 * is not over, still counts as seeing it while it is silent or cannot observe.
 */
export function consensusOf(
  check: ConsensusRules,
  seen: VantageView[],
  now: Instant,
  { faulty, slow, groups }: Circumstances = { faulty: new Set(), slow: new Set(), groups: {} },
  { witnesses = {}, noWorseSince = {} }: Believed = {},
): Consensus {
  const current = check.from.map((vantage) => newest(seen, vantage, now - staleAfterMs(check)))
  const voting = current.filter((one) => one !== undefined && !faulty.has(one.vantage) && knows(one, check.confirm))
  const alone = check.from.length > 1 && voting.length === 1
  const { m, n } = alone ? { m: 2 * check.confirm.m, n: 2 * check.confirm.n } : check.confirm
  const sightings = check.from.map((vantage, index): Sighting => {
    const one = current[index]
    if (one === undefined) return { vantage, verdict: 'unknown' }
    if (faulty.has(vantage)) return { vantage, verdict: 'unknown', fault: notCounted }
    return {
      vantage,
      // Twice the evidence is asked of the one that is left, not of those that cannot observe any more.
      verdict: voting.includes(one) ? confirmed(one.outcomes, m, n) : 'unknown',
      ...(one.fault ? { fault: one.fault } : {}),
      ...(one.latencyMs > 0 ? { latencyMs: one.latencyMs } : {}),
    }
  })
  const voters = sightings.filter(({ verdict }) => verdict !== 'unknown')
  const lastSeen = (vantage: string) => lastAt(seen, vantage)
  const standing = witnessStanding(witnesses, sightings, lastSeen, now)
  const votes = [
    ...voters,
    ...standing.mute.map((vantage) => ({ vantage, verdict: witnesses[vantage]?.word ?? 'down' })),
  ]
  const words = votes.map((one) => one.verdict)
  const { groupsDown, groupsNotUp } = groupsOf(voters, votes, check.from, groups, standing)
  const verdict = groupsDown.length > 0 ? 'down' : verdictOf(voters, words, standing, check.quorum)
  const began = current.flatMap((one, index) => {
    if (one === undefined || !isTrouble(sightings[index]?.verdict)) return []
    return [one.troubledSince ?? one.at]
  })
  const surely = ({ vantage }: Sighting, isSo: (word: VerdictWord | undefined) => boolean) => {
    const { outcomes = [] } = current[check.from.indexOf(vantage)] ?? {}
    return isSo(confirmed(outcomes, 2 * check.confirm.m, 2 * check.confirm.n)) && isSo(outcomes.at(-1))
  }
  const lagging = (since: Instant | undefined) =>
    namesOf(voters).filter((vantage) => looksSince(since, lastSeen(vantage), check) < 2 * check.confirm.m)
  return {
    sightings,
    known: voters.length,
    certain: namesOf(
      voters.filter((one) => !slow.has(one.vantage) && isTrouble(one.verdict) && surely(one, isTrouble)),
    ),
    lagging: { up: lagging(noWorseSince.up), degraded: lagging(noWorseSince.degraded) },
    fine: namesOf(voters.filter((one) => surely(one, (word) => word === 'up'))),
    certainlyDown: namesOf(voters.filter((one) => surely(one, (word) => word === 'down'))),
    ...(Object.keys(witnesses).length > 0 ? { standing } : {}),
    ...(verdict === undefined ? {} : { verdict }),
    ...(verdict === undefined &&
      words.filter((word) => word !== 'down').length > words.length / 2 && { notDown: true }),
    ...(groupsDown.length > 0 ? { groupsDown } : {}),
    ...(groupsNotUp.length > 0 ? { groupsNotUp } : {}),
    ...(began.length === 0 ? {} : { since: Math.min(...began) }),
  }
}

/** Counts the votes. `unknown` when no vantage knows anything now, whatever silent witnesses saw; undefined when they are split. */
function verdictOf(
  voters: Sighting[],
  words: VerdictWord[],
  { areAllGone }: WitnessStanding,
  quorum: number | undefined,
): VerdictWord | undefined {
  if (voters.length === 0) return 'unknown'
  const word = agreed(words, quorum)
  return areAllGone && !isTrouble(word) ? 'unknown' : word
}

/** How often a vantage has looked since a time, by when it looked last. */
function looksSince(since: Instant | undefined, at: Instant = 0, { intervalMs }: ConsensusRules): number {
  return since === undefined ? Number.POSITIVE_INFINITY : Math.ceil((at - since) / intervalMs)
}

function lastAt(seen: VantageView[], vantage: string): Instant | undefined {
  const times = seen.filter((one) => one.vantage === vantage).map(({ at }) => at)
  return times.length === 0 ? undefined : Math.max(...times)
}

/**
 * Finds the groups of vantages that see the check down, and those in which an outage would go on: no more than half say that it is not
 * down. Only groups count that some of the check's vantages are in, and some not. At least two of a group must be left to say that all
 * of it fails: one alone may be a bad vantage. Where nobody of a group is left at all, its outage goes on only as long as nobody else
 * may decide.
 * `votes` are those of `voters`, and of witnesses that cannot speak.
 */
function groupsOf(
  voters: Sighting[],
  votes: Pick<Sighting, 'vantage' | 'verdict'>[],
  from: string[],
  groups: Record<string, string[]>,
  { areAllGone }: WitnessStanding,
): { groupsDown: string[]; groupsNotUp: string[] } {
  const parts = Object.entries(groups).flatMap(([name, group]) => {
    const isPart = from.some((vantage) => !group.includes(vantage)) && from.some((vantage) => group.includes(vantage))
    const count = (all: typeof votes) => {
      const words = all.filter(({ vantage }) => group.includes(vantage)).map(({ verdict }) => verdict)
      return { known: words.length, down: words.filter((word) => word === 'down').length }
    }
    return isPart ? [{ name, now: count(voters), all: count(votes) }] : []
  })
  return {
    groupsDown: parts.filter(({ now }) => now.known > 1 && now.down === now.known).map(({ name }) => name),
    groupsNotUp: parts.filter(({ all }) => goesOn(all, areAllGone)).map(({ name }) => name),
  }
}

function goesOn({ known, down }: { known: number; down: number }, areAllGone: boolean): boolean {
  return known === 0 ? areAllGone : known - down <= known / 2
}

function namesOf(sightings: Sighting[]): string[] {
  return sightings.map(({ vantage }) => vantage)
}

function isTrouble(word: VerdictWord | undefined): boolean {
  return word === 'down' || word === 'degraded'
}

/** Whether a vantage says anything but that it could not observe it. */
function knows({ outcomes }: VantageView, { m, n }: ConsensusRules['confirm']): boolean {
  return confirmed(outcomes, m, n) !== 'unknown'
}

/** Whether a vantage could not observe it last time and has no word on the check. One that saw it, but too few times yet, is not unobserving. */
export function isUnobserving(one: VantageView, confirm: ConsensusRules['confirm']): boolean {
  return one.outcomes.at(-1) === 'unknown' && !knows(one, confirm)
}

/**
 * One vantage's word on a check, from its outcomes, oldest first: m of any n in a row make a new word, until then the old one stays.
 * It is `degraded` when m of n were degraded or down, or, after down, degraded or up.
 */
export function confirmed(outcomes: VerdictWord[], m: number, n: number): VerdictWord {
  let word: VerdictWord = 'unknown'
  for (let end = 1; end <= outcomes.length; end++) {
    const window = outcomes.slice(Math.max(0, end - n), end)
    const down = window.filter((outcome) => outcome === 'down').length
    const degraded = window.filter((outcome) => outcome === 'degraded').length
    const up = window.filter((outcome) => outcome === 'up').length
    if (down >= m) word = 'down'
    else if (up >= m) word = 'up'
    else if (degraded + down >= m || (word === 'down' && degraded + up >= m)) word = 'degraded'
    else if (window.every((outcome) => outcome === 'unknown') && window.length === n) word = 'unknown'
  }
  return word
}

/** The word of the majority, of the quorum for `down`; undefined when there is none. `degraded` when most do not see the check up. */
function agreed(words: VerdictWord[], quorum: number | undefined): VerdictWord | undefined {
  const majority = Math.floor(words.length / 2) + 1
  const count = (word: VerdictWord) => words.filter((one) => one === word).length
  if (count('down') >= Math.min(quorum ?? majority, words.length)) return 'down'
  if (count('up') >= majority) return 'up'
  // Most not up, of which too few are down for the check's quorum, and none slow: not for this word to say either.
  return count('degraded') > 0 && words.length - count('up') >= majority ? 'degraded' : undefined
}

function newest(seen: VantageView[], vantage: string, since: Instant): VantageView | undefined {
  return seen
    .filter((one) => one.vantage === vantage && one.at >= since)
    .reduce<VantageView | undefined>((best, one) => (best === undefined || one.at > best.at ? one : best), undefined)
}
