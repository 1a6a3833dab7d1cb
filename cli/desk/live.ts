import type { Incident } from '../../shared/incidents/incident.ts'
import { timeSeenFrom } from '../../shared/messages/times.ts'
import { words } from '../../shared/messages/words.ts'
import { readVerdicts } from '../../shared/store/verdicts.ts'
import { storeOf } from '../engine.ts'
import type { CliIo } from '../io.ts'
import type { Target } from '../target.ts'
import { stillBurning } from './desk.ts'

/** Throws the `CommandError` for what its check still sees. An alert from elsewhere is its sender's to know. */
export async function refuseIfLive(incident: Incident, target: Target, io: CliIo): Promise<void> {
  const { component, groupKey } = incident
  const [check] = component === undefined ? [] : await readVerdicts([component], storeOf(target, io))
  if (check?.open[groupKey] === undefined) return
  const since = timeSeenFrom(io.now(), check.since, io.timezone)
  const what = {
    en: `${component} is ${check.verdict} since ${since}`,
    zh: `${component} 自 ${since} 起${words.zh.sees[check.verdict]}`,
  }
  throw stillBurning(incident, what, io)
}
