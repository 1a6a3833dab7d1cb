import type { Sighting } from '../contracts/alert.ts'
import type { Instant, VerdictWord } from '../contracts/words.ts'

/** What a verdict needs to know of a check. */
export interface JudgedCheck {
  from: string[]
  intervalMs: number
  timeoutMs: number
  confirm: { m: number; n: number }
}

/** What one vantage knows of one check. */
export interface Seen {
  vantage: string
  outcomes: VerdictWord[]
  at: Instant
  latencyMs: number
  detail?: string
}

export interface Judgement {
  /** Absent: the vantages are split evenly, the verdict stays. */
  verdict?: VerdictWord
  sightings: Sighting[]
  /** Vantages that know something. */
  known: number
}

/** Data older than this is missing: two runs, the run's own time, and the way through the queue. */
export function staleAfterMs(check: Pick<JudgedCheck, 'intervalMs' | 'timeoutMs'>): number {
  return 2 * check.intervalMs + check.timeoutMs + 30_000
}

/**
 * What the vantages together make of a check: m of the last n observations per vantage, then a majority of the vantages that
 * know anything. If only one of several is left it needs 2m of 2n. None left is `unknown`: no data is never `up`.
 */
export function judge(check: JudgedCheck, seen: Seen[], now: Instant): Judgement {
  const current = check.from.map((vantage) => newest(seen, vantage, now - staleAfterMs(check)))
  const alone = check.from.length > 1 && current.filter((one) => one !== undefined).length === 1
  const { m, n } = alone ? { m: 2 * check.confirm.m, n: 2 * check.confirm.n } : check.confirm
  const sightings = check.from.map((vantage, index): Sighting => {
    const one = current[index]
    if (one === undefined) return { vantage, verdict: 'unknown' }
    return {
      vantage,
      verdict: confirmed(one.outcomes, m, n),
      ...(one.detail ? { detail: one.detail } : {}),
      ...(one.latencyMs > 0 ? { latencyMs: one.latencyMs } : {}),
    }
  })
  const known = sightings.filter(({ verdict }) => verdict !== 'unknown')
  const verdict = majority(known.map((sighting) => sighting.verdict))
  return { sightings, known: known.length, ...(verdict === undefined ? {} : { verdict }) }
}

/** One vantage's word: m of any n observations in a row make a new one, until then the old one stays. */
export function confirmed(outcomes: VerdictWord[], m: number, n: number): VerdictWord {
  let word: VerdictWord = 'unknown'
  for (let end = 1; end <= outcomes.length; end++) {
    const window = outcomes.slice(Math.max(0, end - n), end)
    const down = window.filter((outcome) => outcome === 'down').length
    const degraded = window.filter((outcome) => outcome === 'degraded').length
    const up = window.filter((outcome) => outcome === 'up').length
    if (down >= m) word = 'down'
    else if (up >= m) word = 'up'
    else if (degraded + up >= m) word = 'degraded'
    else if (window.every((outcome) => outcome === 'unknown') && window.length === n) word = 'unknown'
  }
  return word
}

function majority(words: VerdictWord[]): VerdictWord | undefined {
  if (words.length === 0) return 'unknown'
  const half = words.length / 2
  const down = words.filter((word) => word === 'down').length
  const degraded = words.filter((word) => word === 'degraded').length
  const up = words.filter((word) => word === 'up').length
  if (down > half) return 'down'
  if (up > half) return 'up'
  if (degraded + down > half && degraded > 0) return 'degraded'
  if (degraded + up > half) return 'degraded'
  return undefined
}

function newest(seen: Seen[], vantage: string, since: Instant): Seen | undefined {
  return seen
    .filter((one) => one.vantage === vantage && one.at >= since)
    .reduce<Seen | undefined>((best, one) => (best === undefined || one.at > best.at ? one : best), undefined)
}
