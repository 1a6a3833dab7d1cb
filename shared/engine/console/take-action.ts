import { isPressedAlready } from '../../incidents/escalation/by-hand.ts'
import type { Incident, IncidentEvent } from '../../incidents/incident.ts'
import { incidentOfNumber, readIncident } from '../../store/incidents.ts'
import { dispatchToIncident } from '../dispatch.ts'
import type { EngineIo } from '../io.ts'
import { type Action, type ActionRequest, type Outcome, type PersonName, seenOf, silenceOf } from './action.ts'
import { burningOf } from './burning.ts'
import { moveSilencesEnd } from './end-silence.ts'
import { silenceByButton } from './silence-by-button.ts'
import { takeMerge } from './take-merge.ts'

type Who = Pick<ActionRequest, 'by' | 'via'>

/**
 * Does something to an incident in the name of a person, by the same use cases as calls, links and commands. What depends on what was
 * seen is done only while that still holds. Rejects when a table or the queue does: then nothing may have been done.
 */
export async function takeAction(
  action: Action,
  { number, by, via, seen, once }: ActionRequest,
  io: EngineIo,
): Promise<Outcome> {
  const listed = await incidentOfNumber(number, io)
  if (listed === undefined) return { result: 'unknown' }
  const incident = (await readIncident(listed, io.incidents)) ?? listed
  if (incident.generation !== listed.generation) return { result: 'over', incident: listed }
  const pressed = once === undefined ? {} : { once }
  if (action.do === 'note') return note({ text: action.text, ...pressed }, incident, by, io)
  if (incident.status === 'resolved') {
    if (action.do !== 'resolve') return { result: 'over', incident }
    return { result: pressedAgain(action, incident, { by, ...pressed }, io) ?? 'late', incident }
  }
  if (action.do === 'acknowledge') return acknowledge(incident, { by, via, ...pressed }, io)
  if (seen !== undefined && seen !== seenOf(incident)) return { result: 'changed', incident }
  if (action.do === 'silence') {
    return doneBut(await silenceByButton(incident, by, io), incident)
  }
  if (action.do === 'end-silence') return endItsSilence(incident, io)
  if (action.do === 'merge' || action.do === 'split') return takeMerge(action, incident, { by, via }, io)
  if (action.do === 'resolve' && !action.force) {
    const burning = await burningOf(incident, io)
    if (burning !== undefined) return { result: 'burning', incident, ...burning }
  }
  const { state = incident, changed } = await dispatchToIncident(
    incident,
    { event: eventOf(action, incident, { by, via }, pressed, io) },
    io,
  )
  if (changed) return { result: 'done', incident: state }
  const again = pressedAgain(action, state, { by, ...pressed }, io)
  if (again !== undefined) return { result: again, incident: state }
  return { result: state.status === 'resolved' ? 'over' : 'unmoved', incident: state }
}

async function acknowledge(incident: Incident, who: Who & { once?: string }, io: EngineIo): Promise<Outcome> {
  const event = { type: 'acknowledge', generation: incident.generation, ...who } as const
  const { state = incident, changed } = await dispatchToIncident(incident, { event }, io)
  if (changed) return { result: 'done', incident: state }
  return { result: pressedAgain({ do: 'acknowledge' }, state, who, io) ?? 'late', incident: state }
}

type Press = Pick<ActionRequest, 'by' | 'once'>

/**
 * What is said of a press that has had its way: whoever died before saying so has done it. What it took may be given back by now, or be
 * another's. Undefined: it has not.
 */
function pressedAgain(
  { do: name }: Action,
  state: Incident,
  { by, ...press }: Press,
  io: Pick<EngineIo, 'now'>,
): 'done' | 'changed' | undefined {
  if (press.once === undefined || !isPressedAlready(state, press, io.now())) return undefined
  if (name !== 'acknowledge' && name !== 'snooze') return 'done'
  const taking = [state.acknowledged, ...(state.takers ?? [])]
  return taking.some((one) => one?.by?.contact === by.contact) ? 'done' : 'changed'
}

async function note(
  said: { text: string; once?: string },
  incident: Incident,
  by: PersonName,
  io: EngineIo,
): Promise<Outcome> {
  const event = { type: 'note', generation: incident.generation, by: by.name, ...said } as const
  const { state = incident } = await dispatchToIncident(incident, { event }, io)
  return { result: 'done', incident: state }
}

function eventOf(
  action: Extract<Action, { do: 'give-back' | 'snooze' | 'escalate' | 'hand-over' | 'resolve' }>,
  { generation }: Incident,
  by: Who,
  pressed: Pick<ActionRequest, 'once'>,
  io: EngineIo,
): IncidentEvent {
  const who = { generation, ...by }
  switch (action.do) {
    case 'give-back':
      return { type: 'give-back', ...who, ...pressed }
    case 'snooze':
      return { type: 'snooze', ...who, ...pressed, until: io.now() + action.ms }
    case 'escalate':
    case 'hand-over': {
      const { do: _, ...asked } = action
      return { type: 'escalate', ...who, ...pressed, ...asked }
    }
    case 'resolve':
      return { type: 'resolve', ...who, ...pressed }
  }
}

/** Ends the silence that keeps an incident quiet, for all that it is for. */
async function endItsSilence(incident: Incident, io: EngineIo): Promise<Outcome> {
  const id = silenceOf(incident)
  const moved = id === undefined ? 'unknown' : await moveSilencesEnd(id, io.now(), io)
  return typeof moved === 'string' ? { result: 'changed', incident } : doneBut(moved, incident)
}

function doneBut(missed: string[], incident: Incident): Outcome {
  return { result: 'done', incident, ...(missed.length > 0 && { missed }) }
}
