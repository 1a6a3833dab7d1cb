import { maskPhone } from './directory.ts'
import type { Contact, Directory, Override, Schedule } from './plan.ts'

/** What `fenghuo apply` is about to change. `line` is for people and holds no phone number but its last four digits. */
export interface Change {
  action: 'add' | 'change' | 'remove'
  what: 'contact' | 'schedule' | 'override'
  name: string
  line: string
}

const signs = { add: '+', change: '~', remove: '-' } as const

/** What is different in `after`; `before` is undefined when nothing is stored yet. */
export function difference(before: Directory | undefined, after: Directory): Change[] {
  return [
    ...compare('contact', before?.contacts ?? {}, after.contacts, describeContact),
    ...compare('schedule', before?.schedules ?? {}, after.schedules, describeSchedule),
    ...compare('override', byMeaning(before?.overrides ?? []), byMeaning(after.overrides), describeOverride),
  ]
}

type Facts = Record<string, string | undefined>

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
  return canonical(a) === canonical(b)
}

/** JSON with sorted keys: the order in which a table returns an item's attributes means nothing. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    each !== null && typeof each === 'object' && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  )
}

function listed(facts: Facts): string {
  return Object.entries(facts)
    .map(([key, value]) => `${key} ${shown(value)}`)
    .join(', ')
}

function changedFacts(before: Facts, after: Facts): string {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  const changed = keys.filter((key) => before[key] !== after[key])
  return changed.map((key) => `${key} ${shown(before[key])} → ${shown(after[key])}`).join(', ')
}

/** Whichever key it stands under, as some chats know people by their number; a date is none. */
const looksLikePhone = /^(?!\d{4}-\d\d-\d\d$)\+?\d[\d\s-]{5,}$/

function shown(value: string | undefined): string {
  if (value === undefined) return '(none)'
  return looksLikePhone.test(value) ? maskPhone(value) : value
}

function describeContact(contact: Contact): Facts {
  return { ...contact }
}

function describeSchedule({ rotation, handoff, timezone, start }: Schedule): Facts {
  return { rotation: rotation.join(' → '), handoff, timezone, start }
}

function describeOverride({ note }: Override): Facts {
  return { note: note ?? '(none)' }
}

/** An override has no name: it is known by who stands in where and when. */
function byMeaning(overrides: Override[]): Record<string, Override> {
  return Object.fromEntries(
    overrides.map((each) => [`${each.schedule} ${each.contact} ${each.from} – ${each.to}`, each]),
  )
}
