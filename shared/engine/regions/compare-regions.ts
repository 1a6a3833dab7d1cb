import { tidy } from '../../checks/run/tidy.ts'
import type { Fact } from '../../contracts/fact.ts'
import { ownId } from '../../evaluation/own-condition.ts'
import type { OwnFact } from '../../evaluation/own-fact.ts'
import type { Canary } from '../../store/canary.ts'
import type { EngineIo } from '../io.ts'
import { type EvaluationConfig, updateOwnVerdict } from '../verdicts/update-verdicts.ts'
import { CLOCK_OFF_MS, differencesOf, idleBy } from './differences.ts'
import type { KnownRegion, Regions } from './follow-regions.ts'

/**
 * Tables, and the function `peer`, may be out of reach for so long before that is told, ms: one that is lost is told of by what it guards,
 * or by its probes.
 */
const UNREAD_MS = 300_000

/** A region may be without its first canary for so long before that is told, ms: one that was just deployed has none yet. */
const FIRST_CANARY_MS = 300_000

/**
 * Says of each other region whether it is well, answers, seals with our secret, and has the right time, each as a warning of the `fenghuo`
 * project.
 */
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
    const fact = troubleOf(region, own, await other.canary(), io.now()) ?? (await troubleByAnswer(other))
    if (fact === undefined) await updateOwnVerdict(subject, 'up', { code: 'region-well', args: { region } }, config, io)
    else await updateOwnVerdict(subject, verdictOf(fact), fact, config, io)
  } catch (error) {
    const fact = tidy({ code: 'region-unread', args: { region, said: String(error) } })
    await updateOwnVerdict(subject, { unknownFor: UNREAD_MS }, fact, config, io)
  }
}

/**
 * What is wrong with another region, as its function's answer tells; undefined: nothing. A guard that runs out asks that function: one that
 * does not answer is taken for lost, and paged beside. Its time bears on what is later than what; that of its queues is compared with it
 * there.
 */
async function troubleByAnswer({ region, greet }: KnownRegion): Promise<Fact | undefined> {
  try {
    const aheadMs = await greet()
    if (Math.abs(aheadMs) < CLOCK_OFF_MS) return undefined
    return { code: 'region-clock-apart', args: { region, seconds: Math.round(aheadMs / 1_000) } }
  } catch (error) {
    return tidy({ code: 'region-unanswering', args: { region, said: String(error) } })
  }
}

/** What may pass by itself is told once it lasts. */
function verdictOf({ code }: Fact): 'down' | { unknownFor: number } {
  if (code === 'region-never-worked') return { unknownFor: FIRST_CANARY_MS }
  return code === 'region-unanswering' ? { unknownFor: UNREAD_MS } : 'down'
}

/**
 * What is wrong with another region, as its last canary tells; undefined: nothing. Other people and silences are told of or taken over
 * where those are read, and another version works.
 */
function troubleOf(
  region: string,
  own: Canary | undefined,
  theirs: Canary | undefined,
  now: number,
): OwnFact | undefined {
  const differences = differencesOf({ canary: own }, { canary: theirs })
  if (differences.some(({ code }) => code === 'other-secret')) return { code: 'region-other-secret', args: { region } }
  const idle = idleBy(theirs, now)
  if (idle?.code === 'never-worked') return { code: 'region-never-worked', args: { region } }
  if (idle !== undefined)
    return { code: 'region-late', args: { region, minutes: Math.floor(idle.args.agoMs / 60_000) } }
  const clock = differences.find((one) => one.code === 'clock')
  return clock && { code: 'region-clock', args: { region, seconds: Math.round(clock.args.aheadMs / 1_000) } }
}
