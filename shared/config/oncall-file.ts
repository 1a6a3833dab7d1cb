import * as z from 'zod'
import { channels } from '../channels/registry.ts'
import { type Address, mailAddress, phoneAddress } from '../oncall/address.ts'
import type { Contact, Directory, Override, Schedule } from '../oncall/plan.ts'
import { addressKey, contactKeys, contactName, override, schedule } from '../oncall/schema.ts'
import type { Problem } from './problem.ts'
import { createReader, type Reader } from './reader.ts'

/** The keys that channels bring: by what a post in a group mentions somebody. */
const channelKeys = Object.fromEntries(ownAddresses().map((address) => [address.key, addressKey(address)] as const))

/** Empty strings and unknown keys are refused. */
const contact: z.ZodType<Contact> = z.strictObject({ ...contactKeys, ...channelKeys })

/** How each key of a contact that holds an address is shown, so that a difference tells nobody's number or mail. */
export const addressMasks: Record<string, Address['mask']> = Object.fromEntries(
  [phoneAddress, mailAddress, ...ownAddresses()].map(({ key, mask }) => [key, mask]),
)

/** The keys of the file, for the published JSON Schema. */
export const oncallFile = z.strictObject({
  contacts: z
    .record(contactName, contact)
    .meta({ description: 'Everybody who can be reached.', zh: '所有能联系到的人。' }),
  schedules: z
    .record(contactName, schedule)
    .optional()
    .meta({ description: 'Rotations of contacts.', zh: '联系人的轮值。' }),
  overrides: z.array(override).optional().meta({
    description: 'Stand-ins; of two at once the later listed counts.',
    zh: '替班；同一时间有两条时，以排在后面的为准。',
  }),
})

const sections = z.strictObject({
  contacts: z.record(z.string(), z.unknown(), { error: 'is missing: everybody who can be reached, by a short name' }),
  schedules: z.unknown().optional(),
  overrides: z.unknown().optional(),
})

/** Reads `oncall.yml`. `directory` is there only when there is no problem; all problems are told at once. */
export function loadOnCall(text: string, file: string): { directory?: Directory; problems: Problem[] } {
  const reader = createReader(text, file)
  reader.read(sections, [])
  const directory = {
    contacts: readContacts(reader),
    schedules: readSchedules(reader),
    overrides: readOverrides(reader),
  }
  const problems = reader.problems()
  return problems.length === 0 ? { directory, problems } : { problems }
}

function readContacts(reader: Reader): Record<string, Contact> {
  return readAll(reader, 'contacts', (path, name) => {
    const written = reader.get([...path, 'name'])
    const about = typeof written === 'string' ? `${name} (${written})` : name
    const person = reader.read(contact, path, { about })
    if (person && !person.phone && !person.email)
      reader.note(path, `${about} can't be reached: give a \`phone\` or an \`email\``, 'key')
    return person
  })
}

function readSchedules(reader: Reader): Record<string, Schedule> {
  return readAll(reader, 'schedules', (path, name) => {
    if (reader.keys(['contacts']).includes(name)) {
      reader.note(path, `a contact is named \`${name}\` too: a policy could not tell them apart`, 'key')
    }
    reader.lookUp([...path, 'rotation'], 'contact', reader.keys(['contacts']))
    return reader.read(schedule, path)
  })
}

function readOverrides(reader: Reader): Override[] {
  const written = reader.get(['overrides'])
  if (written === undefined) return []
  const list = reader.read(z.array(z.unknown()), ['overrides']) ?? []
  return list.flatMap((_, index) => {
    const path = ['overrides', index]
    const read = reader.read(override, path)
    reader.lookUp([...path, 'contact'], 'contact', reader.keys(['contacts']))
    reader.lookUp([...path, 'schedule'], 'schedule', reader.keys(['schedules']))
    // Both are `YYYY-MM-DD HH:MM`, which sorts by time.
    if (read && read.to <= read.from)
      reader.note([...path, 'to'], `ends before it begins (${read.from}): swap them, or correct the date`)
    return read ? [read] : []
  })
}

function readAll<T>(
  reader: Reader,
  section: string,
  read: (path: [string, string], name: string) => T | undefined,
): Record<string, T> {
  const things: Record<string, T> = {}
  for (const name of reader.names(contactName, [section])) {
    const thing = read([section, name], name)
    if (thing !== undefined) things[name] = thing
  }
  return things
}

/** What channels bring. */
function ownAddresses(): Address[] {
  return Object.values(channels).flatMap(({ address }) => address ?? [])
}
