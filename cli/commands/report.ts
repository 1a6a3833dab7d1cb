import { parseDuration } from '../../shared/contracts/duration.ts'
import type { Instant } from '../../shared/contracts/words.ts'
import type { Report } from '../../shared/incidents/report.ts'
import { dateAndTime } from '../../shared/messages/times.ts'
import { instantMeant } from '../../shared/oncall/time-meant.ts'
import type { SpokenCommand } from '../command.ts'
import { addConfigOption, type ConfigOptions } from '../configuration.ts'
import { consoleOf } from '../desk/place.ts'
import { CommandError, FINE } from '../failure.ts'
import type { CliIo, Done } from '../io.ts'
import { reportAt } from '../report/console.ts'
import { reportThere } from '../report/tables.ts'
import { type Ahead, reportText } from '../report/text.ts'
import { addConsoleOption, addTargetOptions, type TargetOptions } from '../target.ts'
import { commonWords } from '../words/common.ts'
import { reportWords } from '../words/report.ts'

interface ReportOptions extends ConfigOptions, TargetOptions {
  since: string
  project?: string
  json?: true
}

export function addReport(program: SpokenCommand, io: CliIo, done: Done): void {
  const say = reportWords[io.language]
  const command = program
    .command('report')
    .description(say.about)
    .option('--since <time>', say.since, '7d')
    .option('--project <project>', say.project)
    .option('--json', commonWords[io.language].json)
  addConsoleOption(addTargetOptions(addConfigOption(command)))
    .withNotes(say.notes, 'bin/fenghuo.js report', 'bin/fenghuo.js report --since 30d --project pay --stage prod')
    .action(async (options: ReportOptions) => done(await report(options, io)))
}

async function report(options: ReportOptions, io: CliIo): Promise<number> {
  const from = sinceOption(options.since, io)
  const place = consoleOf(options, io)
  const read = place === undefined ? reportThere(from, options, io) : reportAt(from, options.project, place, io)
  const { report: found, ahead, to, isWhole } = await read
  if (options.json) io.out(JSON.stringify(shown(found, ahead, from, to), null, 2))
  else io.out(reportText(found, ahead, { from, to }, io))
  if (!isWhole) io.err(commonWords[io.language].warning(reportWords[io.language].notWhole))
  return FINE
}

/** `7d` before now, or a time that has passed. */
function sinceOption(text: string, io: CliIo): Instant {
  const ms = parseDuration(text)
  const from = ms === undefined ? instantMeant(text, io.now(), io.timezone) : io.now() - ms
  if (from !== undefined && from < io.now()) return from
  const comes = from === undefined ? undefined : dateAndTime(from, io.timezone)
  throw new CommandError({
    en: `--since ${text}: ${comes ? `${comes} is still to come; ` : ''}write 7d, or a date such as 2026-11-23`,
    zh: `--since ${text}：${comes ? `${comes} 还没有到；` : ''}写 7d，或 2026-11-23 这样的日期`,
  })
}

function shown(report: Report, ahead: Ahead, from: Instant, to: Instant) {
  const iso = (at: Instant) => new Date(at).toISOString()
  return {
    from: iso(from),
    to: iso(to),
    ...report,
    silences: ahead.silences.map(({ id, by, comment, startsAt, endsAt }) => ({
      id,
      by,
      comment,
      from: iso(startsAt),
      to: iso(endsAt),
    })),
    gaps: ahead.gaps.map(({ schedule, start, end }) => ({ schedule, from: iso(start), to: iso(end) })),
  }
}
