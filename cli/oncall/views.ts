import { notNamed } from '../../shared/config/not-named.ts'
import { DAY_MS, WEEK_MS } from '../../shared/contracts/milliseconds.ts'
import { ownProperty } from '../../shared/contracts/own-property.ts'
import type { Instant } from '../../shared/contracts/words.ts'
import { instantOf, localTime } from '../../shared/oncall/clock.ts'
import { nextOnCall } from '../../shared/oncall/on-call.ts'
import { gapsBetween, type Shift, shiftsBetween } from '../../shared/oncall/shifts.ts'
import type { OnCallOptions } from '../configuration.ts'
import { CommandError } from '../failure.ts'
import type { CliIo } from '../io.ts'
import type { TargetOptions } from '../target.ts'
import { timeOption } from '../time-option.ts'
import { findPeople, type People } from './people.ts'

export interface ViewOptions extends OnCallOptions, TargetOptions {
  at?: string
  week?: true
  gaps?: true
  deployed?: true
}

/** As far as gaps are looked for. */
export const GAP_DAYS = 28

/** What is told of a schedule. */
export interface View {
  name: string
  timezone: string
  at: Instant
  contacts: string[]
  until: Instant
  next: string[]
  /** What contacts are called, where that is known. */
  names: Record<string, string>
  /** Of seven days, from the beginning of the day; empty where they were not asked for, as gaps are. */
  shifts: Shift[]
  gaps: { start: Instant; end: Instant }[]
}

/** What is told of several, and where it is from. */
export interface Views {
  source: string
  views: View[]
}

/** By oncall.yml, or the tables of a deployment. Throws a `CommandError` for a schedule that there is not. */
export async function viewsThere(names: string[], options: ViewOptions, io: CliIo): Promise<Views> {
  const people = await findPeople(options, io)
  const chosen = chosenOf(names, Object.keys(people.directory.schedules))
  return { source: people.source, views: chosen.map((name) => viewOf(name, people, options, io)) }
}

/** The schedules that are meant: those named, or all. Throws a `CommandError` for one that is not there. */
export function chosenOf(names: string[], known: string[]): string[] {
  const unknown = names.find((name) => !known.includes(name))
  if (unknown !== undefined) throw new CommandError(notNamed('schedule', unknown, known).words)
  return names.length > 0 ? names : known
}

/** As of when it is told, and from when until when a week has its shifts, by the clock of a zone. */
export function timesOf({ at: asked }: ViewOptions, timezone: string, io: Pick<CliIo, 'now'>) {
  const at = asked === undefined ? io.now() : timeOption('--at', asked, io.now(), timezone)
  const from = instantOf(localTime(at, timezone).toPlainDate().toPlainDateTime(), timezone, 'first')
  return { at, from, until: from + WEEK_MS }
}

function viewOf(name: string, { directory }: People, options: ViewOptions, io: CliIo): View {
  const timezone = ownProperty(directory.schedules, name)?.timezone ?? io.timezone
  const { at, from, until } = timesOf(options, timezone, io)
  const [present] = shiftsBetween(directory, name, at, at + 1)
  return {
    name,
    timezone,
    at,
    contacts: present?.contacts ?? [],
    until: present?.end ?? at,
    next: nextOnCall(directory, name, at),
    names: Object.fromEntries(Object.entries(directory.contacts).map(([id, one]) => [id, one.name])),
    shifts: options.week ? shiftsBetween(directory, name, from, until) : [],
    gaps: options.gaps ? gapsBetween(directory, name, at, at + GAP_DAYS * DAY_MS) : [],
  }
}
