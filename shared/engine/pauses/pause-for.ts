import type { CompiledConfig } from '../../contracts/compiled-config.ts'
import { ownProperty } from '../../contracts/own-property.ts'
import type { Instant } from '../../contracts/words.ts'
import type { Incident } from '../../incidents/incident.ts'
import { inhibitionPause } from '../../incidents/pause/inhibition.ts'
import type { Matched } from '../../incidents/pause/matched.ts'
import { mutedIn } from '../../incidents/pause/muted.ts'
import type { Muted, Pause } from '../../incidents/pause/pause.ts'
import { silencePauses } from '../../incidents/pause/silenced.ts'
import { delayPause, groupWaitPause, holdPause, maintenancePause } from '../../incidents/pause/windows.ts'
import { policyOf } from '../../incidents/policy-of.ts'
import type { Directory } from '../../oncall/plan.ts'
import { readSilences } from '../../store/silences.ts'
import type { EngineIo } from '../io.ts'
import { readInhibitionsFor } from './read-inhibitions.ts'
import { mergedPauses } from './read-merged.ts'

/** `of` says whether an incident is to page nobody now, and why: what people have said before what is planned. */
export interface Pauses {
  of(incident: Pausable): Pause | undefined
  /** What is muted in a project, whose people these are. */
  mutedIn(project: string, people: Pick<Directory, 'contacts' | 'overrides'>): Muted[]
}

/** An incident, or what an alert says that has opened none yet. */
type Pausable = Matched & Partial<Pick<Incident, 'openedAt' | 'heardAt' | 'mergedInto' | 'handedToPolicy'>>

/** What of the configuration pauses incidents. */
export type PauseConfig = Pick<CompiledConfig, 'projects'> &
  Partial<Pick<CompiledConfig, 'policies' | 'maintenance' | 'inhibit' | 'timezone'>>

/**
 * Reads what may pause these incidents as of now; `reading` are the silences, where they are known. Rejects when the table does: whoever
 * asks is asked again.
 */
export async function readPauses(
  asked: Pausable[],
  config: PauseConfig,
  now: Instant,
  io: Pick<EngineIo, 'incidents' | 'log' | 'now'>,
  reading = readSilences(io),
): Promise<Pauses> {
  const [silences, inhibitions, merged] = await Promise.all([
    reading,
    readInhibitionsFor(asked, config, io),
    mergedPauses(asked, now, io),
  ])
  const { projects, policies = {}, maintenance = {}, timezone = 'UTC' } = config
  const silenced = silencePauses(silences, now)
  const of: Pauses['of'] = (incident) => {
    const project = ownProperty(projects, incident.project)
    const { policy } = policyOf(incident, { projects, policies }) ?? {}
    return (
      silenced(incident) ??
      maintenancePause(maintenance, incident, now) ??
      merged.get(incident) ??
      inhibitionPause(inhibitions, incident, now) ??
      (project && groupWaitPause(project, incident, now)) ??
      (policy && (holdPause(policy, incident, timezone, now) ?? delayPause(policy, incident, now)))
    )
  }
  return {
    of,
    mutedIn: (project, people) => mutedIn(project, silences, maintenance, { ...people, timezone }, now),
  }
}
