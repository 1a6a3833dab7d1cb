import { onlyFails } from '../faults.ts'
import { endedLayers, linesOf } from '../invariants/history.ts'
import { nameOf } from '../outcome.ts'
import { CLOCKS_MS } from './lives.ts'
import { isCut } from './plan.ts'
import { policyIn, type RegionsOutcome } from './run.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND

/** Whoever pages in another region's stead hands back to one that is well, between two steps, and never while somebody listens. */
export function handsBackWithCare(outcome: RegionsOutcome): string[] {
  return [...dutyIsHandedBackBetweenSteps(outcome), ...nobodyIsLeftListening(outcome), ...whoIsBackIsWell(outcome)]
}

/** A region that was lost is well again for so long before it pages again, but for what clocks differ by, ms. */
const WELL_MS = 5 * MINUTE - CLOCKS_MS / 2

/** A loss that is shorter may leave its canary well, and one that has just begun does, ms. */
const NOTICED_MS = 4 * MINUTE

/** Nothing is handed back to a region that is only just well. */
function whoIsBackIsWell({ regions, plan: { losses, aheadMs } }: RegionsOutcome): string[] {
  return regions.flatMap((outcome, index) =>
    [...outcome.timelines.values()].flat().flatMap((line) => {
      if (line.kind !== 'duty' || line.why !== 'back') return []
      const at = line.at - (aheadMs[index] ?? 0)
      const recent = losses.find(
        ({ region, is, from, until }) =>
          regions[region]?.region === line.region &&
          !isCut(is) &&
          until - from > NOTICED_MS &&
          from + NOTICED_MS < at &&
          at < until + WELL_MS,
      )
      const afterMs = at - (recent?.until ?? 0)
      return recent === undefined
        ? []
        : [`${outcome.region} handed back ${afterMs / SECOND} s after the loss of ${line.region}`]
    }),
  )
}

/** Duty is handed back between steps, and never while a phone rings: a layer that ends for that has had its time. */
function dutyIsHandedBackBetweenSteps(all: RegionsOutcome): string[] {
  const { layers } = policyIn(all)
  return all.regions.flatMap((outcome) =>
    outcome.incidents.flatMap((incident) => {
      const lines = linesOf(outcome, incident)
      const backs = lines.filter((line) => line.kind === 'duty' && line.why === 'back')
      return endedLayers(lines, outcome.faults).flatMap(({ begin, end }) => {
        const isForThat = backs.some(({ at }) => at === end.at)
        const leastMs = (layers[begin.layer]?.ackTimeoutMs ?? 0) - SECOND - 2 * outcome.faults.skewMs
        const isEarly = isForThat && end.at - begin.at < leastMs
        return isEarly ? [`${outcome.region} handed ${nameOf(incident)} back in the middle of a layer`] : []
      })
    }),
  )
}

/** That somebody listens, or has hung up, is known so much later, ms. */
const HEARD_MS = 4 * SECOND

/** For so long whoever listens has time to press a key, ms. */
const LISTENING_MS = 110 * SECOND

/** Nor is it handed back while somebody listens to what it is about. */
function nobodyIsLeftListening({ regions, plan: { aheadMs } }: RegionsOutcome): string[] {
  return regions.flatMap((outcome, index) => {
    if (!onlyFails({ ...outcome.faults, crashes: 0 }, 'texts', 'duplicates', 'stops')) return []
    return outcome.incidents.flatMap((incident) =>
      linesOf(outcome, incident).flatMap((line) => {
        if (line.kind !== 'duty' || line.why !== 'back') return []
        const at = line.at - (aheadMs[index] ?? 0)
        const heard = outcome.rings.filter(
          ({ about, answeredAt = Infinity, endedAt = Infinity, presses }) =>
            about.some((one) => one.incident === nameOf(incident)) &&
            at - LISTENING_MS < answeredAt &&
            answeredAt < at - HEARD_MS &&
            endedAt > at + HEARD_MS &&
            presses.length === 0,
        )
        return heard.map(
          ({ token }) => `${outcome.region} handed ${nameOf(incident)} back while somebody listened: ${token}`,
        )
      }),
    )
  })
}
