import { accountsKey } from '../../shared/store/keys.ts'
import type { Cloud } from './cloud.ts'
import type { Setting } from './setting.ts'
import type { World } from './world.ts'

/** Watch looks a minute ahead, first for what becomes of incidents, and is over within less than another, ms. */
const LOOKS_AHEAD_MS = 70_000
const ENDS_MS = 120_000

/**
 * The rounds of watch. Where `skipsQuiet` those are left out of which it is known that they would read, and nothing else: nothing is due
 * until the next is over, nothing may be paused, is probed, or refused by an account, or is to be sent once more, and what it says of the path itself is as the
 * last whole round has left it.
 */
export class Rounds {
  private readonly world: World
  private readonly cloud: Cloud
  private readonly setting: Setting
  /** Of regions, which guard each other by canaries that come each minute all the same. */
  private readonly isOneOfSeveral: boolean
  /**
   * How often the table of checks had been written, and how many dead letters there were, when a whole round had nothing to write there, or
   * wrote what there is to say of a new world.
   */
  private steady = ''

  constructor(world: World, cloud: Cloud, setting: Setting, isOneOfSeveral = false) {
    this.world = world
    this.cloud = cloud
    this.setting = setting
    this.isOneOfSeveral = isOneOfSeveral
  }

  /** The next one. */
  begin(): void {
    if (this.world.size.skipsQuiet && this.isQuiet()) {
      if (this.isOneOfSeveral) void this.cloud.watch(true)
      return
    }
    const before = this.ofThePath()
    const isFirst = this.cloud.checks.writes === 0
    void this.cloud.watch().then((isWhole) => {
      if (isWhole && (isFirst || this.ofThePath() === before)) this.steady = this.ofThePath()
    })
  }

  private isQuiet(): boolean {
    const { incidents, checks, events, escalation } = this.cloud
    const { pauses, config } = this.setting
    const { now } = this.world
    return (
      this.ofThePath() === this.steady &&
      !pauses &&
      config.checks.length === 0 &&
      [events, escalation].every(({ dead }) => dead.toBeRedriven === 0) &&
      incidents.row(accountsKey()) === undefined &&
      incidents.isQuietUntil(now + LOOKS_AHEAD_MS) &&
      checks.isQuietUntil(now + ENDS_MS)
    )
  }

  /** What watch says of the path itself: by its own writes, and by what lies among the dead letters. */
  private ofThePath(): string {
    const { checks, events, escalation } = this.cloud
    return [checks.writes, events.dead.letters.length, escalation.dead.letters.length].join(' ')
  }
}
