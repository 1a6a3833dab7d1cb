import type { AsyncConfig } from './rules.ts'
import type { Target } from './runner.ts'
import type { Trigger } from './triggers.ts'
import { timestamp } from './words.ts'

/** A trigger with what it calls. */
export interface BoundTrigger {
  trigger: Trigger
  /** Throws when there is nothing to call. */
  target(): Target
  asyncConfig: AsyncConfig
}

/** A timer that came due. */
export interface Firing {
  bound: BoundTrigger
  /** The bytes that the function gets ("Time triggers", format of the event). */
  event: Buffer
}

/** What is due of `all` until `now`, in the order in which it is; each trigger goes on to its next time. */
export function dueTimers(all: BoundTrigger[], now: number): Firing[] {
  const due: (Firing & { at: number })[] = []
  for (const bound of all) {
    const { trigger } = bound
    const { enable = true, payload = '' } = trigger.config
    while (trigger.nextAt !== undefined && trigger.nextAt <= now) {
      const told = { triggerTime: timestamp(trigger.nextAt), triggerName: trigger.triggerName, payload }
      if (enable) due.push({ at: trigger.nextAt, bound, event: Buffer.from(JSON.stringify(told)) })
      trigger.nextAt = trigger.timetable.next(trigger.nextAt)
    }
  }
  return due.sort((one, other) => one.at - other.at)
}
