import * as z from 'zod/mini'
import { instant, text, textUpTo } from './bounded.ts'
import { LOG_CHARACTERS } from './log-characters.ts'

/**
 * A job says that it ran. One message on the events queue. Sent twice it counts once: the same `at` is the same report.
 */
export const heartbeat = z.object({
  v: z.literal(1),
  kind: z.literal('heartbeat'),
  /** `project/name` of a check of kind `heartbeat`. */
  check: text(3, 200),
  /** When it ran, UTC ms; absent means when the queue took the message. */
  at: z.optional(instant),
  /** `fail`: it ran and did not do its work. `start`: it has begun, and should end within its grace. */
  status: z._default(z.enum(['start', 'ok', 'fail']), 'ok'),
  /** Which of several runs side by side begins or ends. */
  run: z.optional(text(1, 64)),
  /** One plain sentence for people. */
  detail: z.optional(textUpTo(500)),
  /** What else it has written, to be looked into. */
  log: z.optional(textUpTo(LOG_CHARACTERS)),
})
export type Heartbeat = z.infer<typeof heartbeat>

/** What becomes of a job's request. `unavailable`: the queue has not taken it, and the job may ask again. */
export type HeartbeatResult = 'taken' | 'wrong-key' | 'not-awaited' | 'wrong-status' | 'unavailable'
