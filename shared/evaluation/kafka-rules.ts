import type { Instant } from '../contracts/words.ts'

/** What a partition's commits say of its consumer, in order of badness. `ERR` is a group's alone. */
export const kafkaStatuses = ['OK', 'WARN', 'ERR', 'STOP', 'STALL', 'REWIND'] as const
export type KafkaStatus = (typeof kafkaStatuses)[number]
export type PartitionStatus = Exclude<KafkaStatus, 'ERR'>

/** So many commits are a whole window (Burrow, `storage.intervals`). */
export const WINDOW_COMMITS = 10

/** A window with a smaller share of its commits is too short to judge by (Burrow, `evaluator.minimum-complete`). */
const ENOUGH_COMPLETE = 0.5

/** A commit of a group on a partition. */
export interface Commit {
  at: Instant
  offset: number
  /** How far it was behind the end of the log; absent if the end was not known. */
  lag?: number
}

/** What the commits of a window come to. It changes only when there is a further commit. */
export interface CommitHistory {
  commits: number
  lastAt: Instant
  /** The time between the first and the last commit, ms. */
  spanMs: number
  /** By the rules 3 to 5. */
  trend: Exclude<PartitionStatus, 'STOP'>
}

/** A partition as it stands now. */
export interface PartitionNow {
  /** The last committed offset. */
  offset: number
  lag: number
  /** The ends of the log that were seen in the window. */
  ends: number[]
  /** Lag up to this is fine. */
  allowed: number
  now: Instant
}

/**
 * Burrow's rules without thresholds (github.com/linkedin/Burrow, "Consumer Lag Evaluation Rules"), the first that fits:
 * 1 the lag is allowed: OK. 2 the last commit is longer ago than the window spans, and no end of the log in the window is
 * reached by it: STOP. 3 REWIND, 4 STALL, 5 WARN: see `trendOf`. 6 otherwise OK. A window that is empty or too short is OK.
 */
export function partitionStatus(history: CommitHistory | undefined, partition: PartitionNow): PartitionStatus {
  const { lag, allowed, now, offset, ends } = partition
  if (lag <= allowed) return 'OK'
  if (history === undefined || completeness(history) < ENOUGH_COMPLETE) return 'OK'
  const isSilent = now - history.lastAt > history.spanMs
  if (isSilent && ends.every((end) => end > offset)) return 'STOP'
  return history.trend
}

/** The share of a whole window's commits that there are, 0 to 1. */
export function completeness(history: CommitHistory | undefined): number {
  return Math.min(1, (history?.commits ?? 0) / WINDOW_COMMITS)
}

/** What commits come to, oldest first; undefined for none. */
export function historyOf(commits: Commit[], allowed: number): CommitHistory | undefined {
  const [first] = commits
  const last = commits.at(-1)
  if (first === undefined || last === undefined) return undefined
  return {
    commits: commits.length,
    lastAt: last.at,
    spanMs: last.at - first.at,
    trend: trendOf(commits, allowed),
  }
}

/**
 * Burrow's rules 3 to 5: an offset that went back and did not recover to the one before: REWIND. Every known lag above what
 * is allowed: STALL if all offsets are equal, WARN if the lag never got less.
 */
function trendOf(commits: Commit[], allowed: number): CommitHistory['trend'] {
  const isRewound = commits.some((commit, index) => {
    const before = commits[index - 1]
    if (before === undefined || commit.offset >= before.offset) return false
    return commits.slice(index + 1).every((later) => later.offset < before.offset)
  })
  if (isRewound) return 'REWIND'
  const lags = commits.flatMap(({ lag }) => lag ?? [])
  if (lags.some((lag) => lag <= allowed)) return 'OK'
  if (commits.every(({ offset }) => offset === commits[0]?.offset)) return 'STALL'
  return lags.every((lag, index) => lag >= (lags[index - 1] ?? 0)) ? 'WARN' : 'OK'
}

/** A group is as bad as its worst partition: WARN when nothing is worse, else ERR. */
export function groupStatus(worst: PartitionStatus): 'OK' | 'WARN' | 'ERR' {
  return worst === 'OK' || worst === 'WARN' ? worst : 'ERR'
}

/** How bad a status is: 0 is fine. */
export function badness(status: KafkaStatus): number {
  return kafkaStatuses.indexOf(status)
}
