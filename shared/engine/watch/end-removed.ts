import { forEachAtMost } from '../../contracts/at-most.ts'
import { type CompiledConfig, OWN_PROJECT } from '../../contracts/compiled-config.ts'
import { peerTroubles } from '../../evaluation/peer-troubles.ts'
import { comparedPlaces, ROLLOUT_MS } from '../../evaluation/vantages.ts'
import { othersOf } from '../../incidents/duty/duty.ts'
import type { Incident } from '../../incidents/incident.ts'
import { listIncidents } from '../../store/incidents.ts'
import { readVantages } from '../../store/vantages.ts'
import { dispatchToIncident } from '../dispatch.ts'
import type { EngineIo } from '../io.ts'
import { type EvaluationConfig, isChecked, removeVerdict } from '../verdicts/update-verdicts.ts'
import { isOwnCondition } from './own-troubles.ts'

/** So many open incidents are looked at, the newest; the others when these are over. */
const LOOKED_AT = 500

/**
 * Resolves what checks have raised that the configuration no longer has, or whose project has another name now, and gaps of schedules that
 * are not among those `paged`, and what was told of a region that is none of the deployment any more.
 */
export async function endRemoved(
  config: EvaluationConfig & Pick<CompiledConfig, 'status'>,
  paged: ReadonlySet<string>,
  io: EngineIo,
): Promise<void> {
  const open = await listIncidents('open', LOOKED_AT, io)
  // What was raised so lately may be of a check that this function does not know yet.
  const old = open.filter((incident) => io.now() - incident.lastAlertAt >= ROLLOUT_MS)
  const regions = new Set(io.place && othersOf(io.place).length > 0 ? io.place.order : [])
  await forEachAtMost(
    old.filter((incident) => isOfPeer(incident) && !regions.has(incident.component ?? '')),
    (incident) => endOf(incident, io),
  )
  const unchecked = [...new Set(old.flatMap(checkOf))].filter((id) => !isChecked(id, config))
  if (unchecked.length === 0) return
  const vantages = config.checks.flatMap(({ from }) => from)
  const places = comparedPlaces(config, await readVantages(vantages, io))
  const ids = unchecked.filter((id) => !isOwnCondition(id, config, { places, paged, regions }))
  // An alert from elsewhere may look the same: without a verdict of ours that has raised it, nothing happens.
  await forEachAtMost(ids, (id) => removeVerdict(id, config, io))
}

/** Whether `region-health` has told of another region, which it no longer looks at once that is none of the deployment. */
function isOfPeer({ project, groupKey, component }: Incident): boolean {
  const keys = Object.values(peerTroubles).map(({ key }) => `${OWN_PROJECT}/${key}-${component}`)
  return project === OWN_PROJECT && keys.includes(groupKey)
}

async function endOf(incident: Incident, io: EngineIo): Promise<void> {
  const { generation } = incident
  await dispatchToIncident(incident, { event: { type: 'resolve', generation, via: 'removed' } }, io)
}

/** The check that may have raised an incident: it is a part of the incident's key. */
function checkOf({ groupKey, component }: Incident): string[] {
  if (component === undefined) return []
  return groupKey === component || groupKey.startsWith(`${component}:`) ? [component] : []
}
