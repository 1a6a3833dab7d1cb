import { descriptors } from '../../shared/channels/descriptors.ts'
import type { Language } from '../../shared/contracts/words.ts'
import type { Incident } from '../../shared/incidents/incident.ts'
import { milestonesOf, outreachIn } from '../../shared/incidents/post-mortem.ts'
import type { TimelineEntry } from '../../shared/incidents/timeline-entry.ts'
import { oneLine } from '../../shared/messages/cut.ts'
import { summaryIn } from '../../shared/messages/facts.ts'
import { timelineText, timelineTime } from '../../shared/messages/timeline.ts'
import { dateAndTime, duration } from '../../shared/messages/times.ts'
import { words } from '../../shared/messages/words.ts'
import { titleOf } from '../incident.ts'
import type { CliIo } from '../io.ts'
import { markdownTable } from '../markdown.ts'
import { postMortemWords } from '../words/post-mortem.ts'
import type { Series } from './series.ts'

/** A post-mortem's beginning: what is known of an incident, for people to write on. */
export function postMortem(incident: Incident, entries: TimelineEntry[], series: Series[], io: CliIo): string {
  const { language, timezone } = io
  const say = postMortemWords[language]
  const { openedAt, resolved, severity, worst } = incident
  const time = (at: number) => timelineTime(openedAt, at, timezone)
  const line = (entry: TimelineEntry) => timelineText(entry, language, timezone, descriptors)
  const facts = [
    [say.summary, oneLine(summaryIn(language, incident), 1024)],
    [say.severity, words[language].severity[worst ?? severity]],
    [say.opened, `${dateAndTime(openedAt, timezone)} (${timezone})`],
    [say.ended, resolved === undefined ? say.stillOpen : dateAndTime(resolved.at, timezone)],
    ...Object.entries(milestonesOf(incident, entries)).map(([name, ms]) => [
      say.milestones[name as keyof typeof say.milestones],
      duration(ms, language),
    ]),
  ]
  return [
    `# ${titleOf(incident, io)}`,
    markdownTable(say.factsHead, facts.map(cells)),
    `## ${say.timeline}`,
    markdownTable(
      say.timelineHead,
      entries.map((entry) => cells([time(entry.at), line(entry)])),
    ),
    `## ${say.told}`,
    markdownTable(
      say.timelineHead,
      outreachIn(entries).map((entry) => cells([time(entry.at), line(entry)])),
    ),
    ...seen(series, language, time),
    ...say.empty.map((title) => `## ${title}\n`),
  ].join('\n\n')
}

/** For a chart: a line a run. */
function seen(series: Series[], language: Language, time: (at: number) => string): string[] {
  if (series.length === 0) return []
  const lines = series.flatMap(({ vantage, points }) =>
    points.map(({ at, outcome, latencyMs }) => [time(at), vantage, outcome, latencyMs].join(',')),
  )
  return [
    `## ${postMortemWords[language].seen}`,
    ['```csv', 'time,vantage,outcome,latency_ms', ...lines, '```'].join('\n'),
  ]
}

/** A table's cell has no line of its own, and what others wrote makes no HTML. */
function cells(row: (string | undefined)[]): string[] {
  return row.map((cell = '') => cell.replaceAll('<', '&lt;').replace(/\s+/g, ' '))
}
