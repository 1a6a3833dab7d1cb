import type { Instant } from '../shared/contracts/words.ts'
import { clouds, type NextTime } from './clouds.ts'
import type { FunctionDefinition } from './definition.ts'
import type { LocalFunction } from './invoke.ts'
import type { Running } from './pollers.ts'

/** The times of a cron are looked up for so long ahead. */
const AHEAD_MS = 600_000

interface TimersIo {
  now(): Instant
  /** Where functions run whose cloud's timers tell of it. */
  region: string
  /** Milliseconds between runs by the function's name, in place of its definition's. */
  every: Record<string, number>
}

/** Fires the timers of all functions, each as its own cloud does and with its event. */
export function startTimers(
  definitions: FunctionDefinition[],
  functions: Record<string, LocalFunction>,
  { now, region, every }: TimersIo,
): Running[] {
  return definitions.flatMap(({ name, cloud, schedules }) =>
    schedules.map((schedule) => {
      const { timing, event } = clouds[cloud]
      const fire = async (at: Instant) => {
        const { name: timer, input } = schedule
        const firing = { function: name, timer, region, at, ...(input === undefined ? {} : { input }) }
        return functions[name]?.invoke(event(firing))
      }
      const everyMs = every[name]
      const when = everyMs === undefined ? timing(schedule, now()) : { everyMs }
      return 'everyMs' in when ? startTimer(when.everyMs, () => fire(now())) : startClock(when.next, now, fire)
    }),
  )
}

/** Runs `task` now and then every `everyMs`. A run that is still going when the next is due makes that one wait, never overlap. */
export function startTimer(everyMs: number, task: () => Promise<unknown>): Running {
  let stopped = false
  let waiting: NodeJS.Timeout | undefined
  let due = performance.now()
  let current = tick()

  async function tick(): Promise<void> {
    // A failed run has been told of where it failed; the next one comes all the same.
    await task().catch(() => undefined)
    if (stopped) return
    due = Math.max(due + everyMs, performance.now())
    waiting = setTimeout(
      () => {
        current = tick()
      },
      Math.max(0, due - performance.now()),
    )
  }

  return {
    async stop() {
      stopped = true
      clearTimeout(waiting)
      await current
    },
  }
}

/** Runs `task` at the times that `next` says, and tells it which. A time that comes while a run is still going is let go. */
export function startClock(next: NextTime, now: () => Instant, task: (at: Instant) => Promise<unknown>): Running {
  let stopped = false
  let waiting: NodeJS.Timeout | undefined
  let current: Promise<unknown> = Promise.resolve()
  wait(now())

  function wait(after: Instant): void {
    const until = after + AHEAD_MS
    const at = next(after, until)
    waiting = setTimeout(
      () => {
        current = tick(at)
      },
      Math.max(0, (at ?? until) - now()),
    )
  }

  async function tick(at: Instant | undefined): Promise<void> {
    // A failed run has been told of where it failed; the next one comes all the same.
    if (at !== undefined) await task(at).catch(() => undefined)
    // A timer may ring a moment early: its own time does not come twice.
    if (!stopped) wait(Math.max(now(), at ?? 0))
  }

  return {
    async stop() {
      stopped = true
      clearTimeout(waiting)
      await current
    },
  }
}
