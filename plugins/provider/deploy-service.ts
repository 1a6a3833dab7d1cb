import type { Bilingual } from '../../shared/contracts/words.ts'
import type { WantedFunction, WantedUnit } from './backend.ts'
import { perform, prepare } from './deploy.ts'
import { inventory, summary } from './info.ts'
import type { PackagedFunction } from './service.ts'
import type { Session } from './session.ts'
import { providerWords } from './words.ts'

/**
 * `deploy`, and with `partial` `deploy function`: says what will be done, does it, and shows what there is then. Nothing is called
 * before all functions are known to be such as the vendor takes.
 */
export async function deployService(
  session: Session,
  packaged: PackagedFunction[],
  { partial }: { partial: boolean },
): Promise<void> {
  const { backend, service, cloud, writers, io, language } = session
  const say = providerWords[language]
  const units = wantedUnits(session, packaged, partial)
  const where = say.to(service.name, service.stage, `${cloud.title}, ${service.region}`)
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
  { cloud, service, fault, language }: Pick<Session, 'cloud' | 'service' | 'fault' | 'language'>,
  packaged: PackagedFunction[],
  partial: boolean,
): WantedUnit[] {
  const problems: Bilingual[] = []
  const units = new Map<string, WantedFunction[]>()
  for (const fn of packaged) {
    const wanted = cloud.wanted(service, fn, ({ en, zh }) =>
      problems.push({ en: `${fn.key}: ${en}`, zh: `${fn.key}：${zh}` }),
    )
    const unit = cloud.unitOf(service, fn.definition)
    units.set(unit, [...(units.get(unit) ?? []), wanted])
  }
  const names = packaged.map(({ definition }) => definition.name)
  for (const name of new Set(names.filter((name, index) => names.indexOf(name) < index))) {
    problems.push({ en: `two functions are called ${name}`, zh: `有两个函数都叫 ${name}` })
  }
  if (problems.length > 0)
    throw fault([providerWords[language].refused(cloud.title), ...problems.map((words) => words[language])].join('\n'))
  return [...units].map(([name, functions]) => ({ name, functions, ...(partial ? { partial } : {}) }))
}
