import * as z from 'zod'
import { channels } from '../channels/registered/channels.ts'
import { type Mistake, mistake, wrong } from '../contracts/mistake.ts'
import { type Address, mailAddress, phoneAddress } from '../oncall/address.ts'
import { addressKey, contactKeys } from '../oncall/contact-schema.ts'
import { calendarsOf } from '../oncall/directory.ts'
import { isByHours } from '../oncall/handoff.ts'
import { numbersOf } from '../oncall/numbers.ts'
import { override } from '../oncall/override-schema.ts'
import type { Contact, Directory, Schedule } from '../oncall/plan.ts'
import { addressOf } from '../oncall/resolve.ts'
import { contactName, layeredSchedule, moment, schedule, simpleSchedule } from '../oncall/schema.ts'
import type { ReadText } from './files.ts'
import { noteTwice } from './listed-twice.ts'
import type { Problem } from './problem.ts'
import { calendar, readCalendars } from './read-calendars.ts'
import { readOverrides } from './read-overrides.ts'
import type { Named } from './read-policies.ts'
import { createReader, type Reader } from './reader.ts'

/** The keys that channels bring: by what a post in a group mentions somebody. */
const channelKeys = Object.fromEntries(ownAddresses().map((address) => [address.key, addressKey(address)] as const))

/** Empty strings and unknown keys are refused. */
const contact: z.ZodType<Contact> = z.strictObject({ ...contactKeys, ...channelKeys })

/** How each key of a contact that holds an address is shown, so that a difference tells nobody's number or mail. */
export const addressMasks: Record<string, Address['mask']> = Object.fromEntries(
  [phoneAddress, { ...phoneAddress, key: 'otherPhones' }, mailAddress, ...ownAddresses()].map(({ key, mask }) => [
    key,
    mask,
  ]),
)

/** The keys of the file, for the published JSON Schema. */
export const oncallFile = z.strictObject({
  contacts: z
    .record(contactName, contact)
    .meta({ description: 'Everybody who can be reached.', zh: '所有能联系到的人。' }),
  schedules: z.record(contactName, schedule).optional().meta({
    description: 'Who is on call: one rotation of contacts, or `layers` of them.',
    zh: '谁值班：一个联系人轮值，或多层轮值（`layers`）。',
  }),
  calendars: z.record(contactName, calendar).optional().meta({
    description:
      'Days off beside `cn` (China, with the working days that make up for long holidays) and `sg` (Singapore); one of their names adds days to them.',
    zh: '除 `cn`（中国，含调休）和 `sg`（新加坡）之外的休息日；用它们的名字则在其上增加日期。',
  }),
  overrides: z.array(override).optional().meta({
    description:
      'What is otherwise for a while: stand-ins, additions, swaps and leave. Two that contradict each other are refused.',
    zh: '临时变更：替班、加班、换班和休假。互相矛盾的会被拒绝。',
  }),
})

const sections = z.strictObject({
  contacts: z.record(
    z.string(),
    z.unknown(),
    wrong('contacts-missing', {
      en: 'is missing: everybody who can be reached, by a short name',
      zh: '没有写：所有能联系到的人，各有一个短名',
    }),
  ),
  schedules: z.unknown().optional(),
  calendars: z.unknown().optional(),
  overrides: z.unknown().optional(),
})

/**
 * Reads `oncall.yml`; `files` reads the calendars that it names. `directory` is there only when there is no problem; all problems are told
 * at once, and `named` is whom else's file may name all the same, where that is certain.
 */
export function loadOnCall(
  text: string,
  file: string,
  files?: ReadText,
): { directory?: Directory; named?: Named; problems: Problem[] } {
  const reader = createReader(text, file, files)
  reader.read(sections, [])
  const known = readCalendars(reader)
  // One that can't be read is told where it stands, and not once more by whoever goes by it.
  const named = [...new Set([...Object.keys(known), ...reader.keys(['calendars'])])]
  const contacts = readContacts(reader, named)
  const schedules = readSchedules(reader, named)
  const used = new Set(calendarsOf({ contacts, schedules }))
  const calendars = Object.entries(known).filter(([name]) => used.has(name))
  const directory = {
    contacts,
    schedules,
    overrides: readOverrides(reader, schedules),
    ...(calendars.length > 0 && { calendars: Object.fromEntries(calendars) }),
  }
  const problems = reader.problems()
  if (problems.length === 0) return { directory, problems }
  const people = { contacts: reader.keys(['contacts']), schedules: reader.keys(['schedules']) }
  return reader.isWhole && people.contacts.length > 0 ? { named: people, problems } : { problems }
}

function readContacts(reader: Reader, calendars: string[]): Record<string, Contact> {
  const owners = new Map<string, string>()
  return readAll(reader, 'contacts', (path, name) => {
    const written = reader.get([...path, 'name'])
    const about = typeof written === 'string' ? `${name} (${written})` : name
    const person = reader.read(contact, path, { about })
    if (person && !person.phone && !person.email) reader.note(path, unreachable(about), 'key')
    reader.lookUp([...path, 'holidays'], 'calendar', calendars)
    if (person?.otherPhones && !person.phone) reader.note([...path, 'otherPhones'], OTHERS_ALONE)
    if (person) checkOwnOrder(reader, [...path, 'channels'], person)
    const numbers = person === undefined ? [] : numbersOf(person)
    for (const [index, number] of numbers.entries()) {
      const owner = owners.get(number)
      owners.set(number, name)
      if (owner === undefined) continue
      reader.note(
        index === 0 ? [...path, 'phone'] : [...path, 'otherPhones', index - 1],
        owner === name ? ownPhoneTwice(about) : samePhone(about, owner),
      )
    }
    return person
  })
}

/** Of the channels that somebody would rather be reached by. */
function checkOwnOrder(reader: Reader, path: (string | number)[], person: Contact): void {
  for (const [severity, channels] of Object.entries(person.channels ?? {})) {
    noteTwice(reader, [...path, severity])
    for (const [index, channel] of channels.entries()) {
      const key = addressOf[channel]
      if (person[key] !== undefined) continue
      const words = {
        en: `\`${channel}\` reaches them by their \`${key}\`, and there is none: write it, or take the channel out`,
        zh: `\`${channel}\` 要用 \`${key}\`，却没有写：写上，或删掉这个渠道`,
      }
      reader.note([...path, severity, index], mistake('no-address', words))
    }
  }
}

const samePhone = (about: string, owner: string) =>
  mistake('same-phone', {
    en: `${about} has the phone of ${owner}: give each their own, or make them one contact`,
    zh: `${about} 的电话与 ${owner} 相同：各写各的，或合成一个联系人`,
  })

const ownPhoneTwice = (about: string) =>
  mistake('phone-twice', {
    en: `${about} has this number already: write another, or take it out`,
    zh: `${about} 已经有这个号码：换一个，或删掉`,
  })

const OTHERS_ALONE = mistake('no-first-phone', {
  en: 'needs a `phone` before it: that one is called first, and texted',
  zh: '之前要有 `phone`：先呼叫那个号码，短信也发到那里',
})

function unreachable(about: string): Mistake {
  return mistake('unreachable', {
    en: `${about} can't be reached: give a \`phone\` or an \`email\``,
    zh: `${about} 联系不到：写上 \`phone\` 或 \`email\``,
  })
}

function readSchedules(reader: Reader, calendars: string[]): Record<string, Schedule> {
  const contacts = reader.keys(['contacts'])
  return readAll(reader, 'schedules', (path, name) => {
    if (contacts.includes(name)) {
      const words = {
        en: `a contact is named \`${name}\` too: a policy could not tell them apart`,
        zh: `也有联系人叫 \`${name}\`：策略分不清是哪一个`,
      }
      reader.note(path, mistake('named-twice', words), 'key')
    }
    const others = reader.keys(['schedules']).filter((one) => one !== name)
    reader.lookUp([...path, 'then'], 'contact or other schedule', [...contacts, ...others])
    for (const key of ['then', 'holidays', 'atHandoff']) noteTwice(reader, [...path, key])
    const layers = reader.get([...path, 'layers'])
    const rotations = Array.isArray(layers) ? layers.map((_, index) => [...path, 'layers', index]) : [path]
    for (const rotation of rotations) {
      reader.lookUp([...rotation, 'rotation'], 'contact', contacts)
      const turns = reader.get([...rotation, 'rotation'])
      if (Array.isArray(turns)) for (const turn of turns.keys()) noteTwice(reader, [...rotation, 'rotation', turn])
      checkStart(reader, rotation)
      checkValidity(reader, rotation)
      reader.lookUp([...rotation, 'holidays'], 'calendar', calendars)
    }
    if (layers !== undefined) reader.lookUp([...path, 'holidays'], 'calendar', calendars)
    return layers === undefined
      ? reader.read<Schedule>(simpleSchedule, path)
      : reader.read<Schedule>(layeredSchedule, path)
  })
}

/** Only turns of hours begin at a time of their start: all others begin at that of their hand-off. */
function checkStart(reader: Reader, rotation: (string | number)[]): void {
  const [handoff, start] = [reader.get([...rotation, 'handoff']), reader.get([...rotation, 'start'])]
  if (typeof handoff !== 'string' || typeof start !== 'string' || !start.includes(':') || isByHours(handoff)) return
  reader.note([...rotation, 'start'], START_WITH_TIME)
}

/** Both are wall-clock times of one zone, which sort as they stand. */
function checkValidity(reader: Reader, rotation: (string | number)[]): void {
  const read = (key: string) => moment.safeParse(reader.get([...rotation, key])).data
  const [from, until] = [read('from'), read('until')]
  if (from !== undefined && until !== undefined && until <= from) reader.note([...rotation, 'until'], endsBefore(from))
}

const endsBefore = (from: string) =>
  mistake('ends-before-begin', {
    en: `is not after its \`from\` (${from}), so that it never counts: swap them, or correct the date`,
    zh: `不晚于 \`from\`（${from}），永远不生效：对调，或改正日期`,
  })

const START_WITH_TIME = mistake('start-with-time', {
  en: 'has a time, which only a hand-off by the hour has use for: write the day alone',
  zh: '写了时刻，而只有按小时交接才用得到：只写日期',
})

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
