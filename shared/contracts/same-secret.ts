import { timingSafeEqual } from 'node:crypto'

/** Compares what somebody shows with what it should be, in a time that tells nothing of how far it is right. */
export function isSameSecret(given: string, expected: string): boolean {
  const [actual, wanted] = [Buffer.from(given), Buffer.from(expected)]
  return actual.length === wanted.length && timingSafeEqual(actual, wanted)
}
