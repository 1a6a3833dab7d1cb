import { onlyFails } from '../faults.ts'
import { callName } from '../ledger.ts'
import type { PlaceRequest } from '../phones.ts'
import type { Outcome } from '../run.ts'

const MINUTE = 60_000

/** What the vendor takes of requests for calls to one number (help.aliyun.com, "Call frequency"): at most so many within so many ms. */
const WINDOWS = [
  { calls: 1, ms: MINUTE },
  { calls: 5, ms: 60 * MINUTE },
  { calls: 20, ms: 24 * 60 * MINUTE },
]

/** Two requests for one number within this block both (help.aliyun.com, IvrCall). */
const BLOCK_MS = 1_000

/** A call of which no end is told is asked about when it must have rung out, and that takes a few seconds, ms. */
const ASKED_MS = 100_000

/** What is in nobody's way who asks. */
const harmless = [
  ...(['events', 'calls', 'stops', 'texts', 'duplicates', 'lostReports', 'lostAnswers'] as const),
  ...(['slowSteps', 'busy', 'contactsOutage'] as const),
]

/** What is promised of calls that nobody can stop, that ask nothing, and whose keys come with receipts. */
export function ivrIsCalledWithCare(outcome: Outcome): string[] {
  const requests = outcome.requests.filter(({ outId }) => outId !== undefined)
  return [
    ...callsHaveNames(requests),
    ...[...Map.groupBy(requests, ({ phoneHash }) => phoneHash).values()].flatMap((ofOne) =>
      calleesAreSpared(ofOne, outcome),
    ),
    ...endsAreAskedFor(outcome),
  ]
}

/** Whose call a name is has been written down before the vendor hears it: a receipt may come before the answer, or without one. */
function callsHaveNames(requests: PlaceRequest[]): string[] {
  return requests.filter(({ isNamed }) => !isNamed).map(({ token }) => `asked for without a name: ${token}`)
}

/** Limits of one number are kept, whatever becomes of the calls. */
function calleesAreSpared(requests: PlaceRequest[], { faults }: Outcome): string[] {
  // What is slow comes later than it was counted.
  if (faults.slowSteps > 0) return []
  const counted = requests.filter(({ counts }) => counts)
  const crowded = WINDOWS.flatMap(({ calls, ms }) =>
    counted.flatMap(({ at, token }, index) =>
      at - (counted[index - calls]?.at ?? -Infinity) < ms ? [`more than ${calls} calls in ${ms} ms: ${token}`] : [],
    ),
  )
  const blocked = requests.flatMap(({ at, token }, index) =>
    at - (requests[index - 1]?.at ?? -Infinity) < BLOCK_MS ? [`both blocked, one right after the other: ${token}`] : [],
  )
  return [...crowded, ...blocked]
}

/** Of a call whose receipts are lost the vendor is asked, and says that it has ended: nobody waits until it certainly has. */
function endsAreAskedFor({ faults, rings, ledger }: Outcome): string[] {
  if (!onlyFails(faults, ...harmless)) return []
  return rings.flatMap(({ outId, token, toldAt, answeredAt, ...ring }) => {
    const freeAt = ledger.freeAt.get(callName(ring))
    if (outId === undefined || toldAt === undefined || answeredAt !== undefined || freeAt === undefined) return []
    return freeAt - toldAt > ASKED_MS ? [`nobody asked its vendor whether it is over: ${token}`] : []
  })
}
