import { mapAtMost } from '../../shared/contracts/at-most.ts'
import type { WantedUnit } from './backend.ts'
import { perform } from './deploy.ts'
import { AT_ONCE } from './execute.ts'
import { planUnit } from './plan.ts'
import { readSettled } from './readiness.ts'
import { type Session, whereabouts } from './session.ts'
import { say } from './words.ts'

/** `remove`: deletes all that carries the mark of this service and stage, timers first, and nothing else. */
export async function removeService(session: Session): Promise<void> {
  const { backend, writers, io } = session
  const units = (await backend.list()).map((name): WantedUnit => ({ name, functions: [] }))
  const where = whereabouts(session)
  if (units.length === 0) return writers.log.success(say.nothingToRemove(where))
  const plans = await mapAtMost(AT_ONCE, units, async (unit) => {
    const found = await readSettled(backend, unit.name, [], io)
    return { plan: planUnit(unit, found, backend), found }
  })
  await perform(backend, { plans, steps: [] }, io)
  for (const { name } of units) await backend.removeUnit?.(name)
  const names = plans.flatMap(({ plan }) => plan.remove.map(({ name }) => name))
  writers.log.success(say.removed(where, names))
}
