import { forEachAtMost } from '../../contracts/at-most.ts'
import type { CompiledConfig } from '../../contracts/compiled-config.ts'
import type { Incident } from '../../incidents/incident.ts'
import type { Inhibitions } from '../../incidents/pause/inhibition.ts'
import type { EngineIo } from '../io.ts'
import { stepNow } from '../step-now.ts'
import { readOpen } from './read-open.ts'

/**
 * Has every open incident take its step now that is inhibited and is paged, or was inhibited and is no more: what inhibits one may
 * come after it, and end before it. What reads the rules is loaded where there are any.
 */
export async function applyInhibitions({ inhibit = {} }: Pick<CompiledConfig, 'inhibit'>, io: EngineIo): Promise<void> {
  if (Object.keys(inhibit).length === 0) return
  const { inhibitionsOf } = await import('../../incidents/pause/inhibition.ts')
  const open = await readOpen(io)
  const inhibitions = inhibitionsOf(inhibit, open)
  const concerned = open.filter((incident) => isConcerned(incident, inhibitions))
  await forEachAtMost(concerned, (incident) => stepNow(incident, io))
}

function isConcerned(incident: Incident, inhibitions: Inhibitions): boolean {
  const { status, escalation } = incident
  if (status !== 'open') return false
  const { phase, pause } = escalation
  if (phase === 'paused' && pause?.cause.code !== 'inhibited') return false
  const found = inhibitions(incident)
  if (phase !== 'paused' || pause?.cause.code !== 'inhibited') return found !== undefined
  const { rule, number } = pause.cause.args
  return found?.rule !== rule || found.source.number !== number
}
