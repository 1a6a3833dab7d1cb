import { parseDuration } from '../shared/contracts/duration.ts'
import type { Instant } from '../shared/contracts/words.ts'
import { dispatchToIncident } from '../shared/engine/dispatch.ts'
import type { Incident, IncidentEvent } from '../shared/incidents/incident.ts'
import type { PersonName } from '../shared/incidents/notice.ts'
import { engineOf } from './engine.ts'
import { CommandError } from './failure.ts'
import { actorOf, findIncident, titleOf } from './incident.ts'
import type { CliIo } from './io.ts'
import type { Target, TargetOptions } from './target.ts'

/** What somebody does to an incident, and what it is then. `changed` is false where that changed nothing. */
export interface Acted {
  /** As it was. */
  found: Incident
  state: Incident
  changed: boolean
  by: PersonName
}

/** Does something to the incident of a number, in the name of `--as`. Throws a `CommandError` for a number or a name that nobody has. */
export async function act(
  number: number,
  options: TargetOptions & { as?: string },
  eventOf: (incident: Incident, by: PersonName, target: Target) => Promise<IncidentEvent> | IncidentEvent,
  io: CliIo,
): Promise<Acted> {
  const { found, target } = await findIncident(number, options, io)
  const by = await actorOf(options.as, found.project, target, io)
  const event = await eventOf(found, by, target)
  const { state = found, changed } = await dispatchToIncident(found, { event }, await engineOf(target, io))
  return { found, state, changed, by }
}

/** Throws the `CommandError` for what is over, or for another reason why nothing was done. */
export function refuse({ found, state }: Acted, otherwise: { en: string; zh: string }, io: CliIo): never {
  const title = titleOf(found, io)
  if (state.status === 'resolved' || state.generation !== found.generation)
    throw new CommandError({ en: `${title} is over already`, zh: `${title} 已经结束` })
  throw new CommandError({ en: `${title} ${otherwise.en}`, zh: `${title} ${otherwise.zh}` })
}

/** Longer is forgotten by everybody: a silence says what it is for. */
const LONGEST_SNOOZE_MS = 7 * 86_400_000

/** When a snooze of such a length is over. Throws a `CommandError` for what is none. */
export function snoozedUntil(text: string, now: Instant): Instant {
  const ms = parseDuration(text)
  if (ms !== undefined && ms >= 60_000 && ms <= LONGEST_SNOOZE_MS) return now + ms
  throw new CommandError({
    en: `--for ${text}: write 30m, 2h or 1d, from 1m to 7d`,
    zh: `--for ${text}：写成 30m、2h、1d 这样，从 1m 到 7d`,
  })
}
