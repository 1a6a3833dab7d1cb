import { canonicalJson } from '../contracts/canonical-json.ts'
import { ownProperty } from '../contracts/own-property.ts'
import type { Language } from '../contracts/words.ts'
import type { Address } from './address.ts'
import { type DifferenceWords, differenceWords, FALLBACKS } from './difference-words.ts'
import { overrideText } from './override.ts'
import type { CalendarDays, Contact, Directory, Layer, Override, Schedule } from './plan.ts'

/** What `fenghuo apply` is about to change. `line` is for people and holds no address but as its mask shows it. */
export interface Change {
  action: 'add' | 'change' | 'remove'
  what: 'contact' | 'schedule' | 'override' | 'calendar'
  name: string
  line: string
}

const signs = { add: '+', change: '~', remove: '-' } as const

/** Masks by the contact's key. */
type Masks = Readonly<Record<string, Address['mask']>>

/**
 * What is different in `after`, told in `language`; `before` is undefined when nothing is stored yet. Addresses are shown by their `masks`,
 * and not at all where a key has none, as that of a channel which is no more.
 */
export function difference(
  before: Directory | undefined,
  after: Directory,
  masks: Masks,
  language: Language,
): Change[] {
  const say = differenceWords[language]
  const [was, now] = [before?.overrides ?? [], after.overrides].map(byMeaning) as [Named<Override>, Named<Override>]
  return [
    ...compare(
      'contact',
      before?.contacts ?? {},
      after.contacts,
      (contact) => describeContact(contact, masks, say),
      say,
    ),
    ...compare('schedule', before?.schedules ?? {}, after.schedules, (one) => describeSchedule(one, say), say),
    ...compare('override', was, now, (override) => describeOverride(override, say), say),
    ...compare(
      'calendar',
      before?.calendars ?? {},
      after.calendars ?? {},
      (one) => described(one, calendarTexts, say),
      say,
    ),
  ]
}

/** What is compared, and how it is shown. */
type Facts = Record<string, { value: string; shown: string }>

type Named<T> = Record<string, T>

function compare<T>(
  what: Change['what'],
  before: Named<T>,
  after: Named<T>,
  describe: (thing: T) => Facts,
  say: DifferenceWords,
): Change[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return names.flatMap((name) => {
    const [old, now] = [before[name], after[name]]
    if (old && now) {
      if (canonicalJson(old) === canonicalJson(now)) return []
      return [told('change', name, changedFacts(describe(old), describe(now), say))]
    }
    if (now) return [told('add', name, listed(describe(now), say))]
    return old ? [told('remove', name, listed(describe(old), say))] : []
  })

  function told(action: Change['action'], name: string, facts: string): Change {
    return { action, what, name, line: `${signs[action]} ${say[what]} ${name}${say.colon}${facts}` }
  }
}

function listed(facts: Facts, { comma }: DifferenceWords): string {
  return Object.entries(facts)
    .map(([key, { shown }]) => `${key} ${shown}`)
    .join(comma)
}

function changedFacts(before: Facts, after: Facts, { none, another, comma }: DifferenceWords): string {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return keys
    .filter((key) => before[key]?.value !== after[key]?.value)
    .map((key) => {
      const [old, now] = [before[key]?.shown ?? none, after[key]?.shown ?? none]
      return `${key} ${old} → ${now === old ? another(now) : now}`
    })
    .join(comma)
}

/** The keys of a thing that its type names, each with what is shown of it, in this order: none can be forgotten. */
type Texts<T> = { [Key in keyof T as string extends Key ? never : Key]-?: (value: NonNullable<T[Key]>) => string }

const asIs = (text: string) => text
const joined = (texts: string[]) => texts.join(', ')
const windows = (texts: string[]) => texts.join('; ')
const bySeverityOrChannel = (values: object) =>
  joined(Object.entries(values).map(([key, value]) => `${key} ${[value].flat().join(' → ')}`))

function described<T extends object>(thing: T, texts: Texts<T>, { keys }: DifferenceWords): Facts {
  const titled = (key: string) => ownProperty<string>(keys, key) ?? key
  const tell = texts as Record<string, (value: unknown) => string>
  const facts = Object.entries(thing).flatMap(([key, value]) => {
    if (value === undefined) return []
    return [[titled(key), { value: canonicalJson(value), shown: tell[key]?.(value) ?? '****' }] as const]
  })
  const order = Object.keys(texts).map(titled)
  return Object.fromEntries(facts.toSorted(([a], [b]) => order.indexOf(a) - order.indexOf(b)))
}

function describeContact(contact: Contact, masks: Masks, say: DifferenceWords): Facts {
  const masked = (key: string) => (value: string | string[]) =>
    joined([value].flat().map((text) => masks[key]?.(text) ?? '****'))
  const known: Texts<Contact> = {
    name: asIs,
    phone: masked('phone'),
    otherPhones: masked('otherPhones'),
    email: masked('email'),
    language: asIs,
    channels: bySeverityOrChannel,
    atMost: bySeverityOrChannel,
    quiet: windows,
    timezone: asIs,
    holidays: joined,
  }
  const ofChannels = Object.keys(contact).filter((key) => !Object.hasOwn(known, key))
  return described(contact, { ...known, ...Object.fromEntries(ofChannels.map((key) => [key, masked(key)])) }, say)
}

type Layered = Extract<Schedule, { layers: Layer[] }>

const rotationTexts: Omit<Texts<Layer>, 'timezone' | 'holidays'> = {
  rotation: (turns) => turns.map((turn) => [turn].flat().join(' + ')).join(' → '),
  handoff: asIs,
  start: asIs,
  during: windows,
  from: asIs,
  until: asIs,
}

const layerTexts: Texts<Layer> = { ...rotationTexts, timezone: asIs, holidays: joined }

const scheduleTexts: Omit<Texts<Layered>, 'layers'> = {
  timezone: asIs,
  [FALLBACKS]: joined,
  holidays: joined,
  atHandoff: joined,
  keep: ({ contacts }) => contacts.join(' + '),
}

function describeSchedule(schedule: Schedule, say: DifferenceWords): Facts {
  if (!('layers' in schedule)) {
    const { start, ...texts } = rotationTexts
    const { timezone, ...base } = scheduleTexts
    return described(schedule, { ...texts, timezone, start, ...base }, say)
  }
  const { layers, ...rest } = schedule
  const numbered = layers.map((layer, index) => {
    const facts = described(layer, layerTexts, say)
    return [say.layer(index + 1), { value: canonicalJson(layer), shown: listed(facts, say) }] as const
  })
  return { ...Object.fromEntries(numbered), ...described(rest, scheduleTexts, say) }
}

type KeyOfAny<T> = T extends unknown ? keyof T : never

/** Those of an override's keys that its name says. */
const inName = ['schedule', 'contact', 'for', 'add', 'remove', 'swap', 'away', 'from', 'to'] as const

const overrideTexts: Texts<Pick<Override, Exclude<KeyOfAny<Override>, (typeof inName)[number]>>> = {
  note: asIs,
  made: ({ by }) => by,
}

function describeOverride({ note, made }: Override, say: DifferenceWords): Facts {
  return described({ note: note ?? say.none, ...(made && { made }) }, overrideTexts, say)
}

const calendarTexts: Texts<CalendarDays> = {
  until: asIs,
  off: ({ length }) => String(length),
  working: ({ length }) => String(length),
}

/** An override has no name: it is known by who stands in where and when, and one of two alike by who made it. */
function byMeaning(overrides: Override[]): Record<string, Override> {
  const known: Record<string, Override> = {}
  for (const override of overrides) {
    const text = overrideText(override)
    known[known[text] === undefined ? text : `${text} (${override.made?.id ?? 'again'})`] = override
  }
  return known
}
