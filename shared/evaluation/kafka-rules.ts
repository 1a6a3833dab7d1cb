import { type KafkaStatus, kafkaStatuses } from '../contracts/kafka-status.ts'
import type { Instant } from '../contracts/words.ts'

/** Of a partition; what a group has alone is none. */
export type PartitionStatus = Exclude<KafkaStatus, 'ERR'>

/** A partition of a consumer group as it stands by what is kept of it. */
export interface PartitionDetail {
  topic: string
  partition: number
  status: PartitionStatus
  lag: number
  /** How old its oldest unread message is, ms; absent: nothing is unread. */
  ageMs?: number
}

/** A consumer group as it stands by what is kept of it: a group that has read everything, and changes nothing, stands as it last did. */
export interface GroupDetail {
  group: string
  at: Instant
  worst: PartitionStatus
  lag: number
  ageMs?: number
  /** The worst first. */
  partitions: PartitionDetail[]
}

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

/** A summary of the commits in one window. It changes only when there is a further commit. */
export interface CommitHistory {
  commits: number
  lastAt: Instant
  /** The time between the first and the last commit, ms. */
  spanMs: number
  /** By the rules 3 to 5. */
  trend: Exclude<PartitionStatus, 'STOP' | 'BEYOND'>
}

/** A partition as it stands now. */
export interface PartitionNow {
  /** The last committed offset. */
  offset: number
  lag: number
  /** The ends of the log that were seen in the window. */
  ends: number[]
  /** Messages of lag that are fine. */
  allowed: number
  now: Instant
  /** The time between samples, ms. */
  intervalMs: number
  /** Since when more is unread than is allowed, and nothing of it was read. */
  stuckSince?: Instant
  /** Since when the same commit is beyond the end of the log. */
  beyondSince?: Instant
  /** The time between two commits that is usual here though it is longer than a window, ms. */
  rhythmMs?: number
  hasMoved?: boolean
  /** A member of the stable group is on it. */
  isHeld?: boolean
  /** The group has no members. */
  isAbandoned?: boolean
}

/** A consumer with a rhythm of its own is waited for this many times as long as it usually takes between two commits. */
const PATIENCE = 1.5

/** After so many samples a commit counts as beyond the end of the log: an end that was read before the commit is right by then. */
const BEYOND_SAMPLES = 5

/**
 * Judges a partition: Burrow's rules on its commits, waiting longer where the group commits rarely. Beyond Burrow: `BEYOND` for a commit
 * past the end of the log, and `STOP` for lag that nobody reads because the group has no members or no member is on the partition.
 */
export function partitionStatus(history: CommitHistory | undefined, partition: PartitionNow): PartitionStatus {
  const { lag, allowed, now, intervalMs, beyondSince, stuckSince, rhythmMs = 0 } = partition
  if (beyondSince !== undefined && now - beyondSince >= BEYOND_SAMPLES * intervalMs) return 'BEYOND'
  if (lag <= allowed) return 'OK'
  const stuckMs = stuckSince === undefined ? 0 : now - stuckSince
  const status = byCommits(history, partition)
  if ((status === 'STOP' || status === 'STALL') && stuckMs < PATIENCE * rhythmMs) return 'OK'
  if (status !== 'OK' && status !== 'WARN') return status
  const isLost = !partition.isHeld && (partition.isAbandoned || partition.hasMoved)
  return isLost && stuckMs >= Math.max(WINDOW_COMMITS * intervalMs, PATIENCE * rhythmMs) ? 'STOP' : status
}

/**
 * Burrow's rules without thresholds (github.com/linkedin/Burrow, "Consumer Lag Evaluation Rules"), the first that fits:
 * 1 the lag is allowed: OK. 2 the last commit is longer ago than the window spans, and no end of the log in the window is
 * reached by it: STOP. 3 REWIND, 4 STALL, 5 WARN: see `trendOf`. 6 otherwise OK. A window that is empty or too short is OK.
 */
function byCommits(history: CommitHistory | undefined, { now, offset, ends }: PartitionNow): PartitionStatus {
  if (history === undefined || completeness(history) < ENOUGH_COMPLETE) return 'OK'
  const isSilent = now - history.lastAt > history.spanMs
  if (isSilent && ends.every((end) => end > offset)) return 'STOP'
  return history.trend
}

/** The share of a whole window's commits that there are, 0 to 1. */
export function completeness(history: CommitHistory | undefined): number {
  return Math.min(1, (history?.commits ?? 0) / WINDOW_COMMITS)
}

/** Summarises commits, oldest first; undefined when there are none. `allowed`: messages of lag that are fine. */
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
 * is allowed: STALL if all offsets are equal, WARN if the lag has grown and never got less.
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
  const grows = (lags.at(-1) ?? 0) > (lags[0] ?? 0)
  return grows && lags.every((lag, index) => lag >= (lags[index - 1] ?? 0)) ? 'WARN' : 'OK'
}

/** A group is as bad as its worst partition: WARN when nothing is worse, else ERR. */
export function groupStatus(worst: PartitionStatus): 'OK' | 'WARN' | 'ERR' {
  return worst === 'OK' || worst === 'WARN' ? worst : 'ERR'
}

/** How bad a status is: 0 is fine. */
export function badness(status: KafkaStatus): number {
  return kafkaStatuses.indexOf(status)
}
