import type { Instant } from '../contracts/words.ts'
import { formatReference, type IncidentReference, parseReference } from './reference.ts'

/** What a region has sent of its incident: whose generation it is, and when that was. */
export interface Sent {
  incident: IncidentReference
  region: string
  at: Instant
}

/**
 * What the address of an incident's page says of a message that led to it, in base64url: with several regions the console that is asked may be of
 * another than the one that has sent it. It lets nobody do anything, and is not signed.
 */
export function writeSent({ incident, region, at }: Sent): string {
  return Buffer.from(JSON.stringify([formatReference(incident), region, at])).toString('base64url')
}

/** No incident of ours has a longer one: 255 Chinese characters of a key are 1,020. What anybody makes up is no key of a table. */
const SENT_CHARACTERS = 2_048

/** Reads what `writeSent` wrote; undefined: anything else. */
export function readSent(text: string): Sent | undefined {
  if (text.length > SENT_CHARACTERS) return undefined
  try {
    const said: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    if (!Array.isArray(said)) return undefined
    const [incident, region, at] = said
    if (typeof incident !== 'string' || typeof region !== 'string' || typeof at !== 'number') return undefined
    return { incident: parseReference(incident), region, at }
  } catch {
    return undefined
  }
}
