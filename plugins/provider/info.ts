import { mapAtMost } from '../../shared/contracts/at-most.ts'
import { asWritten } from '../../shared/contracts/words.ts'
import type { FoundUnit } from './backend.ts'
import { AT_ONCE } from './execute.ts'
import type { Service } from './service.ts'
import { type Session, unitsOf } from './session.ts'
import { summary } from './summary.ts'

/** `info`: what of this service and stage is there, as text or, with `--json`, as data. */
export async function showInfo(session: Session): Promise<void> {
  const { service, options, writers } = session
  const units = await inventory(session)
  writers.writeText(options.json ? asWritten(JSON.stringify(asData(service, units), null, 2)) : summary(service, units))
}

/** All units with something of ours in them, whether the configuration still has them or not. */
export async function inventory(session: Session): Promise<FoundUnit[]> {
  const { backend } = session
  const configured = unitsOf(session)
  const names = [...new Set([...configured.keys(), ...(await backend.list())])].sort()
  const units = await mapAtMost(AT_ONCE, names, (name) => backend.read(name, configured.get(name) ?? []))
  return units.flatMap((unit) => {
    const ours = unit?.functions.filter(({ ours }) => ours) ?? []
    return unit && ours.length > 0 ? [{ ...unit, functions: ours }] : []
  })
}

function asData({ name, stage, region }: Service, units: FoundUnit[]) {
  const functions = units.flatMap(({ name: unit, live, versions, functions }) =>
    functions.map((fn) => ({
      name: fn.name,
      unit,
      state: fn.state,
      live: live ?? null,
      versions: versions.map(({ version, publishedAt }) => ({
        version,
        publishedAt: publishedAt === undefined ? null : new Date(publishedAt).toISOString(),
      })),
      timers: fn.timers.map(({ name, qualifier, fields }) => ({ name, qualifier, ...fields })),
      url: fn.url?.address ?? null,
      egress: fn.egress ?? null,
    })),
  )
  return { service: name, stage, region, functions }
}
