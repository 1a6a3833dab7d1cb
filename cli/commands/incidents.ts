import { Option } from 'commander'
import { descriptors } from '../../shared/channels/descriptors.ts'
import type { Instant, Language } from '../../shared/contracts/words.ts'
import { seriesAround } from '../../shared/engine/series-around.ts'
import type { Incident } from '../../shared/incidents/incident.ts'
import { milestonesOf, outreachIn } from '../../shared/incidents/post-mortem.ts'
import { worstFirst } from '../../shared/incidents/severity.ts'
import type { TimelineEntry } from '../../shared/incidents/timeline-entry.ts'
import { doer } from '../../shared/messages/action-words.ts'
import { oneLine } from '../../shared/messages/cut.ts'
import { factIn, summaryIn, titleIn } from '../../shared/messages/facts.ts'
import { heldText } from '../../shared/messages/held.ts'
import { vantageName } from '../../shared/messages/places.ts'
import { postMortem } from '../../shared/messages/post-mortem.ts'
import { timelineText, timelineTime } from '../../shared/messages/timeline.ts'
import { duration, latency, timeSeenFrom, utcOffset } from '../../shared/messages/times.ts'
import { words } from '../../shared/messages/words.ts'
import { listIncidents, neighboursOf, readTimeline } from '../../shared/store/incidents.ts'
import type { SpokenCommand } from '../command.ts'
import { storeOf } from '../engine.ts'
import { CommandError, FINE } from '../failure.ts'
import { actionText, findIncident, numberOf, shownIncident, titleOf } from '../incident.ts'
import type { CliIo, Done } from '../io.ts'
import { table, width } from '../table.ts'
import { addTargetOptions, findTarget, type TargetOptions } from '../target.ts'
import { incidentWords } from '../words/incidents.ts'

interface IncidentsOptions extends TargetOptions {
  resolved?: true
  format?: 'md' | 'json'
  json?: true
}

/** More than this nobody reads in a terminal; the newest come first. */
const LISTED = 200
const LISTED_RESOLVED = 50

export function addIncidents(program: SpokenCommand, io: CliIo, done: Done): void {
  const say = incidentWords[io.language]
  const command = program
    .command('incidents')
    .description(say.about)
    .argument('[number]', say.number, numberOf(io.language))
    .option('--resolved', say.resolved(LISTED_RESOLVED))
    .addOption(new Option('--format <format>', say.format).choices(['md', 'json']).conflicts('json'))
    .option('--json', say.json)
  addTargetOptions(command)
    .withNotes(
      '',
      'bin/fenghuo.js incidents',
      'bin/fenghuo.js incidents 1024 --stage prod',
      'bin/fenghuo.js incidents 1024 --format md > post-mortem.md',
    )
    .action(async (number: number | undefined, written: IncidentsOptions) => {
      const options = written.format === 'json' ? { ...written, json: true as const } : written
      if (number === undefined && options.format === 'md')
        throw new CommandError({ en: incidentWords.en.mdOfOne, zh: incidentWords.zh.mdOfOne })
      await (number === undefined ? list(options, io) : tell(number, options, io))
      done(FINE)
    })
}

async function list(options: IncidentsOptions, io: CliIo): Promise<void> {
  const target = findTarget(options, io)
  const [which, limit] = options.resolved ? (['resolved', LISTED_RESOLVED] as const) : (['open', LISTED] as const)
  const listed = await listIncidents(which, limit, storeOf(target, io))
  const incidents = which === 'open' ? listed.toSorted(worstFirst) : listed
  const language = io.language
  const shown = incidents.map((incident) => shownIncident(incident, { language }))
  if (options.json) return io.out(JSON.stringify(shown, null, 2))
  const say = incidentWords[language]
  if (incidents.length === 0) return io.out(say.none[which](target.name))
  const rows = incidents.map((incident) => row(incident, language, io))
  io.out(table(say.head, rows))
}

function row(incident: Incident, language: Language, io: CliIo): string[] {
  const { number, severity, project, openedAt, status } = incident
  const opened = timeSeenFrom(io.now(), openedAt, io.timezone)
  const severityWord = language === 'en' ? severity : words[language].severity[severity]
  return [
    `#${number}`,
    severityWord,
    project,
    titleIn(language, incident),
    opened,
    words[language].status[status],
    whoOf(incident, language, io),
  ]
}

/** Who has it, or who is being paged, and whether by phone. */
function whoOf({ status, acknowledged, resolved, escalation }: Incident, language: Language, io: CliIo): string {
  const say = incidentWords[language]
  if (status === 'resolved') return resolved ? actionText(resolved, io.now(), io) : ''
  if (status === 'acknowledged') return acknowledged ? actionText(acknowledged, io.now(), io) : ''
  if (escalation.phase !== 'layer') return say.phase[escalation.phase]
  const { list } = words[language]
  const [called, written] = [true, false].map((isCall) => {
    const attempts = escalation.attempts.filter(({ channel }) => (channel === 'phone') === isCall)
    return [...new Set(attempts.map(({ name }) => name))].join(list)
  })
  return called ? say.calling(called) : say.inWriting(written ?? '')
}

async function tell(number: number, options: IncidentsOptions, io: CliIo): Promise<void> {
  const { found: incident, target } = await findIncident(number, options, io)
  const store = storeOf(target, io)
  const [entries, neighbours] = await Promise.all([
    readTimeline(incident, store),
    neighboursOf(incident, store.incidents),
  ])
  const language = io.language
  const isWhole = options.json || options.format === 'md'
  const series = isWhole ? await seriesAround(incident, io.now(), store) : []
  if (options.format === 'md')
    return io.out(postMortem(incident, entries, series, { ...io, title: titleOf(incident, io), channels: descriptors }))
  if (!options.json) {
    const told = [...facts(incident, neighbours, language, io), '', ...history(entries, incident, language, io)]
    return io.out(told.join('\n'))
  }
  const timeline = entries.map((entry) => ({ ...entry, text: timelineText(entry, language, io.timezone, descriptors) }))
  const { before, after } = neighbours
  const shown = {
    ...shownIncident(incident, { language }),
    before: before?.number,
    after: after?.number,
    milestones: milestonesOf(incident, entries),
    timeline,
    told: outreachIn(entries),
    series,
  }
  io.out(JSON.stringify(shown, null, 2))
}

function facts(
  incident: Incident,
  { before, after }: { before: Incident | undefined; after: Incident | undefined },
  language: Language,
  io: CliIo,
): string[] {
  const { severity, state, status, flapping, openedAt, acknowledged, resolved, closedTooSoon } = incident
  const { label, ...say } = incidentWords[language]
  const { comma, colon, brackets, ...spoken } = words[language]
  const now = io.now()
  const who = whoOf(incident, language, io)
  const opened = timeSeenFrom(now, openedAt, io.timezone) + brackets(utcOffset(openedAt, io.timezone))
  const lines: [string, string | undefined][] = [
    [label.status, spoken.status[status] + (status === 'resolved' || who === '' ? '' : colon + who)],
    [
      label.why,
      closedTooSoon &&
        spoken.closedTooSoon(doer(closedTooSoon, language), timeSeenFrom(now, closedTooSoon.at, io.timezone)),
    ],
    [label.held, flapping && status !== 'resolved' ? heldText(flapping, now, language, io.timezone) : undefined],
    [label.summary, oneLine(summaryIn(language, incident), 1024)],
    [label.source, incident.source === 'unknown' ? undefined : oneLine(incident.source, 255)],
    [label.opened, opened + comma + duration((resolved?.at ?? now) - openedAt, language)],
    [label.acknowledged, acknowledged && actionText(acknowledged, now, io)],
    [label.resolved, resolved && actionText(resolved, now, io)],
    ...seen(incident, language),
    ...decoration(incident, language),
    [label.reached, say.reached(incident.calls, incident.texts)],
    [label.before, before && generationText(before, language, io)],
    [label.after, after && generationText(after, language, io)],
  ]
  const known = lines.filter(([, value]) => value)
  const head = [spoken.severity[severity], state && spoken.state[state]].filter(Boolean).join(' ')
  return [titleOf(incident, { language }) + colon + head, ...aligned(known)]
}

function seen({ sightings }: Incident, language: Language): [string, string][] {
  const { comma, sees } = words[language]
  return sightings.map(({ vantage, verdict, fault, latencyMs }) => [
    vantageName(vantage, language),
    [sees[verdict], fault && oneLine(factIn(language, fault), 200), latencyMs && latency(latencyMs)]
      .filter(Boolean)
      .join(comma),
  ])
}

function decoration({ labels = {}, runbook, links }: Incident, language: Language): [string, string | undefined][] {
  const { label } = incidentWords[language]
  return [
    ...Object.entries(labels).map(([name, value]): [string, string] => [label.label, oneLine(`${name}=${value}`, 330)]),
    [label.runbook, runbook && oneLine(runbook, 2048)],
    ...links.map(({ href, text }): [string, string] => [label.link, oneLine(text ? `${text}: ${href}` : href, 2300)]),
  ]
}

/** The same trouble at another time. */
function generationText({ number, openedAt, resolved }: Incident, language: Language, io: CliIo): string {
  const say = incidentWords[language]
  const opened = timeSeenFrom(io.now(), openedAt, io.timezone)
  const lasted = duration((resolved?.at ?? io.now()) - openedAt, language)
  const byHand = resolved?.by && actionText(resolved, io.now(), io)
  return say.generation(number, opened, lasted, resolved ? (byHand ?? say.recovered) : say.stillOpen)
}

function aligned(lines: [string, string | undefined][]): string[] {
  const widest = Math.max(...lines.map(([label]) => width(label)))
  return lines.map(([label, value]) => `  ${label}${' '.repeat(widest - width(label))}  ${value}`)
}

/** The timeline in words, one line an entry. */
export function history(entries: TimelineEntry[], { openedAt }: { openedAt: Instant }, language: Language, io: CliIo) {
  return entries.map((entry) => {
    const time = timelineTime(openedAt, entry.at, io.timezone)
    return `${time}  ${timelineText(entry, language, io.timezone, descriptors)}`
  })
}
