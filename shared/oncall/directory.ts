import type * as z from 'zod/mini'
import type { CompiledPolicy } from '../contracts/compiled-config.ts'
import { ownProperty } from '../contracts/own-property.ts'
import { toCurrent, type Versions } from '../contracts/versions.ts'
import type { Bilingual } from '../contracts/words.ts'
import { isE164 } from './address.ts'
import { contact } from './contact-schema.ts'
import { maskPhone } from './mask.ts'
import { namedIn } from './override.ts'
import { keptOverride } from './override-schema.ts'
import { pagedBy } from './pages.ts'
import type { Contact, Directory, Schedule } from './plan.ts'
import { layersOf, takingTurns } from './rotation.ts'
import { calendarDays, keptSchedule } from './schema.ts'
import { withFallbacks } from './turns.ts'

/** Of our own rows of the contacts table. A seed's row has none. */
export const directoryVersions: Versions = { current: 1 }

/** What some policies' pages need of everybody in `oncall.yml`: their contacts, schedules with their rotations, overrides and calendars. */
export function directoryFor(everybody: Directory, policies: CompiledPolicy[]): Directory {
  const pages = pagedBy(policies)
  const schedules = pick(everybody.schedules, withFallbacks(everybody, pages))
  const inTurns = new Set([...pages, ...Object.values(schedules).flatMap(peopleIn)])
  const overrides = everybody.overrides.filter((each) =>
    'away' in each ? inTurns.has(each.away) : ownProperty(schedules, each.schedule),
  )
  const people = new Set([...inTurns, ...overrides.flatMap(namedIn)])
  const contacts = pick(everybody.contacts, people)
  const calendars = pick(everybody.calendars ?? {}, new Set(calendarsOf({ contacts, schedules })))
  return {
    contacts,
    schedules,
    overrides,
    ...(Object.keys(calendars).length > 0 && { calendars }),
  }
}

/** Everybody whom a schedule itself can put on call; of its fallbacks also the names of schedules. */
function peopleIn(schedule: Schedule): string[] {
  return [...takingTurns(schedule), ...(schedule.keep?.contacts ?? []), ...(schedule.then ?? [])]
}

/** The calendars by which a schedule's windows are read. */
export function calendarsIn(schedule: Schedule): string[] {
  return [...(schedule.holidays ?? []), ...layersOf(schedule).flatMap(({ holidays }) => holidays ?? [])]
}

/** All calendars by which somebody's windows are read. */
export function calendarsOf({ contacts, schedules }: Pick<Directory, 'contacts' | 'schedules'>): string[] {
  return [
    ...Object.values(schedules).flatMap(calendarsIn),
    ...Object.values(contacts).flatMap(({ holidays }) => holidays ?? []),
  ]
}

/**
 * The directory of a row of the contacts table, our own or the seed's with one phone number per layer. What is broken in the
 * row is left out and named in `problems`: the rest can still be called.
 */
export function directoryFromRow(written: Record<string, unknown>): { directory: Directory; problems: Bilingual[] } {
  if (!('contacts' in written)) return directoryFromSeed(written)
  const row = toCurrent(written, directoryVersions) as typeof written
  const problems: Bilingual[] = []
  // Whoever has to be woken is called by what can be read of it.
  if (row.v !== directoryVersions.current)
    problems.push({
      en: `the row has ${row.v === undefined ? 'no version' : `version ${row.v}`}, and this release reads ${directoryVersions.current}: run bin/fenghuo.js apply of one release`,
      zh: `这条记录${row.v === undefined ? '没有版本' : `是版本 ${row.v}`}，本版本读的是 ${directoryVersions.current}：各处用同一版本执行 bin/fenghuo.js apply`,
    })
  const calendars = readAll(calendarDays, row.calendars ?? {}, 'calendar', problems)
  const directory = {
    contacts: readAll(contact, row.contacts, 'contact', problems),
    schedules: readAll(keptSchedule, row.schedules, 'schedule', problems),
    overrides: [
      ...Object.values(readAll(keptOverride, row.overrides, 'override', problems)),
      ...Object.values(readAll(keptOverride, row.made ?? [], 'override', problems)),
    ],
    ...(Object.keys(calendars).length > 0 && { calendars }),
  }
  const isKnown = (name: string) =>
    ownProperty(directory.contacts, name) !== undefined || ownProperty(directory.schedules, name) !== undefined
  for (const [name, each] of Object.entries(directory.schedules)) {
    for (const missing of new Set(peopleIn(each).filter((person) => !isKnown(person)))) {
      problems.push({
        en: `schedule ${name}: no contact is named ${missing}`,
        zh: `排班 ${name}：没有名为 ${missing} 的联系人`,
      })
    }
  }
  return { directory, problems }
}

/** Natural order: `layer2` comes before `layer10`. */
const byName = new Intl.Collator('en', { numeric: true }).compare

/** The seed's row: `projectName`, and one string attribute per layer that holds a phone number. */
function directoryFromSeed(row: Record<string, unknown>): { directory: Directory; problems: Bilingual[] } {
  const problems: Bilingual[] = []
  const contacts: Record<string, Contact> = {}
  const layers = Object.keys(row)
    .filter((name) => name !== 'projectName' && typeof row[name] === 'string')
    .sort(byName)
  for (const name of layers) {
    const phone = String(row[name]).replace(/[\s-]/g, '')
    contacts[name] = isE164(phone) ? { name, phone } : { name }
    if (!isE164(phone))
      problems.push({
        en: `contact ${name}: "${maskPhone(phone)}" is not an E.164 number, such as +8613800000001`,
        zh: `联系人 ${name}：“${maskPhone(phone)}”不是 E.164 号码，如 +8613800000001`,
      })
  }
  return { directory: { contacts, schedules: {}, overrides: [], layers }, problems }
}

const parts = {
  calendar: { en: 'calendar', zh: '日历' },
  contact: { en: 'contact', zh: '联系人' },
  schedule: { en: 'schedule', zh: '排班' },
  override: { en: 'override', zh: '替班' },
} satisfies Record<string, Bilingual>

function readAll<T>(
  schema: z.ZodMiniType<T>,
  values: unknown,
  part: keyof typeof parts,
  problems: Bilingual[],
): Record<string, T> {
  const isReadable = typeof values === 'object' && values !== null
  const { en, zh } = parts[part]
  if (!isReadable) problems.push({ en: `the ${en}s can't be read`, zh: `读不出${zh}` })
  const read: Record<string, T> = {}
  for (const [name, value] of Object.entries(isReadable ? values : {})) {
    const whole = schema.safeParse(value)
    const result = whole.success || part !== 'contact' ? whole : schema.safeParse(withoutWrong(value, whole.error))
    if (result.success) read[name] = result.data
    if (whole.success) continue
    const where = whereWrong(whole.error)
    problems.push({ en: `${en} ${name}: ${where} is wrong`, zh: `${zh} ${name}：${where} 不对` })
  }
  return read
}

/** Somebody one of whose keys this release can't read is reached by the others. */
function withoutWrong(value: unknown, { issues }: z.core.$ZodError): unknown {
  const wrong = new Set(issues.map(({ path: [key] }) => key))
  return Object.fromEntries(Object.entries(Object(value)).filter(([key]) => !wrong.has(key)))
}

function whereWrong(error: z.core.$ZodError): string {
  return error.issues.map((issue) => issue.path.join('.') || issue.code).join(', ')
}

function pick<T>(all: Record<string, T>, names: { has(name: string): boolean }): Record<string, T> {
  return Object.fromEntries(Object.entries(all).filter(([name]) => names.has(name)))
}
