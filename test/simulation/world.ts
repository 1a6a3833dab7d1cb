import { big, type Size } from './size.ts'

/** Numbers from a seed (mulberry32, public domain, by Tommy Ettinger): the same seed gives the same run. */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

interface Scheduled {
  at: number
  order: number
  run(): void
}

/** How long one step outside a process takes, ms: random, so that processes overtake each other. */
const MAX_LATENCY_MS = 60

/** How long it takes at most where a table or a queue is slow, ms. */
const SLOW_MS = 3_000

/**
 * A world with its own clock: everything that crosses a process's border becomes a scheduled event, and events run one at a
 * time in the order of a seeded random delay.
 */
export class World {
  now = Date.UTC(2026, 0, 1, 2, 13)
  readonly seed: number
  /** How much is drawn for it. */
  readonly size: Size
  random: () => number
  /** How often something came back to a process whose time was over. */
  timeouts = 0
  private readonly events: Scheduled[] = []
  private scheduled = 0

  constructor(seed: number, size = big) {
    this.seed = seed
    this.size = size
    this.random = seededRandom(seed)
  }

  chance(probability: number): boolean {
    return this.random() < probability
  }

  pick<T>(items: readonly T[]): T {
    const item = items[Math.floor(this.random() * items.length)]
    if (item === undefined) throw new Error('There is nothing to pick from')
    return item
  }

  /** Runs something after a delay, ms. */
  after(delayMs: number, run: () => void): void {
    const event = { at: this.now + delayMs, order: this.scheduled++, run }
    // Binary insertion keeps the list sorted by time, then by the order of scheduling.
    let low = 0
    let high = this.events.length
    while (low < high) {
      const middle = (low + high) >> 1
      const other = this.events[middle]
      if (other !== undefined && (other.at < event.at || (other.at === event.at && other.order < event.order)))
        low = middle + 1
      else high = middle
    }
    this.events.splice(low, 0, event)
  }

  /** From now on other numbers come than the seed's: what was drawn so far happens at another pace. 0 changes nothing. */
  retime(timing: number): void {
    if (timing > 0) this.random = seededRandom(Math.floor(this.random() * 2 ** 32) + timing)
  }

  latency(): number {
    return 1 + Math.floor(this.random() * MAX_LATENCY_MS)
  }

  /** Runs events until `done` says so or `until` is reached. Between two events all promises settle. */
  async run(until: number, done: () => boolean): Promise<void> {
    // A tick that is asked for by a microtask comes when there are no more of these.
    await undefined
    for (let event = this.events.shift(); event !== undefined; event = this.events.shift()) {
      if (event.at > until) return
      this.now = Math.max(this.now, event.at)
      event.run()
      await settled()
      if (done()) return
    }
  }
}

/**
 * When all promises have settled that could: whoever asks for a tick in a microtask gets it once all microtasks have run. The event loop
 * itself is not waited for: nothing in a world comes from outside it.
 */
function settled(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve))
}

/** An error that the world throws in: a refusal, or an answer that is lost. */
export class Trouble extends Error {}

/** One invocation of a function. It may crash at any step outside itself, and is dead after its time. */
export class Process {
  dead = false
  readonly startedAt: number
  readonly endsAt: number
  readonly world: World
  private readonly crashes: number
  private readonly skewMs: number
  private readonly slowSteps: number

  constructor(
    world: World,
    timeoutMs: number,
    faults: { crashes: number; skewMs: number; slowSteps: number },
    /** How far the clocks of its region are ahead, ms. */
    aheadMs = 0,
  ) {
    this.world = world
    this.crashes = faults.crashes
    this.slowSteps = faults.slowSteps
    this.startedAt = world.now
    this.skewMs = aheadMs + Math.floor((2 * world.random() - 1) * faults.skewMs)
    this.endsAt = world.now + timeoutMs
  }

  /** What this machine's own clock shows, at a moment of the world's. */
  clock(at = this.world.now): number {
    return at + this.skewMs
  }

  /**
   * A step outside the process: `work` happens at one moment, and the process goes on later. A crash falls before or after it:
   * then the promise never settles, as in a process that is gone.
   */
  step<T>(work: () => T | Promise<T>): Promise<T> {
    const { world } = this
    return new Promise<T>((resolve, reject) => {
      if (this.dies()) return
      const isSlow = this.slowSteps > 0 && world.chance(this.slowSteps)
      world.after(isSlow ? Math.floor(world.random() * SLOW_MS) : world.latency(), () => {
        if (this.dead || this.isOver()) return
        let result: T | Promise<T>
        try {
          result = work()
        } catch (error) {
          reject(error)
          return
        }
        // Nobody hears of what fails after a crash.
        if (this.dies()) Promise.resolve(result).catch(() => {})
        else resolve(result)
      })
    })
  }

  /** Waits for somebody who takes their time, ms. */
  pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.world.after(ms, () => {
        if (!this.dead && !this.isOver()) resolve()
      })
    })
  }

  /** Whether its time has ended before its work. */
  private isOver(): boolean {
    if (this.world.now <= this.endsAt) return false
    this.world.timeouts++
    return true
  }

  private dies(): boolean {
    this.dead ||= this.world.chance(this.crashes)
    return this.dead
  }
}
