import type { Instant } from '../contracts/words.ts'
import type { LineCall, PhoneLine, PhoneLineEffect } from './phone-line.ts'

/**
 * A call, or a text, that the vendor refuses for longer than this is told as waiting: one more try may hang for ten seconds, and other
 * channels take over after fifteen at most.
 */
const REFUSED_MS = 3_000

/** An incident that waits for another call of this person for longer than this hears of it. */
const OTHER_CALL_MS = 10_000

/**
 * So many incidents that wait for one call hear of it. A storm is one call, which tells of them all; it is not to be a hundred texts
 * as well.
 */
const TOLD_OF_ONE_CALL = 5

/** Whether the incidents have to hear that what their vendor was asked for at `askedAt` can't be had before `againAt`. */
export function isLongRefused({ askedAt }: Pick<LineCall, 'askedAt'>, againAt: Instant): boolean {
  return againAt - askedAt >= REFUSED_MS
}

/** When the next incident has waited so long for a call that it is told of that; undefined if none is to be told. */
export function waitingDueAt({ waiting }: PhoneLine): Instant | undefined {
  if (waiting.filter(({ waitTold }) => waitTold).length >= TOLD_OF_ONE_CALL) return undefined
  const oldest = waiting.find(({ waitTold }) => !waitTold)
  return oldest?.since === undefined ? undefined : oldest.since + OTHER_CALL_MS
}

/**
 * Tells the incidents that have waited long for another call to end that they do, each once. `again`: when the next of them will have waited
 * so long, UTC ms.
 */
export function tellWaiting(
  line: PhoneLine,
  now: Instant,
): { line: PhoneLine; outbox: PhoneLineEffect[]; again?: Instant } {
  const outbox: PhoneLineEffect[] = []
  let next = line
  for (let due = waitingDueAt(next); due !== undefined; due = waitingDueAt(next)) {
    if (due > now) return { line: next, outbox, ...(outbox.length > 0 ? { again: due } : {}) }
    const index = next.waiting.findIndex(({ waitTold }) => !waitTold)
    const request = next.waiting[index]
    if (request === undefined) break
    next = { ...next, waiting: next.waiting.with(index, { ...request, waitTold: true }) }
    const { incident, step } = request
    outbox.push({
      type: 'outcome',
      phoneHash: line.phoneHash,
      incident,
      step,
      outcome: 'waiting',
      failure: { class: 'in-another-call' },
    })
  }
  return { line: next, outbox }
}
