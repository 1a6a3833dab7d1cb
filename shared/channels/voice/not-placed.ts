import type { Call, Delivery, Placed } from '../channel.ts'

/** What became of a call to the mainland that its vendor did not take. Its own words may repeat the number: it is taken out. */
export function notPlaced(
  answer: Extract<Delivery, { failure: unknown }>,
  { phone }: Pick<Call, 'phone'>,
): Exclude<Placed, { status: 'placed' }> {
  const { failure } = answer
  const local = phone.replace(/^\+86/, '')
  const hidden = failure.said === undefined ? failure : { ...failure, said: failure.said.replaceAll(local, '…') }
  if (answer.status === 'retry') return { status: 'retry', afterMs: answer.afterMs, failure: hidden }
  return { status: answer.status === 'unknown' ? 'unknown' : 'refused', failure: hidden }
}
