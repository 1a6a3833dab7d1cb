import { mapAtMost } from '../../contracts/at-most.ts'
import type { Place } from '../../contracts/report.ts'
import type { Instant } from '../../contracts/words.ts'
import type { CheckIo, RunResult } from '../kind.ts'
import { type Lines, openLines } from '../network/ask-api.ts'
import { fromEnvironment } from '../run/environment.ts'
import { Fault, fact, seenFault } from '../run/fault.ts'
import { tidy } from '../run/tidy.ts'
import type { VantagePointsFault } from './faults.ts'
import { globalping } from './globalping.ts'
import { heldToLimits } from './node-limits.ts'
import type { Node, VantagePointsSpec } from './spec.ts'
import { speedTest } from './speed-test.ts'
import { summarise } from './summarise.ts'
import { readTarget } from './target.ts'

/** So many nodes look at a time: enough for a hundred slow ones within a run, few enough to be no burden. */
const AT_A_TIME = 20

/**
 * Asks third parties to look at a target from their own nodes. Each node is a place with its own limits; the
 * observation is what they see together. Whatever fails at the third party makes a place unknown, with the vendor's
 * code.
 */
export async function runVantagePoints(spec: VantagePointsSpec, io: CheckIo, deadline: Instant): Promise<RunResult> {
  const lines = openLines()
  try {
    const places = await askNodes(spec, io, deadline, lines)
    return { ...summarise(places), places }
  } catch (error) {
    return { outcome: 'unknown', fault: seenFault(error).fault }
  } finally {
    lines.hangUp()
  }
}

const notAsked: VantagePointsFault = fact('node-not-asked')

async function askNodes(written: VantagePointsSpec, io: CheckIo, deadline: Instant, lines: Lines): Promise<Place[]> {
  const spec = fromEnvironment(written, io.env)
  const target = readTarget(spec.target)
  if (target === undefined) throw new Fault(fact('target-unusable'), 'unknown')

  /** One place per node, in their order. */
  const from = <N extends Node>(nodes: N[], see: (node: N) => Promise<RunResult>) =>
    mapAtMost(AT_A_TIME, nodes, async (node): Promise<Place> => {
      // The timer that ended the last one may have rung a millisecond early.
      const isLate = io.now() >= deadline - 1
      const seen: RunResult = isLate ? { outcome: 'unknown', fault: notAsked } : await see(node)
      const { fault, ...place } = heldToLimits(seen, node)
      return { vantage: node.vantage, ...place, ...(fault === undefined ? {} : { fault: tidy(fault) }) }
    })

  if (spec.via === 'globalping') return from(spec.nodes, globalping(spec, target, io, deadline, lines))
  if (target.measure !== 'http') throw new Fault(fact('speed-test-takes-url'), 'unknown')
  return from(spec.nodes, speedTest(spec, target.url, io, deadline, lines))
}
