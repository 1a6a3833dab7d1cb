import { groupCheck, passiveEvaluatorOf } from '../../checks/evaluators.ts'
import { forEachAtMost } from '../../contracts/at-most.ts'
import { type CompiledCheck, type CompiledConfig, OWN_PROJECT } from '../../contracts/compiled-config.ts'
import type { Fact } from '../../contracts/fact.ts'
import type { Consensus } from '../../evaluation/consensus.ts'
import { ownConditionOf } from '../../evaluation/own-condition.ts'
import { type UpdateEffect, vantageMachine } from '../../evaluation/vantage.ts'
import { circumstancesOf, type VantageRecords } from '../../evaluation/vantages.ts'
import { verdictMachine } from '../../evaluation/verdict.ts'
import { consensusOn, verdictInput } from '../../evaluation/verdict-input.ts'
import {
  type VerdictEffect,
  type VerdictEvent,
  type VerdictInput,
  type VerdictState,
  type VerdictSubject,
  verdictShape,
} from '../../evaluation/verdict-state.ts'
import { type Applied, type ApplyIo, apply } from '../../store/apply.ts'
import { verdictKey } from '../../store/keys.ts'
import { statesIn, UnreadableItem } from '../../store/shape.ts'
import type { RowKey } from '../../store/table.ts'
import { readVantages } from '../../store/vantages.ts'
import { readVerdicts } from '../../store/verdicts.ts'
import { carriedOut } from '../effects/table.ts'
import { type Updating, vantageEffects } from '../effects/vantage.ts'
import { verdictEffects } from '../effects/verdict.ts'
import { type EngineIo, invocationOf } from '../io.ts'

/** The parts of the configuration that evaluation needs. */
export type EvaluationConfig = Pick<CompiledConfig, 'checks' | 'projects' | 'groups' | 'senders'> &
  Partial<Pick<CompiledConfig, 'maintenance'>>

/**
 * Brings the verdicts of checks up to date with what all their vantages know now. The verdict is read before the vantages, and
 * written only if it is still the one that was read: so two vantages reporting at once can't both miss the majority. A check comes
 * after the one it depends on.
 */
export async function updateVerdicts(ids: string[], config: EvaluationConfig, io: EngineIo): Promise<void> {
  const checks = checksById(config)
  const wanted = new Set(ids)
  const isChild = (check: CompiledCheck) => check.dependsOn !== undefined && wanted.has(check.dependsOn)
  const known = [...wanted].flatMap((id) => checks.get(id) ?? [])
  const roots = known.filter((check) => !isChild(check))
  // A verdict that nobody can read holds no child of it up; after other trouble it is known in a moment, and they wait for it.
  const unreadable = await updateTogether(roots, config, io).catch((error: unknown) => {
    if (error instanceof UnreadableItem) return error
    throw error
  })
  const children = known.filter(isChild).map(({ id }) => id)
  if (children.length > 0) await updateVerdicts(children, config, io)
  if (unreadable) throw unreadable
}

async function updateTogether(checks: CompiledCheck[], config: EvaluationConfig, io: EngineIo): Promise<void> {
  if (checks.length === 0) return
  const parents = checks.flatMap(({ dependsOn }) => dependsOn ?? [])
  const keys = [...new Set([...checks.map(({ id }) => id), ...parents])].map(verdictKey)
  const rows = new Map((await io.checks.getMany(keys)).map((row) => [row.pk, row]))
  const ofParents = [...new Set(parents)].flatMap((id) => rows.get(verdictKey(id).pk) ?? [])
  const parentStates = statesIn(ofParents, verdictShape, io.checks, io.log).map(({ state }) => state)
  const everywhere = config.checks.flatMap(({ from }) => from)
  const vantages = await readVantages(everywhere, io)
  const circumstances = circumstancesOf(config, vantages, io.now())
  await forEachAtMost(checks, async (check) => {
    let seen: VantageRecords[] | undefined = vantages
    let parent = parentStates.find(({ id }) => id === check.dependsOn)
    const gather = async (before: VerdictState | undefined): Promise<VerdictInput> => {
      // A conflict means that somebody else has written it: the next try looks afresh.
      if (seen === undefined && check.dependsOn !== undefined) [parent] = await readVerdicts([check.dependsOn], io)
      const now = io.now()
      const current = seen ?? (await readVantages(everywhere, io))
      const bearing = seen === undefined ? circumstancesOf(config, current, now) : circumstances
      seen = undefined
      const consensus = check.isPassive
        ? await passiveEvaluatorOf(check).consensus(check, io)
        : consensusOn(check, current, bearing, now, before)
      return verdictInput(check, consensus, current, parent, config, now, bearing)
    }
    const key = verdictKey(check.id)
    await apply(verdictMachine, key, { gather }, verdictIo(config, io), { row: rows.get(key.pk) })
  })
}

/** Raises or resolves an alert about Fenghuo itself, once per change. One that is unknown is told after so long, ms. */
export async function updateOwnVerdict(
  subject: Omit<VerdictSubject, 'project'>,
  verdict: 'up' | 'down' | { unknownFor: number },
  fact: Fact,
  config: EvaluationConfig,
  io: EngineIo,
): Promise<Applied<VerdictState>> {
  const isUnknown = typeof verdict === 'object'
  const consensus: Consensus = { verdict: isUnknown ? 'unknown' : verdict, sightings: [], known: 0 }
  const event: VerdictInput = { type: 'input', subject: { ...subject, project: OWN_PROJECT }, consensus, fact }
  if (isUnknown) event.missingAfterMs = verdict.unknownFor
  const key = verdictKey(subject.id)
  // Of what is as it was nothing is written; what changes is written under the version that was read, and seen anew if that is an older one.
  const [row] = await io.checks.getMany([key], { consistent: false })
  return apply(verdictMachine, key, { event }, verdictIo(config, io), { row })
}

/** Delivers what a crash has left in a vantage's outbox. */
export async function deliverVantage(key: RowKey, config: EvaluationConfig, io: EngineIo): Promise<void> {
  await apply(vantageMachine, { pk: key.pk, sk: key.sk }, 'deliver', evaluationIo(config, io))
}

/** Whether the configuration has a check, be it one of a group that a check finds by a pattern. */
export function isChecked(id: string, config: EvaluationConfig): boolean {
  return checksById(config).get(id) !== undefined
}

/** Resolves what was raised of something that is no longer checked, once. */
export async function removeVerdict(id: string, config: EvaluationConfig, io: EngineIo): Promise<void> {
  await apply(verdictMachine, verdictKey(id), { event: { type: 'removed', id } }, verdictIo(config, io))
}

/** Takes up a verdict that is due: a held check that may be calm, or an outbox that a crash has left. */
export async function sweepVerdict(key: RowKey, config: EvaluationConfig, io: EngineIo): Promise<void> {
  const id = key.pk.slice(verdictKey('').pk.length)
  if (isChecked(id, config)) await updateVerdicts([id], config, io)
  else if (ownConditionOf(id) === undefined) await removeVerdict(id, config, io)
  await apply(verdictMachine, { pk: key.pk, sk: key.sk }, 'deliver', verdictIo(config, io))
}

/** How the effects of vantages and heartbeats are carried out: each names checks whose verdicts are brought up to date. */
export function evaluationIo<S, E>(config: EvaluationConfig, io: EngineIo): ApplyIo<S, E, UpdateEffect> {
  return {
    table: io.checks,
    ...invocationOf(io),
    carries: () => true,
    ...carriedOut(vantageEffects, updating(config, io)),
    nudge: comesAgain,
  }
}

function verdictIo(config: EvaluationConfig, io: EngineIo): ApplyIo<VerdictState, VerdictEvent, VerdictEffect> {
  return {
    table: io.checks,
    ...invocationOf(io),
    carries: () => true,
    ...carriedOut(verdictEffects, { config, io, ...updating(config, io) }),
    nudge: comesAgain,
  }
}

function updating(config: EvaluationConfig, io: EngineIo): Updating {
  return { updateVerdicts: (ids) => updateVerdicts(ids, config, io) }
}

/** Some effects could not be carried out, and nobody else does: the message that caused them comes again in seconds. */
export class Undelivered extends Error {
  constructor() {
    super('Not everything could be delivered: the message has to come again')
  }
}

async function comesAgain(): Promise<void> {
  throw new Undelivered()
}

/** Finds a check by its id. */
export type ChecksById = Pick<ReadonlyMap<string, CompiledCheck>, 'get'>

/** The checks of a configuration by their ids, those of consumer groups that a check finds by a pattern included. */
export function checksById(config: EvaluationConfig): ChecksById {
  const checks = new Map(config.checks.map((check) => [check.id, check]))
  return { get: (id) => checks.get(id) ?? groupCheck(id, checks) }
}
