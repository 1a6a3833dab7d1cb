import { DAY_MS } from '../../contracts/milliseconds.ts'
import { type PersonalReach, personalReaches } from '../../contracts/reach.ts'
import { type Proven, provenIn } from '../../incidents/proven.ts'
import type { Contact, Directory } from '../../oncall/plan.ts'
import { addressOf } from '../../oncall/resolve.ts'
import type { StoreIo } from '../../store/io.ts'
import { recordedSince } from '../recorded.ts'

/** As far as is looked back: what worked in spring says little of autumn. */
export const BACK_MS = 90 * DAY_MS

/** As many incidents of each list as are looked through: a page is not a report. */
const MOST = 200

/** When each channel of somebody last reached them. */
export interface ReachView {
  name: string
  /** Those that they have, each with what proves it; `undefined`: never, as far as is known. */
  channels: { channel: PersonalReach; proven: Proven | undefined }[]
}

/** Reads the ledger of who was reached by what, of everybody in some directories. Rejects when the table does. */
export async function viewReach(
  directories: Directory[],
  io: Pick<StoreIo, 'incidents' | 'log' | 'now'>,
): Promise<ReachView[]> {
  const { recorded } = await recordedSince(io.now() - BACK_MS, () => true, io, MOST)
  const proven = provenIn(recorded)
  const people = Object.assign({}, ...directories.map(({ contacts }) => contacts)) as Directory['contacts']
  return Object.values(people).map((person) => ({
    name: person.name,
    channels: reachesOf(person).map((channel) => ({ channel, proven: proven.get(person.name)?.[channel] })),
  }))
}

/** The channels that somebody has an address for. */
export function reachesOf(person: Contact): PersonalReach[] {
  return personalReaches.filter((channel) => person[addressOf[channel]] !== undefined)
}
