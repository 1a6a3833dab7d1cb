import type { Incident, IncidentEvent } from '../../shared/incidents/incident.ts'
import type { PersonName } from '../../shared/incidents/notice.ts'
import { partlyText } from '../../shared/messages/needed.ts'
import { carryOut, findWherePaged } from '../acting.ts'
import { actorOf, findIncident, shownIncident } from '../incident.ts'
import type { CliIo } from '../io.ts'
import { type ActingOptions, findTarget, type Target } from '../target.ts'
import type { Asked, Desk } from './desk.ts'
import { checkEscalation } from './escalation-asked.ts'
import { refuseIfLive } from './live.ts'
import { mergeThere, splitThere } from './tables-merging.ts'
import { listThere, postMortemThere, readThere } from './tables-reading.ts'
import { whyOfKeyThere, whyThere } from './tables-why.ts'

/** Works at the tables of a deployment, of each of its regions. */
export function tablesDesk(options: ActingOptions & { config?: string }, io: CliIo): Desk {
  return {
    get name() {
      return findTarget(options, io).name
    },
    async act(number, asked) {
      // What makes it go on is of no use where it is guarded.
      const one = await (asked.do === 'escalate' ? findWherePaged : findIncident)(number, options, io)
      const { found, target } = one
      const by = await actorOf(options.as, found.project, target, io)
      await checkAsked(asked, found, target)
      const { state, changed } = await carryOut(one, (incident) => eventIn(asked, incident, by), options, io)
      const partly = state.status === 'open' ? partlyText(state, io.language) : undefined
      return { found, state, changed, by, partly, machines: shownIncident(state, io) }
    },
    merge: (number, into) => mergeThere(number, into, options, io),
    split: (number) => splitThere(number, options, io),
    list: (which, limit) => listThere(which, limit, options, io),
    read: (number) => readThere(number, options, io),
    postMortem: (number) => postMortemThere(number, options, io),
    why: (number) => whyThere(number, options, io),
    whyOfKey: (key, project) => whyOfKeyThere(key, project, options, io),
  }

  async function checkAsked(asked: Asked, incident: Incident, target: Target): Promise<void> {
    if (asked.do === 'escalate') await checkEscalation(asked, incident, target, options, io)
    if (asked.do === 'resolve' && !asked.force && incident.status !== 'resolved')
      await refuseIfLive(incident, target, io)
  }
}

function eventIn(asked: Asked, { generation }: Incident, by: PersonName): IncidentEvent {
  const who = { generation, via: 'cli', by } as const
  switch (asked.do) {
    case 'acknowledge':
      return { type: 'acknowledge', ...who }
    case 'give-back':
      return { type: 'give-back', ...who }
    case 'snooze':
      return { type: 'snooze', ...who, until: asked.until }
    case 'resolve':
      return { type: 'resolve', ...who }
    case 'note':
      return { type: 'note', generation, by: by.name, text: asked.text }
    case 'escalate': {
      const { do: _, ...how } = asked
      return { type: 'escalate', ...who, ...how }
    }
  }
}
