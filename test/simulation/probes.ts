import type { Cloud } from './cloud.ts'
import { CHECK, type Setting, VANTAGES } from './setting.ts'
import type { World } from './world.ts'

/** What is wrong with the service that the probes watch, and from when until when; UTC ms. */
export interface Breakdown {
  where: 'nowhere' | 'everywhere' | 'one vantage'
  from: number
  until: number
}

const MINUTE = 60_000

/** Long enough to be confirmed, whatever happens to a few reports. */
const SHORTEST_MS = 8 * MINUTE

/** After so long everything that is well has been seen to be well. */
const SEEN_MS = 7 * MINUTE

/** Probes that report one check each minute, where the configuration has one. */
export class Probes {
  readonly breakdown: Breakdown
  /** Until then there is news, UTC ms. */
  readonly busyUntil: number
  private readonly world: World
  private readonly cloud: Cloud
  private readonly lostReports: number
  private runs = 0

  constructor(world: World, cloud: Cloud, { config }: Setting, lostReports: number) {
    this.world = world
    this.cloud = cloud
    this.lostReports = lostReports
    const isWatched = config.checks.length > 0
    const from = world.now + Math.floor(world.random() * 6 * MINUTE)
    const until = from + SHORTEST_MS + Math.floor(world.random() * 6 * MINUTE)
    const where = isWatched ? world.pick(['nowhere', 'everywhere', 'one vantage'] as const) : 'nowhere'
    this.breakdown = { where, from, until }
    this.busyUntil = isWatched ? until + SEEN_MS : 0
    if (!isWatched) return
    for (const vantage of VANTAGES) this.report(vantage, Math.floor(world.random() * MINUTE))
  }

  private report(vantage: string, afterMs: number): void {
    const { world } = this
    world.after(afterMs, () => {
      if (!world.chance(this.lostReports)) this.cloud.events.send(this.run(vantage), 0)
      this.report(vantage, MINUTE)
    })
  }

  private run(vantage: string) {
    const { now } = this.world
    const { where, from, until } = this.breakdown
    const isHere = where === 'everywhere' || (where === 'one vantage' && vantage === VANTAGES[0])
    const outcome = isHere && from <= now && now < until ? 'down' : 'up'
    const times = { startedAt: now, finishedAt: now }
    return {
      v: 1,
      kind: 'report',
      vantage,
      runner: { function: 'probe', version: '1', run: `run-${this.runs++}`, ...times, coldStart: false },
      observations: [{ check: CHECK, project: 'pay', at: now, outcome, latencyMs: 20 }],
    }
  }
}
