import type { Instant } from '../../contracts/words.ts'
import type { OwnFact } from '../../evaluation/own-fact.ts'
import type { DatedAlert } from '../../incidents/incident.ts'
import { takeAlert } from '../alerts/take-alert.ts'
import type { EngineIo } from '../io.ts'
import type { EvaluationConfig } from '../verdicts/update-verdicts.ts'

/** The group key of something that Fenghuo has to say by itself. */
export const ownKey = (...parts: (string | Instant)[]) => `fenghuo:${parts.join(':')}`

/** The same however often it is looked at: its time is that of what it is about, and the same alert once more is late. */
export async function raiseOwn(
  {
    project,
    key,
    at,
    ...what
  }: { project: string; key: (string | Instant)[]; at: Instant } & Pick<
    DatedAlert,
    'severity' | 'once' | 'proof' | 'tells'
  >,
  fact: OwnFact,
  config: EvaluationConfig,
  io: EngineIo,
): Promise<void> {
  const alert: DatedAlert = {
    action: 'trigger',
    project,
    dedupKey: ownKey(...key),
    summary: '',
    source: 'fenghuo',
    takenAt: at,
    fact,
    ...what,
  }
  await takeAlert(alert, config.projects[project]?.title ?? project, io)
}
