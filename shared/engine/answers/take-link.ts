import { ownProperty } from '../../contracts/own-property.ts'
import type { Language } from '../../contracts/words.ts'
import { LINK_MS, readLink } from '../../incidents/acknowledge-link.ts'
import { isOfThisLife, mayBeLater } from '../../incidents/duty/same-life.ts'
import type { Incident } from '../../incidents/incident.ts'
import { CHOICE_MS, type LinkChoice, readChoice, signChoice } from '../../incidents/link-choice.ts'
import type { PersonName, Via } from '../../incidents/notice.ts'
import type { Silence } from '../../incidents/pause/silence.ts'
import { parseReference } from '../../incidents/reference.ts'
import type { CardAct } from '../../messages/card.ts'
import type { Directory } from '../../oncall/plan.ts'
import { readIncident } from '../../store/incidents.ts'
import { silenceByButton } from '../console/silence-by-button.ts'
import { dispatchToIncident } from '../dispatch.ts'
import type { EngineIo } from '../io.ts'

export interface LinkDeps {
  /** What links are signed with. */
  secret: string
  directory(project: string): Promise<Directory>
}

/** Somebody sends the page of a link, as this contact; null: without saying who they are. */
export interface LinkPress {
  contact: string | null
  /** By the page of the link, where a group's asks who one is: a chat knows that. */
  isByPage?: true
  /** Not the page was sent: a chat says who has pressed which of its card's buttons. */
  button?: CardAct
  /** The same for every time that the chat brings this press. */
  once?: string
  /** Called once it is known who presses what, before anything is done; undefined: it names none of those who may. */
  begins?(incident: Incident, by: PersonName | undefined): Promise<void>
}

/** What became of a link; `language`: that of whom it was sent to, where theirs is known. */
export type LinkAnswer =
  /**
   * `expired`: its day is over. `over`: so is its incident's generation. `unknown`: this region knows no such incident, of which `sentBy` has
   * perhaps not told yet.
   */
  | { result: 'invalid' | 'expired' | 'over' }
  | { result: 'unknown'; sentBy?: string }
  /** `nobody`: a press that names none of `people`, who are those that may take the incident by this link. */
  | {
      result: 'asked' | 'nobody' | 'pressed'
      incident: Incident
      people: Pressers
      language?: Language
      choice?: SignedChoice
      /** Regions that could not be told of the silence that was pressed. */
      missed?: string[]
    }

/** Those who may press; `chosen` is whom the browser has said to be before, by a group's link. */
export interface Pressers {
  people: PersonName[]
  chosen?: PersonName
}

/** What the browser is to keep. */
export interface SignedChoice extends LinkChoice {
  signed: string
}

/**
 * Takes an acknowledge link: without a press nothing changes, so that link previews acknowledge nothing; a press acknowledges the
 * incident, unless somebody was faster. One's own link may be pressed by oneself only. One from a group may be pressed by anybody of
 * the project: whom somebody says to be is kept by their browser (`choices`, as we signed them), and whoever is somebody else the
 * next time is told so to the group. One that another region has sent is taken for what that incident is here. Rejects when the table or
 * the directory does.
 */
export async function takeLink(
  token: string,
  press: LinkPress | undefined,
  choices: string[],
  { secret, directory }: LinkDeps,
  io: EngineIo,
): Promise<LinkAnswer> {
  const link = readLink(token, secret, io.now())
  if (link === 'invalid' || link === 'expired') return { result: link }
  const { generation, ...of } = parseReference(link.incident)
  const incident = await readIncident(of, io.incidents)
  const sent = { generation, at: link.expiresAt - LINK_MS, ...(link.region !== undefined && { region: link.region }) }
  const unknown = { result: 'unknown' as const, ...(link.region !== undefined && { sentBy: link.region }) }
  // The end of a life that was never known here is kept without a number.
  if (incident === undefined || incident.number === 0) return unknown
  if (!isOfThisLife(incident, sent)) return mayBeLater(incident, sent) ? unknown : { result: 'over' }

  const { project } = of
  const isGroups = link.contact === undefined
  const { contacts } = await directory(project)
  const people = Object.entries(contacts)
    .map(([contact, { name }]): PersonName => ({ contact, name }))
    .filter(({ contact }) => isGroups || contact === link.contact)
  const before = isGroups ? chosenIn(project, choices, people, secret, io) : undefined
  const { language } = (link.contact !== undefined && ownProperty(contacts, link.contact)) || {}
  const asked = {
    incident,
    people: before === undefined ? { people } : { people, chosen: before },
    ...(language !== undefined && { language }),
  }
  if (press === undefined) return { result: 'asked', ...asked }
  const by = people.find(({ contact }) => contact === press.contact)
  await press.begins?.(incident, by)
  if (by === undefined) return { result: 'nobody', ...asked }
  const isPicked = isGroups && (press.button === undefined || press.isByPage === true)
  const isAnother = before !== undefined && before.contact !== by.contact
  const picked = isPicked ? { ...(isAnother && { before: before.name }) } : undefined
  const { state, missed } =
    press.button === undefined
      ? { state: await acknowledged(incident, by, byLink(isGroups, isAnother ? before : undefined), io) }
      : await pressButton(press.button, press.once, incident, by, io, picked)
  const pressed = { result: 'pressed', ...asked, incident: state, ...(missed?.length && { missed }) } as const
  if (!isPicked) return pressed
  const choice = { project, contact: by.contact, expiresAt: io.now() + CHOICE_MS }
  return { ...pressed, choice: { ...choice, signed: signChoice(choice, secret) } }
}

async function pressButton(
  act: CardAct,
  once: string | undefined,
  incident: Incident,
  by: PersonName,
  io: EngineIo,
  picked: Silence['picked'],
): Promise<{ state: Incident; missed?: string[] }> {
  const pressed = once === undefined ? {} : { once }
  if (act === 'acknowledge') return { state: await acknowledged(incident, by, { via: 'button', ...pressed }, io) }
  if (incident.status === 'resolved') return { state: incident }
  if (act === 'pass') return { state: await passOn(incident, by, once, io) }
  return { state: incident, missed: await silenceByButton(incident, by, io, picked) }
}

async function acknowledged(
  incident: Incident,
  by: PersonName,
  how: { via: Via; before?: PersonName; once?: string },
  io: EngineIo,
): Promise<Incident> {
  const event = { type: 'acknowledge', generation: incident.generation, by, ...how } as const
  const { state = incident } = await dispatchToIncident(incident, { event }, io)
  return state
}

/** It goes on to the next layer now, be it acknowledged. */
async function passOn(incident: Incident, by: PersonName, once: string | undefined, io: EngineIo): Promise<Incident> {
  const { generation } = incident
  const event = { type: 'escalate', generation, via: 'button', by, ...(once !== undefined && { once }) } as const
  const { state = incident } = await dispatchToIncident(incident, { event }, io)
  return state
}

function byLink(isGroups: boolean, before: PersonName | undefined) {
  if (!isGroups) return { via: 'link' } as const
  return { via: 'group-link', ...(before && { before }) } as const
}

/** Whom a browser has said to be in a project, if there still is such a contact. */
function chosenIn(
  project: string,
  choices: string[],
  people: PersonName[],
  secret: string,
  io: EngineIo,
): PersonName | undefined {
  const choice = choices.map((signed) => readChoice(signed, secret, io.now())).find((one) => one?.project === project)
  return people.find(({ contact }) => contact === choice?.contact)
}
