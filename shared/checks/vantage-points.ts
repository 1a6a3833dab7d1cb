import type { Place } from '../contracts/report.ts'
import { fromEnvironment } from './environment.ts'
import { Fault } from './fault.ts'
import type { CheckIo, CheckKind, Seen } from './kind.ts'
import { tidy } from './tidy.ts'
import { type Lines, openLines } from './vantage-points/ask.ts'
import { globalping } from './vantage-points/globalping.ts'
import { heldToLimits } from './vantage-points/node-limits.ts'
import { sideBySide } from './vantage-points/side-by-side.ts'
import type { Node, VantagePointsSpec } from './vantage-points/spec.ts'
import { speedTest } from './vantage-points/speed-test.ts'
import { summarise } from './vantage-points/summarise.ts'
import { readTarget } from './vantage-points/target.ts'

/** So many nodes look at a time: enough for a hundred slow ones within a run, few enough to be no burden. */
const AT_A_TIME = 20

/**
 * Asks third parties to look at a target from their own nodes. Each node is a place with its own limits; the
 * observation is what they see together. Whatever fails at the third party makes a place unknown, with the vendor's
 * code.
 */
export const vantagePoints: CheckKind<VantagePointsSpec> = {
  kind: 'vantage-points',
  async run({ spec }, io, deadline) {
    const lines = openLines()
    try {
      const places = await look(spec, io, deadline, lines)
      return { ...summarise(places), places }
    } catch (error) {
      return { outcome: 'unknown', detail: error instanceof Fault ? error.message : String(error) }
    } finally {
      lines.hangUp()
    }
  },
}

async function look(written: VantagePointsSpec, io: CheckIo, deadline: number, lines: Lines): Promise<Place[]> {
  const spec = fromEnvironment(written, io.env)
  const target = readTarget(spec.target)
  if (target === undefined) throw new Fault('the configured target is neither a URL nor a host', 'unknown')

  /** One place per node, in their order. */
  const from = <N extends Node>(nodes: N[], see: (node: N) => Promise<Seen>) =>
    sideBySide(nodes, AT_A_TIME, async (node): Promise<Place> => {
      // The timer that ended the last one may have rung a millisecond early.
      const isLate = io.now() >= deadline - 1
      const seen: Seen = isLate ? { outcome: 'unknown', detail: 'not asked: out of time' } : await see(node)
      const { detail, ...place } = heldToLimits(seen, node)
      return { vantage: node.vantage, ...place, ...(detail === undefined ? {} : { detail: tidy(detail) }) }
    })

  if (spec.via === 'globalping') return from(spec.nodes, globalping(spec, target, io, deadline, lines))
  if (target.measure !== 'http') throw new Fault('a speed test takes a URL', 'unknown')
  return from(spec.nodes, speedTest(spec, target.url, io, deadline, lines))
}
