import { burningOf } from '../../shared/engine/console/burning.ts'
import type { Incident } from '../../shared/incidents/incident.ts'
import { timeSeenFrom } from '../../shared/messages/times.ts'
import { words } from '../../shared/messages/words.ts'
import { storeOf } from '../engine.ts'
import type { CliIo } from '../io.ts'
import type { Target } from '../target.ts'
import { stillBurning } from './desk.ts'

/** Throws the `CommandError` for what its check still sees. */
export async function refuseIfLive(incident: Incident, target: Target, io: CliIo): Promise<void> {
  const burning = await burningOf(incident, storeOf(target, io))
  if (burning === undefined) return
  const { check, verdict } = burning
  const since = timeSeenFrom(io.now(), burning.since, io.timezone)
  const what = {
    en: `${check} is ${verdict} since ${since}`,
    zh: `${check} 自 ${since} 起${words.zh.sees[verdict]}`,
  }
  throw stillBurning(incident, what, io)
}
