import { Option } from 'commander'
import { notNamed } from '../../shared/config/not-named.ts'
import { DAY_MS } from '../../shared/contracts/milliseconds.ts'
import { ownProperty } from '../../shared/contracts/own-property.ts'
import type { Instant, Language } from '../../shared/contracts/words.ts'
import { dateAndTime } from '../../shared/messages/times.ts'
import { instantOf, localTime } from '../../shared/oncall/clock.ts'
import { nextOnCall } from '../../shared/oncall/on-call.ts'
import { gapsBetween, shiftsBetween } from '../../shared/oncall/shifts.ts'
import type { SpokenCommand } from '../command.ts'
import { addConfigOption, addOnCallOption, type OnCallOptions } from '../configuration.ts'
import { BAD, CommandError, FINE } from '../failure.ts'
import type { CliIo, Done } from '../io.ts'
import { calendarLines } from '../oncall/calendar.ts'
import { findPeople, type People } from '../oncall/people.ts'
import { tellVerified } from '../oncall/verified.ts'
import { namesText } from '../shift-lines.ts'
import { table } from '../table.ts'
import { addTargetOptions, findTarget, type TargetOptions } from '../target.ts'
import { timeOption } from '../time-option.ts'
import { commonWords } from '../words/common.ts'
import { oncallWords } from '../words/oncall.ts'

interface OnCallCommandOptions extends OnCallOptions, TargetOptions {
  at?: string
  week?: true
  gaps?: true
  verified?: true
  deployed?: true
  json?: true
}

/** As far as gaps are looked for. */
const GAP_DAYS = 28

export function addOncall(program: SpokenCommand, io: CliIo, done: Done): void {
  const say = oncallWords[io.language].oncall
  const command = program
    .command('oncall')
    .description(say.about)
    .argument('[schedules...]', say.schedules)
    .option('--at <time>', say.at)
    .addOption(new Option('--week', say.week))
    .addOption(new Option('--gaps', say.gaps).conflicts('week'))
    .addOption(new Option('--verified', say.verified).conflicts(['week', 'gaps']))
    .option('--deployed', say.deployed)
    .option('--json', commonWords[io.language].json)
  addTargetOptions(addOnCallOption(addConfigOption(command)))
    .withNotes(
      say.notes,
      'bin/fenghuo.js oncall',
      'bin/fenghuo.js oncall sre --week --stage prod',
      'bin/fenghuo.js oncall --gaps',
      'bin/fenghuo.js oncall --verified --stage prod',
    )
    .action(async (names: string[], options: OnCallCommandOptions) => done(await oncall(names, options, io)))
}

async function oncall(names: string[], options: OnCallCommandOptions, io: CliIo): Promise<number> {
  if (options.verified)
    return tellVerified(
      await findPeople({ ...options, deployed: true }, io),
      findTarget(options, io),
      options.json === true,
      io,
    )
  const people = await findPeople(options, io)
  const known = Object.keys(people.directory.schedules)
  const unknown = names.find((name) => !known.includes(name))
  if (unknown !== undefined) throw new CommandError(notNamed('schedule', unknown, known).words)
  const views = (names.length > 0 ? names : known).map((name) => viewOf(name, people, options, io))
  if (options.json)
    io.out(JSON.stringify({ source: people.source, schedules: Object.fromEntries(views.map(shown)) }, null, 2))
  else if (views.length === 0) io.out(oncallWords[io.language].oncall.none(people.source))
  else if (options.gaps) tellGaps(views, io)
  else if (options.week) for (const view of views) io.out(weekText(view, io.language))
  else io.out(nowText(views, people, io.language))
  const isGap = options.gaps
    ? views.some(({ gaps }) => gaps.length > 0)
    : views.some(({ contacts }) => contacts.length === 0)
  return isGap ? BAD : FINE
}

/** What is told of a schedule. */
interface View {
  name: string
  timezone: string
  at: Instant
  contacts: string[]
  until: Instant
  next: string[]
  /** Of seven days, from the beginning of the day. */
  shifts: ReturnType<typeof shiftsBetween>
  gaps: ReturnType<typeof gapsBetween>
}

function viewOf(name: string, { directory }: People, options: OnCallCommandOptions, io: CliIo): View {
  const timezone = ownProperty(directory.schedules, name)?.timezone ?? io.timezone
  const at = options.at === undefined ? io.now() : timeOption('--at', options.at, io.now(), timezone)
  const [present] = shiftsBetween(directory, name, at, at + 1)
  const from = startOfDay(at, timezone)
  return {
    name,
    timezone,
    at,
    contacts: present?.contacts ?? [],
    until: present?.end ?? at,
    next: nextOnCall(directory, name, at),
    shifts: options.week ? shiftsBetween(directory, name, from, from + 7 * DAY_MS) : [],
    gaps: options.gaps ? gapsBetween(directory, name, at, at + GAP_DAYS * DAY_MS) : [],
  }
}

function startOfDay(at: Instant, timezone: string): Instant {
  return instantOf(localTime(at, timezone).toPlainDate().toPlainDateTime(), timezone, 'first')
}

function nowText(views: View[], { source }: People, language: Language): string {
  const say = oncallWords[language].oncall
  const rows = views.map(({ name, timezone, contacts, until, next }) => [
    name,
    namesText(contacts, language),
    dateAndTime(until, timezone),
    timezone,
    next.length > 0 ? namesText(next, language) : '-',
  ])
  return `${table(say.head, rows)}\n${say.by(source)}`
}

function weekText({ name, timezone, at, shifts }: View, language: Language): string {
  const rows = shifts.map(({ contacts, start, end }) => [
    dateAndTime(start, timezone),
    dateAndTime(end, timezone),
    namesText(contacts, language),
  ])
  const first = localTime(at, timezone).toPlainDate()
  const lines = [
    ...calendarLines(shifts, first, 7, timezone, language),
    '',
    table(oncallWords[language].oncall.shifts, rows),
    '',
  ]
  return [`${name} (${timezone})`, ...lines].join('\n')
}

function tellGaps(views: View[], io: CliIo): void {
  const rows = views.flatMap(({ name, timezone, gaps }) =>
    gaps.map(({ start, end }) => [name, dateAndTime(start, timezone), dateAndTime(end, timezone), timezone]),
  )
  const say = oncallWords[io.language].oncall
  io.out(rows.length === 0 ? say.noGap(GAP_DAYS) : table(say.gapsHead, rows))
}

/** What machines are told, with times as ISO 8601 has them. */
function shown({ name, timezone, at, contacts, until, next, shifts, gaps }: View) {
  const iso = (instant: Instant) => new Date(instant).toISOString()
  const spell = <T extends { start: Instant; end: Instant }>(each: T) => ({
    ...each,
    start: iso(each.start),
    end: iso(each.end),
  })
  return [
    name,
    { timezone, at: iso(at), contacts, until: iso(until), next, shifts: shifts.map(spell), gaps: gaps.map(spell) },
  ] as const
}
