import type { Instant } from '../../contracts/words.ts'
import type { Attempt } from '../attempt.ts'

/** The call of the next number of somebody whom this attempt has not reached; undefined: no number of theirs is left in this layer. */
export function nextNumber(before: Attempt, attempts: Attempt[], step: number, now: Instant): Attempt | undefined {
  const isCalled = (hash: string) => attempts.some(({ phoneHash }) => phoneHash === hash)
  const [next, ...numbers] = (before.numbers ?? []).filter(({ phoneHash }) => !isCalled(phoneHash))
  if (next === undefined) return undefined
  const { failure: _, calls: __, numbers: ___, channel, number = 1, ...same } = before
  return {
    ...same,
    ...next,
    channel: 'phone',
    ...(channel === 'phone' && { number: number + 1 }),
    ...(numbers.length > 0 && { numbers }),
    step,
    call: 1,
    status: 'requested',
    since: now,
  }
}
