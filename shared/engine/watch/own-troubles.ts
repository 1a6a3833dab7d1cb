import type { CompiledConfig } from '../../contracts/compiled-config.ts'
import type { RejectionFact } from '../../contracts/rejection.ts'
import { isBroken, readAccounts } from '../../delivery/accounts.ts'
import { ownConditionOf, ownId } from '../../evaluation/own-condition.ts'
import type { OwnFact } from '../../evaluation/own-fact.ts'
import { SILENT_PROBE_MS } from '../../evaluation/vantages.ts'
import { readVerdicts } from '../../store/verdicts.ts'
import type { EngineIo } from '../io.ts'
import { type EvaluationConfig, updateOwnVerdict } from '../verdicts/update-verdicts.ts'

/**
 * Warns while messages that nobody could read lie in the dead-letter queue of a queue, and ends the warning when none is left.
 * `reason` says why the newest was refused.
 */
export async function updateDeadLetters(
  queue: 'events' | 'escalation',
  letters: { left: number } | { reason: RejectionFact },
  config: EvaluationConfig,
  io: EngineIo,
): Promise<void> {
  const subject = { id: ownId({ of: 'dead-letters', queue }), severity: 'warning' as const }
  const areThere = !('left' in letters) || letters.left > 0
  const fact: OwnFact = areThere
    ? { code: 'dead-letters', args: { queue, ...letters } }
    : { code: 'no-dead-letters', args: { queue } }
  await updateOwnVerdict(subject, areThere ? 'down' : 'up', fact, config, io)
}

/**
 * Raises an alert when the probe functions of a vantage do not report, and ends it when they do: critical if it leaves checks that
 * nobody sees. A vantage that has never reported gets the time that a first deployment takes.
 */
export async function updateProbe(
  vantage: string,
  heard: 'heard' | 'silent' | 'never',
  { all, unobserved }: { all: number; unobserved: number },
  config: EvaluationConfig,
  io: EngineIo,
): Promise<void> {
  const subject = {
    id: ownId({ of: 'probe', vantage }),
    // Checks that nobody sees any more must wake someone; with other vantages left it can wait for a text.
    severity: unobserved > 0 ? ('critical' as const) : ('error' as const),
  }
  const silent: OwnFact = { code: 'probe-silent', args: { vantage, checks: all, seenNowhere: unobserved } }
  const fact: OwnFact = heard === 'heard' ? { code: 'probe-heard', args: { vantage } } : silent
  if (heard === 'never') {
    const [known] = await readVerdicts([subject.id], io)
    const waited = known === undefined ? 0 : io.now() - known.since
    if (waited < SILENT_PROBE_MS && known?.verdict !== 'down') {
      if (known === undefined) await updateOwnVerdict(subject, 'up', fact, config, io)
      return
    }
  }
  await updateOwnVerdict(subject, heard === 'heard' ? 'up' : 'down', fact, config, io)
}

/**
 * Whether an id is that of a condition of Fenghuo's own that is still looked at: of a vantage, while checks run there; of a third
 * party's place, while it is compared with others; of a schedule, while it is paged; of an account, until it serves; of another region, while
 * it is one of the deployment; of duty, while that has others; of the copy of a status page, while there is to be one.
 */
export function isOwnCondition(
  id: string,
  { checks, status }: EvaluationConfig & Pick<CompiledConfig, 'status'>,
  { places, paged, regions }: Record<'places' | 'paged' | 'regions', ReadonlySet<string>>,
): boolean {
  const condition = ownConditionOf(id)
  if (condition === undefined || condition.of === 'dead-letters') return condition !== undefined
  if (condition.of === 'account') return true
  if (condition.of === 'duty') return regions.size > 0
  if (condition.of === 'region') return regions.has(condition.region)
  if (condition.of === 'status-copy') return status?.[condition.page]?.copy !== undefined
  if (condition.of === 'gap' || condition.of === 'reach') return paged.has(condition.schedule)
  const { of, vantage } = condition
  return checks.some(({ from }) => from.includes(vantage)) || (of === 'vantage' && places.has(vantage))
}

/** Tells of accounts at vendors that refuse whatever they are asked, each once, and of their end. */
export async function tellAccounts(config: EvaluationConfig, io: EngineIo): Promise<void> {
  for (const [account, known] of Object.entries(await readAccounts(io))) {
    const { vendor, why, code } = known
    const isDown = isBroken(known, io.now())
    const subject = { id: ownId({ of: 'account', account }), severity: 'error' as const }
    const fact: OwnFact = isDown
      ? { code: 'account-refuses', args: { vendor, why, ...(code === undefined ? {} : { code }) } }
      : { code: 'account-serves', args: { vendor } }
    await updateOwnVerdict(subject, isDown ? 'down' : 'up', fact, config, io)
  }
}

const troubleCodes = { faulty: 'vantage-faulty', slow: 'vantage-slow', none: 'vantage-agrees' } as const

/**
 * Raises one notice for a vantage that fails most of its checks while others see them up, or to which most are slow, and ends it
 * when it agrees with them again. While it fails them it has no vote.
 */
export async function updateVantage(
  vantage: string,
  trouble: 'faulty' | 'slow' | undefined,
  config: EvaluationConfig,
  io: EngineIo,
): Promise<void> {
  const subject = { id: ownId({ of: 'vantage', vantage }), severity: 'warning' as const }
  const fact: OwnFact = { code: troubleCodes[trouble ?? 'none'], args: { vantage } }
  await updateOwnVerdict(subject, trouble === undefined ? 'up' : 'down', fact, config, io)
}

/**
 * Raises one notice for a vantage that cannot observe most of its checks though others can, once that has lasted for `afterMs`;
 * undefined ends it.
 */
export async function updateUnobserving(
  vantage: string,
  afterMs: number | undefined,
  config: EvaluationConfig,
  io: EngineIo,
): Promise<void> {
  const subject = { id: ownId({ of: 'unobserving', vantage }), severity: 'warning' as const }
  const fact: OwnFact = { code: afterMs === undefined ? 'vantage-agrees' : 'vantage-unobserving', args: { vantage } }
  await updateOwnVerdict(subject, afterMs === undefined ? 'up' : { unknownFor: afterMs }, fact, config, io)
}

/**
 * Raises one notice for a vantage whose clock has been off by `skewMs` (more than 30 s) in all its reports for a while; undefined
 * ends it.
 */
export async function updateClock(
  vantage: string,
  skewMs: number | undefined,
  config: EvaluationConfig,
  io: EngineIo,
): Promise<void> {
  const subject = { id: ownId({ of: 'clock', vantage }), severity: 'warning' as const }
  const fact: OwnFact =
    skewMs === undefined
      ? { code: 'clock-right', args: { vantage } }
      : { code: 'clock-wrong', args: { vantage, seconds: Math.round(skewMs / 1000) } }
  await updateOwnVerdict(subject, skewMs === undefined ? 'up' : 'down', fact, config, io)
}
