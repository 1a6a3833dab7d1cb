import { forEachAtMost } from '../../contracts/at-most.ts'
import type { CompiledConfig } from '../../contracts/compiled-config.ts'
import { comparedPlaces, ROLLOUT_MS } from '../../evaluation/vantages.ts'
import type { Incident } from '../../incidents/incident.ts'
import { listIncidents } from '../../store/incidents.ts'
import { readVantages } from '../../store/vantages.ts'
import type { EngineIo } from '../io.ts'
import { type EvaluationConfig, isChecked, removeVerdict } from '../verdicts/update-verdicts.ts'
import { isOwnCondition } from './own-troubles.ts'

/** So many open incidents are looked at, the newest; the others when these are over. */
const LOOKED_AT = 500

/**
 * Resolves what checks have raised that the configuration no longer has, or whose project has another name now, and gaps of schedules that
 * are not among those `paged`.
 */
export async function endRemoved(
  config: EvaluationConfig & Pick<CompiledConfig, 'status'>,
  paged: ReadonlySet<string>,
  io: EngineIo,
): Promise<void> {
  const open = await listIncidents('open', LOOKED_AT, io)
  // What was raised so lately may be of a check that this function does not know yet.
  const gone = open.filter((incident) => io.now() - incident.lastAlertAt >= ROLLOUT_MS).flatMap(checkOf)
  const unchecked = [...new Set(gone)].filter((id) => !isChecked(id, config))
  if (unchecked.length === 0) return
  const vantages = config.checks.flatMap(({ from }) => from)
  const places = comparedPlaces(config, await readVantages(vantages, io))
  const ids = unchecked.filter((id) => !isOwnCondition(id, config, { places, paged }))
  // An alert from elsewhere may look the same: without a verdict of ours that has raised it, nothing happens.
  await forEachAtMost(ids, (id) => removeVerdict(id, config, io))
}

/** The check that may have raised an incident: it is a part of the incident's key. */
function checkOf({ groupKey, component }: Incident): string[] {
  if (component === undefined) return []
  return groupKey === component || groupKey.startsWith(`${component}:`) ? [component] : []
}
