import type { Via } from '../../incidents/notice.ts'
import { maskId } from '../../oncall/address.ts'
import { maskPhone } from '../../oncall/mask.ts'
import { addressesOf, numbersOf } from '../../oncall/numbers.ts'
import type { Contact, Directory } from '../../oncall/plan.ts'
import type { Deed } from './view-audit.ts'

/** What of a contact's texts is no id of a chat. */
const NO_CHAT = new Set(['name', 'phone', 'email', 'language', 'timezone'])

/**
 * At which numbers and ids a deed's contact is known now where the deed came by, masked: `****0001`, `wecom LinYue`. Empty where nobody knows.
 * Timelines hold no address: it is looked up when it is shown.
 */
export async function knownAt(deed: Deed, directory: (project: string) => Promise<Directory>): Promise<string[]> {
  if (deed.kind !== 'told') return []
  const people = await directory(deed.project).catch(() => undefined)
  const contact = people?.contacts[deed.contact]
  return contact === undefined ? [] : addressesFor(deed.via, contact)
}

function addressesFor(via: Via, contact: Contact): string[] {
  const phones = numbersOf(contact).map(maskPhone)
  const chats = Object.entries(addressesOf(contact)).flatMap(([key, id]) =>
    NO_CHAT.has(key) ? [] : [`${key} ${maskId(id)}`],
  )
  if (via === 'phone') return phones
  if (via === 'button') return chats
  return via === 'reply' ? [...phones, ...chats] : []
}
