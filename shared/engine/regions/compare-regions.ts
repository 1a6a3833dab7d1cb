import { tidy } from '../../checks/run/tidy.ts'
import { ownId } from '../../evaluation/own-condition.ts'
import type { OwnFact } from '../../evaluation/own-fact.ts'
import { type Canary, healthBy } from '../../store/canary.ts'
import type { EngineIo } from '../io.ts'
import { type EvaluationConfig, updateOwnVerdict } from '../update-verdicts.ts'
import type { KnownRegion, Regions } from './follow-regions.ts'

/** A clock may be off by so much before somebody should hear of it, ms: words that are closer together have no order. */
export const CLOCK_OFF_MS = 30_000

/** Tables may be out of reach for so long before that is told, ms: one that is lost is told of by what it guards, or by its probes. */
const UNREAD_MS = 300_000

/** A region may be without its first canary for so long before that is told, ms: one that was just deployed has none yet. */
const FIRST_CANARY_MS = 300_000

/** Says of each other region whether it is well, seals with our secret, and has the right time, each as a warning of the `fenghuo` project. */
export async function compareRegions(regions: Regions, config: EvaluationConfig, io: EngineIo): Promise<void> {
  const own = await regions.own.canary()
  await Promise.all(regions.others.map((other) => compareOne(other, own, config, io)))
}

async function compareOne(
  other: KnownRegion,
  own: Canary | undefined,
  config: EvaluationConfig,
  io: EngineIo,
): Promise<void> {
  const { region } = other
  const subject = { id: ownId({ of: 'peer', region }), severity: 'warning' as const }
  try {
    const theirs = await other.canary()
    if (theirs === undefined) {
      const fact: OwnFact = { code: 'region-never-worked', args: { region } }
      await updateOwnVerdict(subject, { unknownFor: FIRST_CANARY_MS }, fact, config, io)
      return
    }
    const fact = troubleOf(region, own, theirs, io.now())
    if (fact === undefined) await updateOwnVerdict(subject, 'up', { code: 'region-well', args: { region } }, config, io)
    else await updateOwnVerdict(subject, 'down', fact, config, io)
  } catch (error) {
    const fact = tidy({ code: 'region-unread', args: { region, said: String(error) } })
    await updateOwnVerdict(subject, { unknownFor: UNREAD_MS }, fact, config, io)
  }
}

/** What is wrong with another region, as its last canary tells; undefined: nothing. */
function troubleOf(region: string, own: Canary | undefined, theirs: Canary, now: number): OwnFact | undefined {
  if (hasOtherSecret(own, theirs)) return { code: 'region-other-secret', args: { region } }
  if (!healthBy(theirs, now).isWell)
    return { code: 'region-late', args: { region, minutes: Math.floor((now - theirs.at) / 60_000) } }
  const { aheadMs = 0 } = theirs
  if (Math.abs(aheadMs) < CLOCK_OFF_MS) return undefined
  return { code: 'region-clock', args: { region, seconds: Math.round(aheadMs / 1_000) } }
}

/** Whether two regions seal with different secrets, where both have said. */
export function hasOtherSecret(one: Canary | undefined, other: Canary | undefined): boolean {
  return one?.secret !== undefined && other?.secret !== undefined && one.secret !== other.secret
}
