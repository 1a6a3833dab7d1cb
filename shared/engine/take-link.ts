import { readLink } from '../incidents/acknowledge-link.ts'
import type { Incident } from '../incidents/incident.ts'
import type { PersonName } from '../incidents/notice.ts'
import { parseReference } from '../incidents/reference.ts'
import type { Directory } from '../oncall/plan.ts'
import { readIncident } from '../store/incidents.ts'
import { dispatchToIncident } from './dispatch.ts'
import type { EngineIo } from './io.ts'

export interface LinkDeps {
  /** What links are signed with. */
  secret: string
  directory(project: string): Promise<Directory>
}

/** Somebody sends the page of a link, as this contact; null: without saying who they are. */
export interface LinkPress {
  contact: string | null
}

/** What became of a link. `expired`: its day is over, or so is its incident's generation. */
export type LinkAnswer =
  | { result: 'invalid' | 'expired' }
  /** `nobody`: a press that names none of `people`, who are those that may take the incident by this link. */
  | { result: 'asked' | 'nobody' | 'pressed'; incident: Incident; people: PersonName[] }

/**
 * Takes an acknowledge link: without a press nothing changes, so that link previews acknowledge nothing; a press acknowledges the
 * incident, unless somebody was faster. A link from a group may be pressed by anybody of the project, one's own by oneself only.
 * Rejects when the table or the directory does.
 */
export async function takeLink(
  token: string,
  press: LinkPress | undefined,
  { secret, directory }: LinkDeps,
  io: EngineIo,
): Promise<LinkAnswer> {
  const link = readLink(token, secret, io.now())
  if (link === 'invalid' || link === 'expired') return { result: link }
  const { generation, ...of } = parseReference(link.incident)
  const incident = await readIncident(of, io.incidents)
  if (incident === undefined || incident.generation !== generation) return { result: 'expired' }

  const { contacts } = await directory(of.project)
  const people = Object.entries(contacts)
    .map(([contact, { name }]): PersonName => ({ contact, name }))
    .filter(({ contact }) => link.contact === undefined || contact === link.contact)
  if (press === undefined) return { result: 'asked', incident, people }
  const by = people.find(({ contact }) => contact === press.contact)
  if (by === undefined) return { result: 'nobody', incident, people }
  const event = { type: 'acknowledge', generation, via: 'link', by } as const
  const { state = incident } = await dispatchToIncident(of, { event }, io)
  return { result: 'pressed', incident: state, people }
}
