import { forEachAtMost } from '../../contracts/at-most.ts'
import type { Incident } from '../../incidents/incident.ts'
import { policyOf } from '../../incidents/policy-of.ts'
import type { EngineIo } from '../io.ts'
import { stepNow } from '../step-now.ts'
import type { PauseConfig } from './pause-for.ts'
import { readOpen } from './read-open.ts'

/**
 * Has every incident take its step now that is being paged though maintenance, or what its policy holds, has begun since: its next step may
 * be minutes away, and calls would go on until then. What reads windows is loaded where there are any.
 */
export async function applyWindows(config: PauseConfig, io: EngineIo): Promise<void> {
  const { projects, policies = {}, maintenance = {}, timezone = 'UTC' } = config
  const isHolding = Object.values(policies).some(({ hold }) => hold !== undefined)
  if (Object.keys(maintenance).length === 0 && !isHolding) return
  const { holdPause, maintenancePause } = await import('../../incidents/pause/windows.ts')
  const now = io.now()
  const isPaused = (incident: Incident) => {
    const { policy } = policyOf(incident, { projects, policies }) ?? {}
    const pause = maintenancePause(maintenance, incident, now) ?? (policy && holdPause(policy, incident, timezone, now))
    return pause !== undefined
  }
  const paged = (await readOpen(io)).filter(isBeingPaged)
  await forEachAtMost(paged.filter(isPaused), (incident) => stepNow(incident, io))
}

function isBeingPaged({ status, escalation, proof }: Incident): boolean {
  return status === 'open' && escalation.phase === 'layer' && proof === undefined
}
