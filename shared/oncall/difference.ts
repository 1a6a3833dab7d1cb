import { canonicalJson } from '../contracts/canonical-json.ts'
import type { Address } from './address.ts'
import { overrideText } from './override.ts'
import type { Contact, Directory, Layer, Override, Schedule } from './plan.ts'
import { layersOf } from './rotation.ts'

/** What `fenghuo apply` is about to change. `line` is for people and holds no address but as its mask shows it. */
export interface Change {
  action: 'add' | 'change' | 'remove'
  what: 'contact' | 'schedule' | 'override'
  name: string
  line: string
}

const signs = { add: '+', change: '~', remove: '-' } as const

/** Masks by the contact's key. */
type Masks = Readonly<Record<string, Address['mask']>>

/**
 * What is different in `after`; `before` is undefined when nothing is stored yet. Addresses are shown by their `masks`, and not at
 * all where a key has none, as that of a channel which is no more.
 */
export function difference(before: Directory | undefined, after: Directory, masks: Masks): Change[] {
  return [
    ...compare('contact', before?.contacts ?? {}, after.contacts, (contact) => describeContact(contact, masks)),
    ...compare('schedule', before?.schedules ?? {}, after.schedules, describeSchedule),
    ...compare('override', byMeaning(before?.overrides ?? []), byMeaning(after.overrides), describeOverride),
  ]
}

/** What is compared, and how it is shown. */
type Facts = Record<string, { value: string; shown: string }>

function compare<T>(
  what: Change['what'],
  before: Record<string, T>,
  after: Record<string, T>,
  describe: (thing: T) => Facts,
): Change[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return names.flatMap((name) => {
    const [old, now] = [before[name], after[name]]
    if (old && now) {
      if (isSame(old, now)) return []
      return [change('change', what, name, changedFacts(describe(old), describe(now)))]
    }
    if (now) return [change('add', what, name, listed(describe(now)))]
    return old ? [change('remove', what, name, listed(describe(old)))] : []
  })
}

function change(action: Change['action'], what: Change['what'], name: string, facts: string): Change {
  return { action, what, name, line: `${signs[action]} ${what} ${name}: ${facts}` }
}

function isSame(a: unknown, b: unknown): boolean {
  return canonicalJson(a) === canonicalJson(b)
}

function listed(facts: Facts): string {
  return Object.entries(facts)
    .map(([key, { shown }]) => `${key} ${shown}`)
    .join(', ')
}

function changedFacts(before: Facts, after: Facts): string {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return keys
    .filter((key) => before[key]?.value !== after[key]?.value)
    .map((key) => {
      const [old, now] = [before[key]?.shown ?? NONE, after[key]?.shown ?? NONE]
      return `${key} ${old} → ${now === old ? `another ${now}` : now}`
    })
    .join(', ')
}

const NONE = '(none)'

/** Keys of a contact that are no address. */
const plain = new Set(['name', 'language', 'channels', 'quiet', 'timezone', 'holidays'])

function describeContact(contact: Contact, masks: Masks): Facts {
  const facts = Object.entries(contact).flatMap(([key, value]) => {
    if (value === undefined) return []
    const shown = (text: string) => (plain.has(key) ? text : (masks[key]?.(text) ?? '****'))
    const texts =
      typeof value === 'string' || Array.isArray(value) ? [value].flat() : Object.entries(value).map(orderText)
    return [[key, { value: texts.join(', '), shown: texts.map(shown).join(', ') }] as const]
  })
  return Object.fromEntries(facts)
}

const orderText = ([severity, channels]: [string, string[]]) => `${severity} ${channels.join(' → ')}`

function describeSchedule(schedule: Schedule): Facts {
  const { timezone, then, holidays, atHandoff, keep } = schedule
  const layers = layersOf(schedule).map(describeLayer)
  const { start, ...only } = layers[0] ?? {}
  const numbered = layers.map((facts, index) => [`layer ${index + 1}`, Object.entries(facts).map(pair).join(', ')])
  return inFull({
    ...('layers' in schedule ? Object.fromEntries(numbered) : only),
    timezone,
    ...('start' in schedule && { start: start ?? '' }),
    ...(then && { 'if nobody': then.join(', ') }),
    ...(holidays && { holidays: holidays.join(', ') }),
    ...(atHandoff && { 'at hand-off': atHandoff.join(', ') }),
    ...(keep && { 'until the shift ends': keep.contacts.join(' + ') }),
  })
}

const pair = ([key, value]: [string, string]) => `${key} ${value}`

function describeLayer({ rotation, handoff, start, during, from, until, holidays }: Layer): Record<string, string> {
  return {
    rotation: rotation.map((turn) => [turn].flat().join(' + ')).join(' → '),
    handoff,
    start,
    ...(during && { during: during.join('; ') }),
    ...(from && { from }),
    ...(until && { until }),
    ...(holidays && { holidays: holidays.join(', ') }),
  }
}

function describeOverride({ note, made }: Override): Facts {
  return inFull({ note: note ?? NONE, ...(made && { by: made.by }) })
}

function inFull(facts: Record<string, string>): Facts {
  return Object.fromEntries(Object.entries(facts).map(([key, value]) => [key, { value, shown: value }]))
}

/** An override has no name: it is known by who stands in where and when. */
function byMeaning(overrides: Override[]): Record<string, Override> {
  return Object.fromEntries(overrides.map((each) => [overrideText(each), each]))
}
