import { Option } from 'commander'
import { ownProperty } from '../../shared/contracts/own-property.ts'
import type { Instant, Language } from '../../shared/contracts/words.ts'
import { dateAndTime } from '../../shared/messages/times.ts'
import { localTime } from '../../shared/oncall/clock.ts'
import type { SpokenCommand } from '../command.ts'
import { addConfigOption, addOnCallOption } from '../configuration.ts'
import { consoleOf } from '../desk/place.ts'
import { BAD, FINE } from '../failure.ts'
import type { CliIo, Done } from '../io.ts'
import { calendarLines } from '../oncall/calendar.ts'
import { verifiedAt, viewsAt } from '../oncall/console.ts'
import { tellVerified, verifiedThere } from '../oncall/verified.ts'
import { GAP_DAYS, type View, type ViewOptions, type Views, viewsThere } from '../oncall/views.ts'
import { namesText } from '../shift-lines.ts'
import { table } from '../table.ts'
import { addConsoleOption, addTargetOptions } from '../target.ts'
import { commonWords } from '../words/common.ts'
import { oncallWords } from '../words/oncall.ts'

interface OnCallCommandOptions extends ViewOptions {
  verified?: true
  json?: true
}

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
  addConsoleOption(addTargetOptions(addOnCallOption(addConfigOption(command))), say.console)
    .withNotes(
      say.notes,
      'bin/fenghuo.js oncall',
      'bin/fenghuo.js oncall sre --week --stage prod',
      'bin/fenghuo.js oncall --gaps',
      'bin/fenghuo.js oncall --verified --stage prod',
      'bin/fenghuo.js oncall --console https://console.example.com',
    )
    .action(async (names: string[], options: OnCallCommandOptions) => done(await oncall(names, options, io)))
}

async function oncall(names: string[], options: OnCallCommandOptions, io: CliIo): Promise<number> {
  const { deployed, verified, week, gaps, json } = options
  // Without a word it is told by oncall.yml, wherever a console may be.
  const place = options.console || deployed || verified ? consoleOf(options, io) : undefined
  if (verified) {
    const people = place === undefined ? await verifiedThere(options, io) : await verifiedAt(place, io)
    return tellVerified(people, json === true, io)
  }
  const found = await (place === undefined ? viewsThere(names, options, io) : viewsAt(names, options, place, io))
  const { views, source } = found
  if (json) io.out(JSON.stringify({ source, schedules: Object.fromEntries(views.map(shown)) }, null, 2))
  else if (views.length === 0) io.out(oncallWords[io.language].oncall.none(source))
  else if (gaps) tellGaps(views, io)
  else if (week) for (const view of views) io.out(weekText(view, io.language))
  else io.out(nowText(found, io.language))
  const isGap = options.gaps
    ? views.some(({ gaps }) => gaps.length > 0)
    : views.some(({ contacts }) => contacts.length === 0)
  return isGap ? BAD : FINE
}

function nowText({ views, source }: Views, language: Language): string {
  const say = oncallWords[language].oncall
  const rows = views.map(({ name, timezone, contacts, until, next, names }) => [
    name,
    namesText(called(contacts, names), language),
    dateAndTime(until, timezone),
    timezone,
    next.length > 0 ? namesText(called(next, names), language) : '-',
  ])
  return `${table(say.head, rows)}\n${say.by(source)}`
}

/** People by what they are called, as `route` tells them. */
function called(contacts: string[], names: Record<string, string>): string[] {
  return contacts.map((contact) => ownProperty(names, contact) ?? contact)
}

function weekText({ name, timezone, at, names, ...view }: View, language: Language): string {
  const shifts = view.shifts.map((shift) => ({ ...shift, contacts: called(shift.contacts, names) }))
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
