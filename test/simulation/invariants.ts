import { OutOfTime } from '../../shared/contracts/out-of-time.ts'
import { Rejection } from '../../shared/contracts/rejection.ts'
import { Undelivered } from '../../shared/engine/verdicts/update-verdicts.ts'
import { handsCountOnce } from './invariants/by-hand.ts'
import { callsAreFew } from './invariants/calls.ts'
import { checksAreBelieved } from './invariants/checks.ts'
import { incidentsEnd } from './invariants/ends.ts'
import { historyIsWhole } from './invariants/history.ts'
import { ivrIsCalledWithCare } from './invariants/ivr.ts'
import { keysCount } from './invariants/keys.ts'
import { layersAreKept } from './invariants/layers.ts'
import { whoIsCalledIsOnCall } from './invariants/on-call.ts'
import { nobodyIsCalledAfterwards } from './invariants/over.ts'
import { layersFollow } from './invariants/own-layers.ts'
import { pausesAreKept } from './invariants/pauses.ts'
import { whatWaitsIsRaised } from './invariants/raises.ts'
import { whatIsRedirectedGoesThere } from './invariants/redirects.ts'
import { peopleAreTold } from './invariants/texts.ts'
import { pagesAreInTime } from './invariants/times.ts'
import { vendorsAreAskedOnce } from './invariants/vendors.ts'
import type { Outcome } from './run.ts'
import { Trouble } from './world.ts'

/** What must hold at the end of every seed. Each broken promise is one line. */
export function broken(outcome: Outcome): string[] {
  return [
    ...outcome.ledger.faults,
    ...incidentsEnd(outcome),
    ...keysCount(outcome),
    ...checksAreBelieved(outcome),
    ...callsAreFew(outcome),
    ...vendorsAreAskedOnce(outcome),
    ...ivrIsCalledWithCare(outcome),
    ...nobodyIsCalledAfterwards(outcome),
    ...layersAreKept(outcome),
    ...layersFollow(outcome),
    ...pagesAreInTime(outcome),
    ...pausesAreKept(outcome),
    ...whoIsCalledIsOnCall(outcome),
    ...handsCountOnce(outcome),
    ...whatWaitsIsRaised(outcome),
    ...whatIsRedirectedGoesThere(outcome),
    ...peopleAreTold(outcome),
    ...outcome.echoes.map((echo) => `a message that came again changed what was over: ${echo}`),
    ...historyIsWhole(outcome),
    ...outcome.errors.filter((error) => !isExpected(error)).map((error) => `error: ${String(error)}`),
  ]
}

/** Whether the world itself made it: whoever called comes again. */
export function isExpected(error: unknown): boolean {
  if ([Trouble, Rejection, OutOfTime, Undelivered].some((kind) => error instanceof kind)) return true
  return error instanceof AggregateError && error.errors.every(isExpected)
}
