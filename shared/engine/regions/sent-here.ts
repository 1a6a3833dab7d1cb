import { isLifeOf, isOfThisLife } from '../../incidents/duty/same-life.ts'
import type { Incident } from '../../incidents/incident.ts'
import { readSent } from '../../incidents/sent-link.ts'
import { newestGenerations } from '../../store/incidents.ts'
import type { EngineIo } from '../io.ts'

/** So many of an incident's newest generations are looked through for the one that another region has sent. */
const LOOKED = 8

/**
 * What another region has sent, by the address that a message of its leads to, and which incident of this one that is: by the link between the two
 * lives, or, where that was not heard of, if it was sent after this life began here. Undefined for what this region has sent, and what nobody has.
 * Rejects when the table does.
 */
export async function sentHere(
  text: string,
  { place, ...io }: Pick<EngineIo, 'incidents' | 'log' | 'place'>,
): Promise<{ from: string; own: string; incident: Incident | undefined } | undefined> {
  const sent = readSent(text)
  if (sent === undefined || place === undefined || sent.region === place.own) return undefined
  const { region, at } = sent
  const { generation, ...of } = sent.incident
  const lives = (await newestGenerations(of, LOOKED, io)).filter((life) => life.generation > 0)
  const known = lives.find((life) => isLifeOf(life, { generation, region }))
  const [newest] = lives.filter((life, index) => index === 0 && isOfThisLife(life, { generation, region, at }))
  const incident = known ?? newest
  // Anybody may make up an address: no page says as a region's name what is none.
  if (incident === undefined && !place.order.includes(region)) return undefined
  return { from: region, own: place.own, incident }
}
