import { forEachAtMost } from '../contracts/at-most.ts'
import type { CompiledConfig } from '../contracts/compiled-config.ts'
import type { Incident } from '../incidents/incident.ts'
import { type Inhibitions, inhibitionsOf, isTarget } from '../incidents/pause/inhibition.ts'
import type { Matched } from '../incidents/pause/matcher.ts'
import { listIncidents } from '../store/incidents.ts'
import { recently } from '../store/recently.ts'
import type { EngineIo } from './io.ts'
import { stepNow } from './step-now.ts'

/** More open incidents than these inhibit nothing, and meet what inhibits them at their own steps. */
const MOST_OPEN = 5_000

/** The steps that one invocation takes at once ask one list, ms: it lags as much as that anyway. */
const SHARED_MS = 1_000

/** By invocation. */
const readers = new WeakMap<object, (key: string) => Promise<Inhibitions>>()

/**
 * Reads what the rules of the configuration come to now for these incidents; of such as no rule is for nothing is read. The list lags a
 * moment behind: watch puts right what came of that.
 */
export async function readInhibitionsFor(
  asked: Matched[],
  { inhibit = {} }: Pick<CompiledConfig, 'inhibit'>,
  io: Pick<EngineIo, 'incidents' | 'log' | 'now'>,
): Promise<Inhibitions> {
  if (!asked.some((incident) => isTarget(inhibit, incident))) return () => undefined
  const readOpen = async () => inhibitionsOf(inhibit, await listIncidents('open', MOST_OPEN, io))
  const read = readers.get(io) ?? recently(readOpen, SHARED_MS, io.now)
  readers.set(io, read)
  return await read('')
}

/**
 * Has every open incident take its step now that is inhibited and is paged, or was inhibited and is no more: what inhibits one may
 * come after it, and end before it.
 */
export async function applyInhibitions({ inhibit = {} }: Pick<CompiledConfig, 'inhibit'>, io: EngineIo): Promise<void> {
  if (Object.keys(inhibit).length === 0) return
  const open = await listIncidents('open', MOST_OPEN, io)
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
