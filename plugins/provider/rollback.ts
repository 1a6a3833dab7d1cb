import { mapAtMost } from '../../shared/map-at-most.ts'
import type { FoundUnit } from './backend.ts'
import { AT_ONCE, each } from './execute.ts'
import { inventory } from './info.ts'
import { startOf } from './logs.ts'
import { ready } from './readiness.ts'
import { chosenFunction, type Session } from './session.ts'

/**
 * `rollback`: makes live again what was live before, in every unit, or with `--timestamp` what was published last by then. Timers
 * follow at once, for they call the alias. The next deployment goes forward again.
 */
export async function rollBack(session: Session): Promise<void> {
  const { options, io, fault } = session
  const before = options.timestamp === undefined ? undefined : startOf(options.timestamp, io.now(), fault)
  const units = await inventory(session)
  if (units.length === 0) throw fault('Nothing is deployed that could be rolled back')
  const targets = units.map((unit) => ({ unit, version: earlier(unit, before) }))
  const without = targets.filter(({ version }) => version === undefined).map(({ unit }) => unit.name)
  if (without.length > 0) {
    throw fault(`Nothing is rolled back, for there is no earlier version of ${without.join(', ')}`)
  }
  await each(targets, async ({ unit, version }) => {
    if (version !== undefined) await goLive(session, unit, version)
  })
}

/** `rollback function`: makes the version live that `--function-version` names. Where versions belong to a service, all of it. */
export async function rollBackFunction(session: Session): Promise<void> {
  const { options, fault } = session
  const { unit: name, key } = chosenFunction(session)
  const version = options['function-version'] ?? ''
  const unit = (await inventory(session)).find((one) => one.name === name)
  if (!unit) throw fault(`${key} is not deployed`)
  const versions = unit.versions.map((one) => one.version)
  if (!versions.includes(version)) throw fault(`${key} has no version ${version}: it has ${versions.join(', ')}`)
  await goLive(session, unit, version)
}

/** The version to go back to: the next older than the live one, or the newest that was published by `before`. */
export function earlier({ versions, live }: FoundUnit, before?: number): string | undefined {
  const ready = versions.filter(({ state }) => state.is === 'ready')
  if (before !== undefined) {
    return ready.find(({ publishedAt }) => publishedAt !== undefined && publishedAt <= before)?.version
  }
  const at = versions.findIndex(({ version }) => version === live)
  return at < 0 ? undefined : ready.find((one) => versions.indexOf(one) > at)?.version
}

async function goLive({ backend, io, writers }: Session, unit: FoundUnit, version: string): Promise<void> {
  if (unit.live === version) return writers.log.notice(`${unit.name}: version ${version} is live already`)
  await mapAtMost(AT_ONCE, unit.functions, async ({ name }) => {
    if ((await backend.state(unit.name, name, version)) !== undefined)
      await ready(backend, unit.name, name, io, version)
  })
  await backend.pointLive(unit.name, version)
  writers.log.success(`${unit.name}: version ${version} is live, ${unit.live ?? 'none'} was`)
}
