import { onlyFails } from '../faults.ts'
import { callName } from '../ledger.ts'
import type { Lived } from '../lived.ts'

/** A vendor takes two calls a second, as our clocks have it: two seconds meet in one. */
const CALLS_IN_A_SECOND = 4

/** A stop is asked for again after a second, two, four. */
const STOPPED_AGAIN_MS = 6_000

/** What a vendor is asked for, and asked for again. */
export function vendorsAreAskedOnce(outcome: Lived): string[] {
  return [
    ...onlyRefusedCallsAreRepeated(outcome),
    ...tokensNameOneCall(outcome),
    ...vendorsAreSpared(outcome),
    ...nobodyDialsWhatIsOff(outcome),
    ...stopsAreRepeated(outcome),
  ]
}

/** A call that may ring is never asked for again: only a definite refusal is tried again, or elsewhere. */
function onlyRefusedCallsAreRepeated({ requests }: Lived): string[] {
  return [...Map.groupBy(requests, callName)].flatMap(([name, ofOneCall]) => {
    const unsure = ofOneCall.slice(0, -1).find(({ answer }) => answer !== 'retry' && answer !== 'refused')
    return unsure === undefined ? [] : [`dialled again though the first may ring: ${name}`]
  })
}

/** A vendor knows a repeat by its token: one for each call, the same however often it is asked for. */
function tokensNameOneCall({ requests }: Lived): string[] {
  const tokens = new Map<string, string>()
  const calls = new Map<string, string>()
  return requests.flatMap((request) => {
    const name = callName(request)
    const isKnown = (tokens.get(name) ?? request.token) === request.token && (calls.get(request.token) ?? name) === name
    tokens.set(name, request.token)
    calls.set(request.token, name)
    return isKnown ? [] : [`a vendor cannot tell a repeat from a new call: ${name}, ${request.token}`]
  })
}

function vendorsAreSpared({ requests, faults }: Lived): string[] {
  // Windows are counted by each machine's own clock, and what is slow comes later than it was counted.
  if (faults.skewMs > 0 || faults.slowSteps > 0) return []
  // Alibaba Cloud takes a hundred: nobody wants as many here.
  const few = requests.filter(({ outId }) => outId === undefined)
  const crowded = few.find(
    ({ at, route }) =>
      few.filter((one) => one.route === route && at <= one.at && one.at < at + 1_000).length > CALLS_IN_A_SECOND,
  )
  return crowded === undefined ? [] : ['more calls in a second than a vendor takes']
}

/** Whoever dials has looked before whether anybody still wants the call. */
function nobodyDialsWhatIsOff({ rings, ledger }: Lived): string[] {
  return rings.flatMap((ring) => {
    const since = ledger.dialledThoughOff.get(callName(ring))
    return since === undefined || ring.startedAt < since ? [] : [`rung though it was called off: ${ring.token}`]
  })
}

/** A stop that the vendor has not confirmed is asked for again while the phone may ring. */
function stopsAreRepeated({ stops, rings, faults }: Lived): string[] {
  if (!onlyFails(faults, 'stops', 'texts', 'calls', 'events', 'duplicates', 'lostReports', 'lostAnswers')) return []
  return stops.flatMap(({ contactId, at, isConfirmed }) => {
    const ring = rings.find((one) => one.contactId === contactId)
    const isAgain = stops.some((one) => one.contactId === contactId && one.at > at)
    const ringsOn = (ring?.answeredAt ?? ring?.endedAt ?? Infinity) > at + STOPPED_AGAIN_MS
    return isConfirmed || isAgain || !ringsOn ? [] : [`not stopped: ${ring?.token} rings on, and nobody asks again`]
  })
}
