import { type Command, Option } from 'commander'
import { Temporal } from 'temporal-polyfill'
import { ownProperty } from '../../shared/contracts/own-property.ts'
import { didYouMean } from '../../shared/contracts/suggest.ts'
import type { Instant } from '../../shared/contracts/words.ts'
import { dateAndTime } from '../../shared/messages/times.ts'
import { instantOf, localTime } from '../../shared/oncall/clock.ts'
import { nextOnCall } from '../../shared/oncall/on-call.ts'
import { gapsBetween, shiftsBetween } from '../../shared/oncall/shifts.ts'
import { timeMeant } from '../../shared/oncall/time-meant.ts'
import { addConfigOption, addOnCallOption, type OnCallOptions } from '../configuration.ts'
import { BAD, CommandError, FINE } from '../failure.ts'
import type { CliIo, Done } from '../io.ts'
import { calendarLines } from '../oncall/calendar.ts'
import { findPeople, type People } from '../oncall/people.ts'
import { namesText } from '../shift-lines.ts'
import { table } from '../table.ts'
import { addTargetOptions, type TargetOptions } from '../target.ts'

interface OnCallCommandOptions extends OnCallOptions, TargetOptions {
  at?: string
  week?: true
  gaps?: true
  deployed?: true
  json?: true
}

const DAY_MS = 86_400_000

/** As far as gaps are looked for. */
const GAP_DAYS = 28

export function addOncall(program: Command, io: CliIo, done: Done): void {
  const command = program
    .command('oncall')
    .description('Who is on call now, and next; a week of it, or the gaps ahead')
    .argument('[schedules...]', 'all of them when absent')
    .option('--at <time>', "such as 2026-12-05T18:30, `Sat 18:00`: by the schedule's clock (default: now)")
    .addOption(new Option('--week', 'the shifts of seven days, as a table and as a calendar'))
    .addOption(new Option('--gaps', 'when nobody is on call in the next four weeks').conflicts('week'))
    .option('--deployed', 'by the contacts table, in place of oncall.yml; so is every deployment that you name')
    .option('--json', 'one object for machines')
  addTargetOptions(addOnCallOption(addConfigOption(command)))
    .addHelpText(
      'after',
      '\nExit code 1: somewhere nobody is on call. What is shown is what pages: `route` and the engine ask the same function.' +
        '\n\nExamples:\n  bin/fenghuo.js oncall\n  bin/fenghuo.js oncall sre --week --stage prod\n  bin/fenghuo.js oncall --gaps',
    )
    .action(async (names: string[], options: OnCallCommandOptions) => done(await oncall(names, options, io)))
}

async function oncall(names: string[], options: OnCallCommandOptions, io: CliIo): Promise<number> {
  const people = await findPeople(options, io)
  const known = Object.keys(people.directory.schedules)
  const unknown = names.find((name) => !known.includes(name))
  if (unknown !== undefined)
    throw new CommandError(
      `no schedule is named \`${unknown}\`${didYouMean(unknown, known)}; there are: ${known.join(', ')}`,
    )
  const views = (names.length > 0 ? names : known).map((name) => viewOf(name, people, options, io))
  if (options.json)
    io.out(JSON.stringify({ source: people.source, schedules: Object.fromEntries(views.map(shown)) }, null, 2))
  else if (views.length === 0) io.out(`${people.source} has no schedules: its policies page contacts.`)
  else if (options.gaps) tellGaps(views, io)
  else if (options.week) for (const view of views) io.out(weekText(view))
  else io.out(nowText(views, people))
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
  const at = options.at === undefined ? io.now() : timeOf(options.at, timezone, io)
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

function timeOf(text: string, timezone: string, io: CliIo): Instant {
  const meant = timeMeant(text, io.now(), timezone)
  if (meant === undefined) throw new CommandError(`--at ${text}: write a time such as 2026-12-05T18:30 or "Sat 18:00"`)
  return instantOf(Temporal.PlainDateTime.from(meant), timezone, 'first')
}

function startOfDay(at: Instant, timezone: string): Instant {
  return instantOf(localTime(at, timezone).toPlainDate().toPlainDateTime(), timezone, 'first')
}

function nowText(views: View[], { source }: People): string {
  const rows = views.map(({ name, timezone, contacts, until, next }) => [
    name,
    namesText(contacts),
    dateAndTime(until, timezone),
    timezone,
    next.length > 0 ? namesText(next) : '-',
  ])
  return `${table(['SCHEDULE', 'ON CALL', 'UNTIL', 'ZONE', 'NEXT'], rows)}\n(by ${source})`
}

function weekText({ name, timezone, at, shifts }: View): string {
  const rows = shifts.map(({ contacts, start, end }) => [
    dateAndTime(start, timezone),
    dateAndTime(end, timezone),
    namesText(contacts),
  ])
  const first = localTime(at, timezone).toPlainDate()
  const lines = [...calendarLines(shifts, first, 7, timezone), '', table(['FROM', 'TO', 'ON CALL'], rows), '']
  return [`${name} (${timezone})`, ...lines].join('\n')
}

function tellGaps(views: View[], io: CliIo): void {
  const rows = views.flatMap(({ name, timezone, gaps }) =>
    gaps.map(({ start, end }) => [name, dateAndTime(start, timezone), dateAndTime(end, timezone), timezone]),
  )
  io.out(rows.length === 0 ? `No gap in the next ${GAP_DAYS} days.` : table(['NOBODY IN', 'FROM', 'TO', 'ZONE'], rows))
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
