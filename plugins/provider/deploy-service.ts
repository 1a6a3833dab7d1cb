import { type Bilingual, inLines } from '../../shared/contracts/words.ts'
import type { WantedFunction, WantedUnit } from './backend.ts'
import { perform, prepare } from './deploy.ts'
import { inventory } from './info.ts'
import type { PackagedFunction } from './service.ts'
import { type Session, whereabouts } from './session.ts'
import { summary } from './summary.ts'
import { say } from './words.ts'

/**
 * `deploy`, and with `partial` `deploy function`: says what will be done, does it, and shows what there is then. Nothing is called
 * before all functions are known to be such as the vendor takes.
 */
export async function deployService(
  session: Session,
  packaged: PackagedFunction[],
  { partial }: { partial: boolean },
): Promise<void> {
  const { backend, service, writers, io } = session
  const units = wantedUnits(session, packaged, partial)
  const where = whereabouts(session)
  writers.log.notice(say.deploying(where))
  const deployment = await prepare(backend, units, io, { others: !partial })
  if (deployment.steps.length === 0) {
    writers.log.success(say.nothingDiffers(where))
  } else {
    for (const step of deployment.steps) writers.log.info(step)
    await perform(backend, deployment, io)
    writers.log.success(say.deployed(where))
  }
  writers.writeText(summary(service, await inventory(session)))
}

/** The packaged functions as they should be, by unit. Throws all that the vendor would refuse, at once. */
export function wantedUnits(
  { cloud, service, fault }: Pick<Session, 'cloud' | 'service' | 'fault'>,
  packaged: PackagedFunction[],
  partial: boolean,
): WantedUnit[] {
  const problems: Bilingual[] = []
  const units = new Map<string, WantedFunction[]>()
  for (const fn of packaged) {
    const wanted = cloud.wanted(service, fn, (words) => problems.push(say.of(fn.key, words)))
    const unit = cloud.unitOf(service, fn.definition)
    units.set(unit, [...(units.get(unit) ?? []), wanted])
  }
  const names = packaged.map(({ definition }) => definition.name)
  for (const name of new Set(names.filter((name, index) => names.indexOf(name) < index))) {
    problems.push(say.sameName(name))
  }
  if (problems.length > 0) throw fault(inLines([say.refused(cloud.title), ...problems]))
  return [...units].map(([name, functions]) => ({ name, functions, ...(partial ? { partial } : {}) }))
}
