import { isDeepStrictEqual } from 'node:util'
import { mapAtMost } from '../../shared/contracts/at-most.ts'
import type { FoundUnit, FoundVersion } from './backend.ts'
import { AT_ONCE, change, each } from './execute.ts'
import { inventory } from './info.ts'
import { startOf } from './logs.ts'
import { ready } from './readiness.ts'
import { chosenFunction, type Session } from './session.ts'
import { say } from './words.ts'

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
    options.timestamp === undefined ? undefined : startOf('--timestamp', options.timestamp, io.now(), session)
  const units = await inventory(session)
  if (units.length === 0) throw fault(say.noneDeployed())
  const concerned = before === undefined ? lastDeployed(units) : units
  const targets = await mapAtMost(AT_ONCE, concerned, async (unit) => {
    const version = before === undefined ? await different(session, unit) : publishedBy(unit, before)
    return { unit, version }
  })
  if (targets.every(({ version }) => version === undefined)) {
    const names = concerned.map(({ name }) => name)
    throw fault(say.noneEarlier(names))
  }
  await each(targets, async ({ unit, version }) => {
    if (version !== undefined) return goLive(session, unit, version)
    writers.log.warning(say.stays(unit.name, unit.live))
  })
}

/** `rollback function`: makes the version live that `--function-version` names. Where versions belong to a service, all of it. */
export async function rollBackFunction(session: Session): Promise<void> {
  const { options, fault } = session
  const { unit: name, key } = chosenFunction(session)
  const version = options['function-version'] ?? ''
  const unit = (await inventory(session)).find((one) => one.name === name)
  if (!unit) throw fault(say.notDeployed(key))
  const versions = unit.versions.map((one) => one.version)
  if (!versions.includes(version)) throw fault(say.noVersion(key, version, versions))
  await goLive(session, unit, version)
}

/** The newest that was published by then. */
function publishedBy(unit: FoundUnit, before: number): string | undefined {
  return readyOf(unit).find(({ publishedAt }) => publishedAt !== undefined && publishedAt <= before)?.version
}

/**
 * The next version older than the live one that holds something else: a publication whose answer was lost is made again, and
 * leaves two versions that are the same.
 */
async function different(session: Session, unit: FoundUnit): Promise<string | undefined> {
  const { live, versions } = unit
  const at = versions.findIndex(({ version }) => version === live)
  if (live === undefined || at < 0) return undefined
  const held = await contentsOf(session, unit, live)
  for (const one of readyOf(unit).filter((each) => versions.indexOf(each) > at)) {
    if (!isDeepStrictEqual(await contentsOf(session, unit, one.version), held)) return one.version
  }
}

function readyOf({ versions }: FoundUnit): FoundVersion[] {
  return versions.filter(({ state }) => state.is === 'ready')
}

/** What a version holds of each function of the unit. Code that the vendor does not name counts as different. */
function contentsOf({ backend }: Session, unit: FoundUnit, version: string): Promise<unknown[]> {
  return mapAtMost(AT_ONCE, unit.functions, async ({ name }) => {
    const content = await backend.content(unit.name, name, version)
    return content?.codeHash === undefined && content !== undefined ? { ...content, codeHash: version } : content
  })
}

/** The units whose live versions are about as new as the newest; and those of whose the vendor does not say how old they are. */
function lastDeployed(units: FoundUnit[]): FoundUnit[] {
  const madeAt = ({ versions, live }: FoundUnit) => versions.find(({ version }) => version === live)?.publishedAt
  const newest = Math.max(...units.map((unit) => madeAt(unit) ?? 0))
  return units.filter((unit) => newest - (madeAt(unit) ?? newest) <= DEPLOYMENT_MS)
}

async function goLive({ backend, io, writers }: Session, unit: FoundUnit, version: string): Promise<void> {
  if (unit.live === version) return writers.log.notice(say.liveAlready(unit.name, version))
  await mapAtMost(AT_ONCE, unit.functions, async ({ name }) => {
    if ((await backend.state(unit.name, name, version)) !== undefined)
      await ready(backend, unit.name, name, io, version)
  })
  await change(backend, unit, unit.functions, () => backend.pointLive(unit.name, version), io)
  writers.log.success(say.live(unit.name, version, unit.live))
}
