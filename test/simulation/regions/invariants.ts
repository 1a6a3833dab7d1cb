import { callsAreFew } from '../invariants/calls.ts'
import { historyIsWhole } from '../invariants/history.ts'
import { keysAreHeard } from '../invariants/keys.ts'
import { nobodyIsCalledAfterwards } from '../invariants/over.ts'
import { vendorsAreAskedOnce } from '../invariants/vendors.ts'
import { isExpected } from '../invariants.ts'
import { promiseOf } from './promise.ts'
import type { RegionOutcome, RegionsOutcome } from './run.ts'

/** What must hold at the end of every seed: the promise of all regions, and what holds for each of them. Each broken promise is one line. */
export function brokenInRegions(outcome: RegionsOutcome): string[] {
  const own = outcome.regions.flatMap((region) => brokenHere(region).map((fault) => `${region.region}: ${fault}`))
  return [...promiseOf(outcome), ...own]
}

function brokenHere(outcome: RegionOutcome): string[] {
  const { ledger, leftOutboxes, leftCalls, unsettled, letters, risked, echoes, errors } = outcome
  return [
    ...ledger.faults,
    ...leftOutboxes.map((outbox) => `undelivered: ${outbox.slice(0, 300)}`),
    ...leftCalls.map((person) => `${person} is in a call for ever: nobody can be called there`),
    ...unsettled.map(({ number, status, escalation }) => `#${number} is still ${status}, ${escalation.phase}`),
    ...letters.map(({ body, reason }) => `refused: ${body.slice(0, 200)}: ${reason}`),
    ...risked.map((body) => `a dead letter was deleted before it was sent again: ${body.slice(0, 200)}`),
    ...callsAreFew(outcome),
    ...vendorsAreAskedOnce(outcome),
    ...keysAreHeard(outcome),
    ...nobodyIsCalledAfterwards(outcome),
    // Lines bear the clocks of their regions.
    ...historyIsWhole({ ...outcome, faults: { ...outcome.faults, skewMs: 30_000 } }),
    ...echoes.map((echo) => `a message that came again changed what was over: ${echo}`),
    ...errors.filter((error) => !isExpected(error)).map((error) => `error: ${String(error)}`),
  ]
}
