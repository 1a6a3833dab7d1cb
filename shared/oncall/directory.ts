import type * as z from 'zod'
import type { CompiledPolicy } from '../contracts/compiled-config.ts'
import { ownProperty } from '../contracts/own-property.ts'
import { toCurrent, type Versions } from '../contracts/versions.ts'
import { isE164, maskPhone } from './address.ts'
import type { Contact, Directory } from './plan.ts'
import { contact, override, schedule } from './schema.ts'

/** Of our own rows of the contacts table. A seed's row has none. */
export const directoryVersions: Versions = { current: 1 }

/** What a policy's pages need of everybody in `oncall.yml`: its contacts, its schedules with their rotations and overrides. */
export function directoryFor(everybody: Directory, policy: CompiledPolicy): Directory {
  const pages = new Set(policy.layers.flatMap((layer) => layer.page.map(nameOfPage)))
  const schedules = pick(everybody.schedules, pages)
  const overrides = everybody.overrides.filter((each) => ownProperty(schedules, each.schedule))
  const people = new Set([
    ...pages,
    ...Object.values(schedules).flatMap((each) => each.rotation),
    ...overrides.map((each) => each.contact),
  ])
  return { contacts: pick(everybody.contacts, people), schedules, overrides }
}

/** `sre` of `sre` and of `sre.next`. */
export function nameOfPage(page: string): string {
  return page.replace(/\.next$/, '')
}

/**
 * The directory of a row of the contacts table, our own or the seed's with one phone number per layer. What is broken in the
 * row is left out and named in `problems`: the rest can still be called.
 */
export function directoryFromRow(written: Record<string, unknown>): { directory: Directory; problems: string[] } {
  if (!('contacts' in written)) return directoryFromSeed(written)
  const row = toCurrent(written, directoryVersions) as typeof written
  const problems: string[] = []
  // Whoever has to be woken is called by what can be read of it.
  if (row.v !== directoryVersions.current)
    problems.push(
      `the row has ${row.v === undefined ? 'no version' : `version ${row.v}`}, and this release reads ${directoryVersions.current}: run bin/fenghuo.js apply of one release`,
    )
  const directory = {
    contacts: readAll(contact, row.contacts, 'contact', problems),
    schedules: readAll(schedule, row.schedules, 'schedule', problems),
    overrides: Object.values(readAll(override, row.overrides, 'override', problems)),
  }
  const isKnown = (name: string) => ownProperty(directory.contacts, name) !== undefined
  for (const [name, each] of Object.entries(directory.schedules)) {
    for (const missing of each.rotation.filter((person) => !isKnown(person))) {
      problems.push(`schedule ${name}: no contact is named ${missing}`)
    }
  }
  return { directory, problems }
}

/** Natural order: `layer2` comes before `layer10`. */
const byName = new Intl.Collator('en', { numeric: true }).compare

/** The seed's row: `projectName`, and one string attribute per layer that holds a phone number. */
function directoryFromSeed(row: Record<string, unknown>): { directory: Directory; problems: string[] } {
  const problems: string[] = []
  const contacts: Record<string, Contact> = {}
  const layers = Object.keys(row)
    .filter((name) => name !== 'projectName' && typeof row[name] === 'string')
    .sort(byName)
  for (const name of layers) {
    const phone = String(row[name]).replace(/[\s-]/g, '')
    contacts[name] = isE164(phone) ? { name, phone } : { name }
    if (!isE164(phone))
      problems.push(`contact ${name}: "${maskPhone(phone)}" is not an E.164 number, such as +8613800000001`)
  }
  return { directory: { contacts, schedules: {}, overrides: [], layers }, problems }
}

function readAll<T>(schema: z.ZodType<T>, values: unknown, what: string, problems: string[]): Record<string, T> {
  const isReadable = typeof values === 'object' && values !== null
  if (!isReadable) problems.push(`the ${what}s can't be read`)
  const read: Record<string, T> = {}
  for (const [name, value] of Object.entries(isReadable ? values : {})) {
    const result = schema.safeParse(value)
    if (result.success) read[name] = result.data
    else problems.push(`${what} ${name}: ${whereWrong(result.error)} is wrong`)
  }
  return read
}

function whereWrong(error: z.ZodError): string {
  return error.issues.map((issue) => issue.path.join('.') || issue.code).join(', ')
}

function pick<T>(all: Record<string, T>, names: Set<string>): Record<string, T> {
  return Object.fromEntries(Object.entries(all).filter(([name]) => names.has(name)))
}
