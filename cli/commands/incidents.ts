import { Option } from 'commander'
import { worstFirst } from '../../shared/incidents/severity.ts'
import { timeSeenFrom } from '../../shared/messages/times.ts'
import { words } from '../../shared/messages/words.ts'
import type { SpokenCommand } from '../command.ts'
import type { Desk, Listed } from '../desk/desk.ts'
import { openDesk } from '../desk/open-desk.ts'
import { CommandError, FINE } from '../failure.ts'
import { numberOf } from '../incident.ts'
import type { CliIo, Done } from '../io.ts'
import { table } from '../table.ts'
import { addConsoleOption, addTargetOptions, type TargetOptions } from '../target.ts'
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
  addConsoleOption(addTargetOptions(command))
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
      const desk = await openDesk(options, io)
      await (number === undefined ? list(desk, options, io) : tell(desk, number, options, io))
      done(FINE)
    })
}

async function list(desk: Desk, options: IncidentsOptions, io: CliIo): Promise<void> {
  const [which, limit] = options.resolved ? (['resolved', LISTED_RESOLVED] as const) : (['open', LISTED] as const)
  const listed = await desk.list(which, limit)
  const incidents = which === 'open' ? listed.toSorted(worstFirst) : listed
  if (options.json) {
    io.out(
      JSON.stringify(
        incidents.map(({ machines }) => machines),
        null,
        2,
      ),
    )
    return
  }
  const say = incidentWords[io.language]
  if (incidents.length === 0) return io.out(say.none[which](desk.name))
  const rows = incidents.map((incident) => row(incident, io))
  io.out(table(say.head, rows))
}

function row({ number, severity, project, title, openedAt, status, who }: Listed, io: CliIo): string[] {
  const { language } = io
  const severityWord = language === 'en' ? severity : words[language].severity[severity]
  const opened = timeSeenFrom(io.now(), openedAt, io.timezone)
  return [`#${number}`, severityWord, project, title, opened, words[language].status[status], who]
}

async function tell(desk: Desk, number: number, options: IncidentsOptions, io: CliIo): Promise<void> {
  if (options.format === 'md') return io.out(await desk.postMortem(number))
  const { facts, history, machines } = await desk.read(number)
  io.out(options.json ? JSON.stringify(await machines(), null, 2) : [...facts, '', ...history].join('\n'))
}
