import type { Cloud } from './cloud.ts'
import { CHECK, type Setting, VANTAGES } from './setting.ts'
import type { World } from './world.ts'

/** What is wrong with the service that the probes watch, and from when until when; UTC ms. */
export interface Breakdown {
  /**
   * `most, who fall silent`: two of three see it, then say nothing until it is over, while the third never sees it. `for one look`: everybody
   * sees it once, and tells it twice, for their first answer was lost.
   */
  where: 'nowhere' | 'everywhere' | 'one vantage' | 'most, who fall silent' | 'for one look'
  from: number
  until: number
}

const MINUTE = 60_000

/** Long enough to be confirmed, whatever happens to a few reports. */
const SHORTEST_MS = 8 * MINUTE

/** After so long everything that is well has been seen to be well. */
const SEEN_MS = 8 * MINUTE

/** Whoever is to fall silent has told of it by then. */
const TOLD_MS = 5 * MINUTE

/** Whoever has had no answer sends again, ms. */
const AGAIN_MS = 3_000

/** How far a vantage's clock may be off, ms, until somebody sets it right. */
const LIES = [-600_000, -20_000, 20_000, 600_000, 7_200_000]

/** Probes that report one check each minute, where the configuration has one. */
export class Probes {
  readonly breakdown: Breakdown
  /** Until then there is news, UTC ms. */
  readonly busyUntil: number
  private readonly world: World
  private readonly cloud: Cloud
  private readonly lostReports: number
  private readonly lie: { vantage: string; ms: number; until: number } | undefined
  private runs = 0

  constructor(world: World, cloud: Cloud, { config }: Setting, lostReports: number) {
    this.world = world
    this.cloud = cloud
    this.lostReports = lostReports
    const isWatched = config.checks.length > 0
    const from = world.now + Math.floor(world.random() * 6 * MINUTE * world.size.pace)
    const { breakdowns, pace } = world.size
    const until = from + SHORTEST_MS * breakdowns + Math.floor(world.random() * 6 * MINUTE * pace)
    const wheres = ['nowhere', 'everywhere', 'one vantage', 'most, who fall silent', 'for one look'] as const
    const where = isWatched ? world.pick(wheres) : 'nowhere'
    this.breakdown = { where, from, until }
    this.busyUntil = isWatched ? until + SEEN_MS * breakdowns : 0
    if (!isWatched) return
    if (world.chance(0.5))
      this.lie = {
        vantage: world.pick(VANTAGES),
        ms: world.pick(LIES),
        until: world.now + 10 * MINUTE * breakdowns * world.random(),
      }
    for (const vantage of VANTAGES) this.report(vantage, Math.floor(world.random() * MINUTE))
  }

  private report(vantage: string, afterMs: number): void {
    const { world } = this
    world.after(afterMs, () => {
      const isSent = !this.isSilent(vantage) && !world.chance(this.lostReports)
      if (isSent) {
        const run = this.run(vantage)
        this.cloud.events.send(run, 0)
        if (this.isOneLook()) world.after(AGAIN_MS, () => this.cloud.events.send(run, 0))
      }
      this.report(vantage, MINUTE)
    })
  }

  private isOneLook(): boolean {
    const { where, from } = this.breakdown
    const { now } = this.world
    return where === 'for one look' && from <= now && now < from + MINUTE
  }

  private isSilent(vantage: string): boolean {
    const { where, from, until } = this.breakdown
    const { now } = this.world
    return (
      where === 'most, who fall silent' &&
      vantage !== VANTAGES[2] &&
      from + TOLD_MS * this.world.size.breakdowns <= now &&
      now < until
    )
  }

  private run(vantage: string) {
    const now = this.clockOf(vantage)
    const times = { startedAt: now, finishedAt: now }
    return {
      v: 1,
      kind: 'report',
      vantage,
      runner: { function: 'probe', version: '1', run: `run-${this.runs++}`, ...times, coldStart: false },
      observations: [{ check: CHECK, project: 'pay', at: now, outcome: this.outcomeAt(vantage), latencyMs: 20 }],
    }
  }

  private outcomeAt(vantage: string): 'up' | 'down' {
    const { now } = this.world
    const { where, from, until } = this.breakdown
    if (where === 'for one look') return this.isOneLook() ? 'down' : 'up'
    const isHere =
      where === 'everywhere' ||
      (where === 'one vantage' && vantage === VANTAGES[0]) ||
      (where === 'most, who fall silent' && vantage !== VANTAGES[2])
    return isHere && from <= now && now < until ? 'down' : 'up'
  }

  private clockOf(vantage: string): number {
    const { now } = this.world
    const lie = this.lie
    return lie?.vantage === vantage && now < lie.until ? now + lie.ms : now
  }
}
