import { type Command, Option } from 'commander'
import type { Instant, Language } from '../../shared/contracts/words.ts'
import type { Incident, TimelineEntry } from '../../shared/incidents/incident.ts'
import { oneLine } from '../../shared/messages/cut.ts'
import { summaryIn, titleIn } from '../../shared/messages/facts.ts'
import { vantageName } from '../../shared/messages/places.ts'
import { timelineText, timelineTime } from '../../shared/messages/timeline.ts'
import { duration, latency, timeSeenFrom, utcOffset } from '../../shared/messages/times.ts'
import { listIncidents, readTimeline } from '../../shared/store/incidents.ts'
import { FINE } from '../failure.ts'
import { deedText, findIncident, numberOf, shownIncident, titleOf } from '../incident.ts'
import type { CliIo, Done } from '../io.ts'
import { incidentsOf } from '../path.ts'
import { several, table } from '../table.ts'
import { addTargetOptions, findTarget, type TargetOptions } from '../target.ts'

interface IncidentsOptions extends TargetOptions {
  resolved?: true
  language?: Language
  json?: true
}

/** More than this nobody reads in a terminal; the newest come first. */
const LISTED = 200
const LISTED_RESOLVED = 50

export function addIncidents(program: Command, io: CliIo, done: Done): void {
  const command = program
    .command('incidents')
    .description('List open incidents, or tell one with its timeline')
    .argument('[number]', 'of the incident to tell, such as 1024', numberOf)
    .option('--resolved', `list the last ${LISTED_RESOLVED} that are over`)
    .addOption(new Option('--language <language>', 'of the timeline (default: of the terminal)').choices(['zh', 'en']))
    .option('--json', 'for machines: a list, or one object with its timeline')
  addTargetOptions(command)
    .addHelpText('after', '\nExamples:\n  fenghuo incidents\n  fenghuo incidents 1024 --stage prod')
    .action(async (number: number | undefined, options: IncidentsOptions) => {
      await (number === undefined ? list(options, io) : tell(number, options, io))
      done(FINE)
    })
}

async function list(options: IncidentsOptions, io: CliIo): Promise<void> {
  const target = findTarget(options, io)
  const [which, limit] = options.resolved ? (['resolved', LISTED_RESOLVED] as const) : (['open', LISTED] as const)
  const incidents = await listIncidents(which, limit, incidentsOf(target))
  if (options.json)
    return io.out(
      JSON.stringify(
        incidents.map((incident) => shownIncident(incident, io)),
        null,
        2,
      ),
    )
  if (incidents.length === 0) return io.out(`No ${which} incidents at ${target.name}.`)
  const head = ['NUMBER', 'SEVERITY', 'PROJECT', 'TITLE', 'OPENED', 'STATUS', 'WHO']
  io.out(
    table(
      head,
      incidents.map((incident) => row(incident, io)),
    ),
  )
}

function row(incident: Incident, io: CliIo): string[] {
  const { number, severity, project, openedAt, status } = incident
  const opened = timeSeenFrom(io.now(), openedAt, io.timezone)
  return [`#${number}`, severity, project, titleIn(io.language, incident), opened, status, whoOf(incident, io)]
}

/** Who has it, or who is being paged. */
function whoOf({ status, acknowledged, resolved, escalation }: Incident, io: CliIo): string {
  if (status === 'resolved') return resolved ? deedText(resolved, io.now(), io) : ''
  if (status === 'acknowledged') return acknowledged ? deedText(acknowledged, io.now(), io) : ''
  const names = [...new Set(escalation.attempts.map(({ name }) => name))]
  const phases = {
    starting: 'about to be paged',
    layer: `paging ${names.join(', ')}`,
    next: 'about to be paged',
    told: 'told in chat only',
    exhausted: 'NOBODY ANSWERED',
    over: '',
  }
  return phases[escalation.phase]
}

async function tell(number: number, options: IncidentsOptions, io: CliIo): Promise<void> {
  const target = findTarget(options, io)
  const incidents = incidentsOf(target)
  const incident = await findIncident(number, incidents, target)
  const entries = await readTimeline(incident, incidents)
  const language = options.language ?? io.language
  if (!options.json)
    return io.out([...facts(incident, language, io), '', ...history(entries, incident, language, io)].join('\n'))
  const timeline = entries.map((entry) => ({ ...entry, text: timelineText(entry, language, io.timezone) }))
  io.out(JSON.stringify({ ...shownIncident(incident, { language }), timeline }, null, 2))
}

function facts(incident: Incident, language: Language, io: CliIo): string[] {
  const { severity, state, status, openedAt, acknowledged, resolved, sightings, runbook, links } = incident
  const now = io.now()
  const ended = resolved?.at ?? now
  const lines: [string, string | undefined][] = [
    ['status', `${status}${status === 'resolved' ? '' : `: ${whoOf(incident, io)}`}`],
    ['summary', oneLine(summaryIn(language, incident), 1024)],
    ['source', incident.source === 'unknown' ? undefined : oneLine(incident.source, 255)],
    [
      'opened',
      `${timeSeenFrom(now, openedAt, io.timezone)} (${utcOffset(openedAt, io.timezone)}), ${duration(ended - openedAt, 'en')}`,
    ],
    ['acknowledged', acknowledged && deedText(acknowledged, now, io)],
    ['resolved', resolved && deedText(resolved, now, io)],
    ...sightings.map(({ vantage, verdict, detail, latencyMs }): [string, string] => [
      vantageName(vantage, 'en'),
      [verdict, detail && oneLine(detail, 200), latencyMs === undefined ? undefined : latency(latencyMs)]
        .filter(Boolean)
        .join(', '),
    ]),
    ...Object.entries(incident.labels ?? {}).map(([name, value]): [string, string] => [
      'label',
      oneLine(`${name}=${value}`, 330),
    ]),
    ['runbook', runbook && oneLine(runbook, 2048)],
    ...links.map(({ href, text }): [string, string] => ['link', oneLine(text ? `${text}: ${href}` : href, 2300)]),
    ['reached by', `${several(incident.calls, 'call')}, ${several(incident.texts, 'text message')}`],
  ]
  const told = lines.filter(([, value]) => value)
  const width = Math.max(...told.map(([label]) => label.length))
  const labelled = told.map(([label, value]) => `  ${label.padEnd(width)}  ${value}`)
  return [
    `${titleOf(incident, { language })}: ${severity.toUpperCase()}${state ? ` ${state.toUpperCase()}` : ''}`,
    ...labelled,
  ]
}

/** The timeline in words, one line an entry. */
export function history(entries: TimelineEntry[], { openedAt }: { openedAt: Instant }, language: Language, io: CliIo) {
  return entries.map((entry) => {
    const time = timelineTime(openedAt, entry.at, io.timezone)
    return `${time}  ${timelineText(entry, language, io.timezone)}`
  })
}
