import { type LinkPress, takeLink } from '../../shared/engine/answers/take-link.ts'
import type { EngineIo } from '../../shared/engine/io.ts'
import { type AcknowledgeLink, signLink } from '../../shared/incidents/acknowledge-link.ts'
import { parseReference } from '../../shared/incidents/reference.ts'
import type { CardAct } from '../../shared/messages/card.ts'
import { readIncident } from '../../shared/store/incidents.ts'
import type { Cloud } from './cloud.ts'
import { SECRET } from './vendors.ts'

const HOUR = 3_600_000

/** What people and machines do with links that acknowledges nothing, and what becomes of it. */
const answers = { 'looked at': 'asked', forged: 'invalid', expired: 'expired', 'somebody else’s': 'nobody' }
export type Meddling = keyof typeof answers
export const meddlings = Object.keys(answers) as Meddling[]

/** Whether a link that acknowledges nothing was answered as such; one of a generation that is over is told that. */
export function isRefused(how: Meddling, result: string): boolean {
  return result === answers[how] || (how !== 'forged' && result === 'over')
}

/** Presses the button of a link from a group. True: the incident has been taken by then, by whomever. */
export async function pressLink(incident: string, by: string, cloud: Cloud, io: EngineIo): Promise<boolean> {
  const { generation, ...of } = parseReference(incident)
  const token = signLink({ incident, expiresAt: io.now() + HOUR }, SECRET)
  // The preview of a chat acknowledges nothing.
  if ((await take(token, undefined, cloud, io)) !== 'asked') return false
  if ((await take(token, { contact: by }, cloud, io)) !== 'pressed') return false
  return (await readIncident(of, io.incidents))?.generation === generation
}

/** Presses a button of a group's card. True: the incident has been taken, or gone on, by then. `once`: the same for every time that the chat brings it. */
export async function pressCard(
  incident: string,
  button: CardAct,
  once: string | undefined,
  cloud: Cloud,
  io: EngineIo,
): Promise<boolean> {
  const token = signLink({ incident, expiresAt: io.now() + HOUR }, SECRET)
  const press = { contact: 'chen', button, ...(once !== undefined && { once }) }
  if ((await take(token, press, cloud, io)) !== 'pressed') return false
  const { generation, ...of } = parseReference(incident)
  return (await readIncident(of, io.incidents))?.generation === generation
}

/** Gives what became of it; of what has not begun, which nobody can know, as of what is over. */
export async function meddleWithLink(incident: string, how: Meddling, cloud: Cloud, io: EngineIo): Promise<string> {
  const link: AcknowledgeLink = { incident, expiresAt: io.now() + (how === 'expired' ? -1 : HOUR) }
  if (how === 'somebody else’s') link.contact = 'lin'
  const token = signLink(link, how === 'forged' ? 'guessed' : SECRET)
  const result = await take(token, how === 'looked at' ? undefined : { contact: 'chen' }, cloud, io)
  const { generation: _, ...of } = parseReference(incident)
  return result === 'unknown' && (await readIncident(of, io.incidents)) === undefined ? 'over' : result
}

async function take(token: string, press: LinkPress | undefined, cloud: Cloud, io: EngineIo): Promise<string> {
  const directory = async (project: string) => (await cloud.directory(project)) ?? cloud.everybody
  return (await takeLink(token, press, [], { secret: SECRET, directory }, io)).result
}
