import { forEachAtMost } from '../contracts/at-most.ts'
import type { CompiledConfig } from '../contracts/compiled-config.ts'
import type { Incident } from '../incidents/incident.ts'
import { type Inhibitions, inhibitionsOf } from '../incidents/pause/inhibition.ts'
import { listIncidents } from '../store/incidents.ts'
import type { EngineIo } from './io.ts'
import { stepNow } from './step-now.ts'

/** More open incidents than these inhibit nothing, and meet what inhibits them at their own steps. */
const MOST_OPEN = 5_000

/** Reads what the rules of the configuration come to now. The list lags a moment behind: watch puts right what came of that. */
export async function readInhibitions(
  { inhibit = {} }: Pick<CompiledConfig, 'inhibit'>,
  io: Pick<EngineIo, 'incidents' | 'log'>,
): Promise<{ inhibitions: Inhibitions; open: Incident[] }> {
  if (Object.keys(inhibit).length === 0) return { inhibitions: () => undefined, open: [] }
  const open = await listIncidents('open', MOST_OPEN, io)
  return { inhibitions: inhibitionsOf(inhibit, open), open }
}

/**
 * Has every open incident take its step now that is inhibited and is paged, or was inhibited and is no more: what inhibits one may
 * come after it, and end before it.
 */
export async function applyInhibitions(config: Pick<CompiledConfig, 'inhibit'>, io: EngineIo): Promise<void> {
  const { inhibitions, open } = await readInhibitions(config, io)
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
