import { mapAtMost } from '../../shared/contracts/at-most.ts'
import { BilingualError } from '../../shared/contracts/bilingual-error.ts'
import { type Bilingual, inLines } from '../../shared/contracts/words.ts'
import { type Backend, CloudError, type FoundUnit, type WantedUnit } from './backend.ts'
import { explained } from './errors.ts'
import { AT_ONCE, type Execution, each, execute } from './execute.ts'
import { isEmpty, planUnit, refusals, type UnitPlan } from './plan.ts'
import { readSettled } from './readiness.ts'
import { preparationWords, stepWords, unitWords } from './step-words.ts'
import { say } from './words.ts'

/** What a deployment will do, one unit each; `found` is what it was planned from. */
export interface Deployment {
  plans: { plan: UnitPlan; found: FoundUnit | undefined }[]
  /** What will be done, a line each; empty: nothing. */
  steps: Bilingual[]
}

/**
 * Reads what is there and says what must be done. With `others`, units of ours that are wanted no more are removed. Throws,
 * before anything is changed, if a name is taken by something that is not ours.
 */
export async function prepare(
  backend: Backend,
  units: WantedUnit[],
  io: Execution,
  { others }: { others: boolean },
): Promise<Deployment> {
  const names = others ? await backend.list() : []
  const gone = names.filter((name) => !units.some((unit) => unit.name === name))
  const all = [...units, ...gone.map((name): WantedUnit => ({ name, functions: [] }))]
  const found = await mapAtMost(AT_ONCE, all, (unit) => {
    const functions = unit.functions.map(({ name }) => name)
    return readSettled(backend, unit.name, functions, io)
  })
  const refused = refusals(all, found, backend)
  if (refused.length > 0) {
    throw new CloudError(inLines(refused), { kind: 'final', code: 'Refused' })
  }
  const plans = all.map((unit, index) => ({ plan: planUnit(unit, found[index], backend), found: found[index] }))
  return { plans, steps: plans.flatMap(({ plan }) => stepsOf(plan, backend)) }
}

/**
 * Carries out what was prepared, all units side by side; a unit that fails does not stop the others. Throws an AggregateError of
 * all failures, each with the unit's name.
 */
export async function perform(backend: Backend, { plans }: Deployment, io: Execution): Promise<void> {
  const failures: Error[] = []
  await each(plans, async ({ plan, found }) => {
    await execute(backend, plan, found, io).catch((error: unknown) => {
      failures.push(new BilingualError(named(plan.unit.name, explained(error)), { cause: error }))
    })
  })
  if (failures.length > 0) throw new AggregateError(failures)
}

/** A vendor's words do not always say what they are about. */
function named(name: string, words: Bilingual): Bilingual {
  return words.en.split(/[\s:,]+/).includes(name) ? words : say.of(name, words)
}

/** In the order in which they are done. */
function stepsOf(plan: UnitPlan, { secretFields }: Pick<Backend, 'secretFields'>): Bilingual[] {
  if (isEmpty(plan)) return []
  const { name } = plan.unit
  return [
    ...plan.functions.flatMap(({ wanted, prepare }) =>
      prepare.map((step) => say.of(wanted.name, preparationWords(step, secretFields))),
    ),
    ...(plan.release ? [say.of(name, unitWords.release)] : []),
    ...plan.functions.flatMap(({ wanted, settle }) => settle.map((step) => say.of(wanted.name, stepWords(step)))),
    ...plan.remove.map((gone) => say.of(gone.name, unitWords.removeUnwanted)),
    ...(plan.release ? [] : plan.forget.map((version) => say.of(name, unitWords.forget(version)))),
  ]
}
