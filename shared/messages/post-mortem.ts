import type { Change } from '../contracts/change.ts'
import type { Language } from '../contracts/words.ts'
import type { Incident } from '../incidents/incident.ts'
import { milestonesOf, outreachIn, type Series } from '../incidents/post-mortem.ts'
import type { TimelineEntry } from '../incidents/timeline-entry.ts'
import { changeText } from './changes.ts'
import { oneLine } from './cut.ts'
import { summaryIn } from './facts.ts'
import { markdownTable } from './markdown.ts'
import { postMortemWords } from './post-mortem-words.ts'
import { timelineText, timelineTime } from './timeline.ts'
import { dateAndTime, duration } from './times.ts'
import { words } from './words.ts'

/** How a post-mortem is written. */
export interface Reading {
  /** `#1024 pay / 收银台`. */
  title: string
  language: Language
  timezone: string
  channels: Parameters<typeof timelineText>[3]
  /** What was changed just before; undefined: that could not be read. */
  changes: Change[] | undefined
}

/** A post-mortem's beginning: what is known of an incident, for people to write on. */
export function postMortem(
  incident: Incident,
  entries: TimelineEntry[],
  series: Series[],
  { title, language, timezone, channels, changes }: Reading,
): string {
  const say = postMortemWords[language]
  const { openedAt, resolved, severity, worst } = incident
  const time = (at: number) => timelineTime(openedAt, at, timezone)
  const line = (entry: TimelineEntry) => timelineText(entry, language, timezone, channels)
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
    `# ${oneLine(title, 200)}`,
    markdownTable(say.factsHead, facts.map(cells)),
    ...changed(changes, incident, language, time),
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

function changed(
  changes: Change[] | undefined,
  { openedAt }: Incident,
  language: Language,
  time: (at: number) => string,
): string[] {
  const say = postMortemWords[language]
  if (changes === undefined) return [`## ${say.changed}`, say.changesUnread]
  if (changes.length === 0) return []
  const rows = changes.map((change) => cells([time(change.at), changeText(change, openedAt - change.at, language)]))
  return [`## ${say.changed}`, markdownTable(say.timelineHead, rows)]
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
