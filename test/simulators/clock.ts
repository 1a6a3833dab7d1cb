/** Runs `task` after `ms` milliseconds; the returned function takes it back. */
export type Schedule = (ms: number, task: () => void) => () => void

/** A clock that stands still until it is moved, with the timers that hang on it. */
export interface ManualClock {
  now(): number
  schedule: Schedule
  /** Moves time on and runs what is due on the way, each at its own time. */
  advance(ms: number): void
}

/** A clock at `start`: milliseconds since 1970-01-01 UTC. */
export function manualClock(start: number): ManualClock {
  let now = start
  const timers = new Set<{ at: number; task: () => void }>()
  const nextDue = (until: number) => [...timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0]

  return {
    now: () => now,
    schedule: (ms, task) => {
      const timer = { at: now + ms, task }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    advance: (ms) => {
      const until = now + ms
      for (let due = nextDue(until); due; due = nextDue(until)) {
        timers.delete(due)
        now = due.at
        due.task()
      }
      now = until
    },
  }
}

/** The machine's own timers; they keep no process alive. */
export const realSchedule: Schedule = (ms, task) => {
  const timer = setTimeout(task, ms).unref()
  return () => clearTimeout(timer)
}
