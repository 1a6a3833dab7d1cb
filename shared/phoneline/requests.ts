import { inFairOrder } from '../contracts/fair-order.ts'
import { DEFAULT_SEVERITY, type Instant } from '../contracts/words.ts'
import { projectOf } from '../incidents/reference.ts'
import type { PhoneLine, Request } from './phone-line.ts'

// A phone line is one item of at most 400 KB (DynamoDB), with what it has to tell each incident of its call: 300 bytes in the outbox.

/** One call is about at most so many incidents; the next one follows at once. */
const ABOUT = 100

/** It begins with at most so many: what comes while it rings finds room in it, such as another project's page beside a storm. */
const ABOUT_FROM_START = 80

/** Requests beyond these wait in the queue, those of one project before others'. */
const WAITING = 500
const WAITING_OF_PROJECT = 400

/** So many settled requests are remembered, the latest. */
const SETTLED = 1_000

/** How long a settled request is remembered: the queue keeps messages for 14 days. */
export const SETTLED_MS = 15 * 86_400_000

/**
 * Adds a request to those that wait; of two for one incident the later decision counts. Throws when the line is full: the request
 * then comes again.
 */
export function withRequest(waiting: Request[], { incident, step, severity }: Request, now: Instant): Request[] {
  if (waiting.some((one) => one.incident === incident && one.step >= step)) return waiting
  const others = waiting.filter((one) => one.incident !== incident)
  const ofProject = others.filter((one) => projectOf(one.incident) === projectOf(incident))
  if (others.length >= WAITING || ofProject.length >= WAITING_OF_PROJECT)
    throw new Error(`${others.length} incidents wait for one person: this request comes again`)
  return [...others, { incident, step, since: now, ...(severity === undefined ? {} : { severity }) }]
}

/**
 * Moves waiting requests into a call that is about some incidents already, as many as it has room for: the worst and oldest first,
 * each project in its turn. Gives those that joined, all that the call is about then, and those left waiting.
 */
export function takenUp(
  about: Request[],
  waiting: Request[],
): { joining: Request[]; about: Request[]; left: Request[] } {
  const room = Math.max(0, (about.length === 0 ? ABOUT_FROM_START : ABOUT) - about.length)
  const sorted = inFairOrder(waiting, (one) => ({
    project: projectOf(one.incident),
    severity: one.severity ?? DEFAULT_SEVERITY,
  }))
  const joining = sorted.slice(0, room)
  const fresh = new Set(joining.map(({ incident }) => incident))
  return {
    joining,
    about: [...about.filter(({ incident }) => !fresh.has(incident)), ...joining],
    left: waiting.filter((one) => !joining.includes(one)),
  }
}

/** Marks requests as settled, so that their repeats change nothing, and forgets what was settled long ago. */
export function settle(before: PhoneLine['settled'], requests: Request[], now: Instant): PhoneLine['settled'] {
  const done = new Map(Object.entries(before).filter(([, { at }]) => now - at < SETTLED_MS))
  for (const { incident, step } of requests) {
    // The latest stand at the end.
    done.delete(incident)
    done.set(incident, { step, at: now })
  }
  return Object.fromEntries([...done].slice(-SETTLED))
}
