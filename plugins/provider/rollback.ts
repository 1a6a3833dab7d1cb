import { mapAtMost } from '../../shared/at-most.ts'
import type { FoundUnit } from './backend.ts'
import { AT_ONCE, change, each } from './execute.ts'
import { inventory } from './info.ts'
import { startOf } from './logs.ts'
import { ready } from './readiness.ts'
import { chosenFunction, type Session } from './session.ts'

/** Versions that were made within this time, in milliseconds, belong to one deployment. */
const DEPLOYMENT_MS = 5 * 60_000

/**
 * `rollback`: takes the last deployment back, which is to make live again, in the units that it changed, what was live before; or
 * with `--timestamp` makes live in all units what was published last by then. A unit without an earlier version stays as it is.
 * Timers follow at once, for they call the alias. The next deployment goes forward again.
 */
export async function rollBack(session: Session): Promise<void> {
  const { options, io, fault, writers } = session
  const before =
    options.timestamp === undefined ? undefined : startOf('--timestamp', options.timestamp, io.now(), fault)
  const units = await inventory(session)
  if (units.length === 0) throw fault('Nothing is deployed that could be rolled back')
  const concerned = before === undefined ? lastDeployed(units) : units
  const targets = concerned.map((unit) => ({ unit, version: earlier(unit, before) }))
  if (targets.every(({ version }) => version === undefined)) {
    const names = concerned.map(({ name }) => name)
    throw fault(`Nothing is rolled back, for there is no earlier version of ${names.join(', ')}`)
  }
  await each(targets, async ({ unit, version }) => {
    if (version !== undefined) return goLive(session, unit, version)
    writers.log.warning(`${unit.name}: version ${unit.live ?? 'none'} stays live, for there is no earlier one`)
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

/** The units whose live versions are about as new as the newest; and those of whose the vendor does not say how old they are. */
function lastDeployed(units: FoundUnit[]): FoundUnit[] {
  const madeAt = ({ versions, live }: FoundUnit) => versions.find(({ version }) => version === live)?.publishedAt
  const newest = Math.max(...units.map((unit) => madeAt(unit) ?? 0))
  return units.filter((unit) => newest - (madeAt(unit) ?? newest) <= DEPLOYMENT_MS)
}

async function goLive({ backend, io, writers }: Session, unit: FoundUnit, version: string): Promise<void> {
  if (unit.live === version) return writers.log.notice(`${unit.name}: version ${version} is live already`)
  await mapAtMost(AT_ONCE, unit.functions, async ({ name }) => {
    if ((await backend.state(unit.name, name, version)) !== undefined)
      await ready(backend, unit.name, name, io, version)
  })
  await change(backend, unit, unit.functions, () => backend.pointLive(unit.name, version), io)
  writers.log.success(`${unit.name}: version ${version} is live, ${unit.live ?? 'none'} was`)
}
