import type { Instant, Language } from '../../shared/contracts/words.ts'
import { severities } from '../../shared/contracts/words.ts'
import type { Silence } from '../../shared/incidents/pause/silence.ts'
import type { Noise, Report, Times } from '../../shared/incidents/report.ts'
import { titleIn } from '../../shared/messages/facts.ts'
import { dateAndTime, duration } from '../../shared/messages/times.ts'
import { words } from '../../shared/messages/words.ts'
import type { CliIo } from '../io.ts'
import { matchersText } from '../silence/matching.ts'
import { table } from '../table.ts'
import { reportWords } from '../words/report.ts'
import { silenceWords } from '../words/silence.ts'

/** What is known of the weeks to come. */
export interface Ahead {
  silences: Silence[]
  gaps: { schedule: string; timezone: string; start: Instant; end: Instant }[]
}

/** What a time on call was like until `to`, and what is ahead; `isWhole`: all incidents of it were looked through. */
export interface Reported {
  report: Report
  ahead: Ahead
  to: Instant
  isWhole: boolean
}

/** More of what is noisy nobody puts right in a week. */
const NOISIEST = 10

/** A report for people. */
export function reportText(
  report: Report,
  ahead: Ahead,
  { from, to }: { from: Instant; to: Instant },
  { language, timezone }: Pick<CliIo, 'language' | 'timezone'>,
): string {
  const say = reportWords[language]
  const time = (at: Instant) => dateAndTime(at, timezone)
  const bySeverity = severities.flatMap((one) => {
    const count = report.opened[one]
    return count === undefined ? [] : [`${words[language].severity[one]} ${count}`]
  })
  return [
    say.title(time(from), time(to), timezone),
    '',
    say.incidents(bySeverity.join(words[language].list), report.open),
    say.pages(report.pages, report.calls, report.exhausted),
    say.acknowledged(timesText(report.acknowledged, language)),
    say.resolved(timesText(report.resolved, language)),
    '',
    table(
      say.peopleHead,
      report.people.map(({ name, pages, nights, calls, taken }) => [
        name,
        ...[pages, nights, calls, taken].map(String),
      ]),
    ),
    ...(report.evenness === undefined ? [] : [say.evenness(Math.round(report.evenness * 100))]),
    '',
    ...noisy(report, language),
    ...ahead.silences.map(({ id, by, comment, endsAt, matchers }) =>
      say.silence(id, matchersText(matchers, silenceWords[language].or), by, comment, time(endsAt)),
    ),
    ...ahead.gaps.map(({ schedule, timezone: zone, start, end }) =>
      say.gap(schedule, dateAndTime(start, zone), dateAndTime(end, zone), zone),
    ),
    ...(ahead.silences.length + ahead.gaps.length === 0 ? [say.nothingAhead] : []),
  ].join('\n')
}

function noisy({ noisiest }: Report, language: Language): string[] {
  if (noisiest.length === 0) return []
  const rows = noisiest
    .slice(0, NOISIEST)
    .map((noise) => [
      noise.project,
      nameOf(noise, language),
      ...[noise.incidents, noise.pages, noise.nights].map(String),
    ])
  return [table(reportWords[language].noisyHead, rows), '']
}

/** What is of our own has no title but its words. */
function nameOf({ title, code }: Noise, language: Language): string {
  return titleIn(language, { title, ...(code && { fact: { code, args: {} } }) })
}

function timesText({ count, meanMs, medianMs }: Times, language: Language): string {
  const say = reportWords[language]
  if (meanMs === undefined || medianMs === undefined) return say.none
  return say.times(count, duration(meanMs, language), duration(medianMs, language))
}
