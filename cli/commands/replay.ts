import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { Alert } from '../../shared/contracts/alert.ts'
import { ownProperty } from '../../shared/contracts/own-property.ts'
import type { Severity } from '../../shared/contracts/words.ts'
import { alertsOf } from '../../shared/engine/take-request.ts'
import { told } from '../../shared/ingest/answers.ts'
import { decode } from '../../shared/ingest/decode.ts'
import type { Format, Taken } from '../../shared/ingest/format.ts'
import { formats } from '../../shared/ingest/registry.ts'
import { factIn } from '../../shared/messages/facts.ts'
import type { Plan } from '../../shared/oncall/plan.ts'
import { planFor } from '../../shared/oncall/plans.ts'
import { addConfigOption, addOnCallOption, type OnCallOptions, readBoth, reasonOf } from '../configuration.ts'
import { BAD, CommandError, FINE } from '../failure.ts'
import { projectOf } from '../inbound/where.ts'
import type { CliIo, Done } from '../io.ts'
import { layersTable, withoutPhones, writtenDirectories } from '../plans.ts'
import { several, table } from '../table.ts'
import { formatNamed } from './inbound.ts'

type ReplayOptions = OnCallOptions & { format?: string; project?: string; json?: true }

export function addReplay(program: Command, io: CliIo, done: Done): void {
  const command = program
    .command('replay')
    .description('What would come of a payload of another system; nothing is sent')
    .argument('<file>', 'the body of the request; - is standard input')
    .option('--format <format>', 'whose payload it is (default: by its looks)')
    .option('--project <project>', 'whose key it would come with (default: the one that it names, else the first)')
    .option('--json', 'one object for machines')
  addOnCallOption(addConfigOption(command))
    .addHelpText(
      'after',
      '\nExit code 1: the payload would be refused.' +
        '\n\nExamples:\n  bin/fenghuo.js replay webhook.json\n  bin/fenghuo.js replay callback.txt --format aliyun --project pay',
    )
    .action(async (file: string, options: ReplayOptions) => done(await replay(file, options, io)))
}

async function replay(file: string, options: ReplayOptions, io: CliIo): Promise<number> {
  const text = await textOf(file, io)
  const { config, people, problems, told: wrong } = readBoth(options, io)
  if (config === undefined || problems.length > 0) throw new CommandError(`the configuration is wrong\n${wrong}`)
  const { format, body } = understood(text, options.format)
  const read = format.schema.safeParse(body)
  if (!read.success) {
    const problems = told(read.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })))
    if (options.json) io.out(JSON.stringify({ format: format.format, refused: problems }, null, 2))
    else io.out(`${format.title[io.language]}: refused\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
    return BAD
  }
  const name = projectOf(options.project ?? (format.projectOf?.(read.data) || undefined), config)
  const project = ownProperty(config.projects, name)
  if (project === undefined) return BAD
  const taken = alertsOf(format, read.data, {
    project: { name, title: project.title, severity: project.severity, language: config.language },
    receivedAt: io.now(),
    token: io.randomId,
    options: ownProperty(project.inbound ?? {}, format.format),
    earlier: {},
  })
  const directory = writtenDirectories(config, people ?? { contacts: {}, schedules: {}, overrides: [] })
  const planning = { config, directory, phoneHashOf: () => '' }
  const plans = await Promise.all(
    kindsOf(taken).map(async ({ severity, once }) => {
      const plan = await planFor(name, severity, io.now(), planning, { once })
      return { severity, once, plan }
    }),
  )
  if (options.json) {
    const told = plans.map(({ severity, once, plan }) => ({ severity, once, ...withoutPhones(plan) }))
    io.out(JSON.stringify({ format: format.format, project: name, ...taken, told }, null, 2))
  } else io.out(shown(format, taken, name, plans, people !== undefined, io))
  return FINE
}

/** Whom an alert reaches goes by its severity, and by whether it goes on. */
interface Kind {
  severity: Severity
  once: boolean
}

function kindsOf({ alerts }: Taken): Kind[] {
  const triggers = alerts.filter(({ action }) => action === 'trigger')
  const kinds = triggers.map(({ severity, once = false }): [string, Kind] => [
    `${severity} ${once}`,
    { severity, once },
  ])
  return [...new Map(kinds).values()]
}

/** A payload as the format's own requests carry it; by its looks where nobody says whose it is. */
function understood(text: string, name: string | undefined): { format: Format; body: unknown } {
  const encodings: ('form' | 'multipart')[] = ['form']
  const request = { method: 'POST', path: '', query: new URLSearchParams(), headers: {}, body: Buffer.from(text) }
  const decoded = decode(request, encodings)
  if (!('body' in decoded)) throw new CommandError(`this is neither JSON nor a form: ${decoded.message}`)
  const format = name === undefined ? formats.find(({ matches }) => matches(decoded.body)) : formatNamed(name)
  if (format === undefined) throw new CommandError('no format looks like this: name one with --format')
  return { format, body: decoded.body }
}

async function textOf(file: string, io: CliIo): Promise<string> {
  if (file === '-') return (await io.readInput?.()) ?? ''
  try {
    return readFileSync(resolve(io.cwd, file), 'utf8')
  } catch (error) {
    throw new CommandError(`${file}: ${reasonOf(error)}`)
  }
}

function shown(
  format: Format,
  { alerts, notes }: Taken,
  name: string,
  plans: (Kind & { plan: Plan })[],
  isStaffed: boolean,
  io: CliIo,
): string {
  const keysOf = (some: Alert[]) => new Set(some.map(({ dedupKey }) => dedupKey)).size
  const triggers = alerts.filter(({ action }) => action === 'trigger')
  const opened = keysOf(triggers.filter(({ once }) => !once))
  const told = keysOf(triggers.filter(({ once }) => once))
  const lines = [`${format.title[io.language]}: ${several(alerts.length, 'alert')} of ${name}`]
  if (alerts.length > 0) lines.push('', table(['ACTION', 'SEVERITY', 'DEDUP KEY', 'SUMMARY'], alerts.map(row)))
  if (notes.length > 0) lines.push('', ...notes.map((note) => `note: ${factIn(io.language, note)}`))
  if (opened > 0) lines.push('', `Opens ${several(opened, 'incident')}, unless they are open.`)
  if (told > 0) lines.push('', `Tells of ${several(told, 'thing')} once: nothing stays open, and nobody is called.`)
  for (const { severity, once, plan } of plans) {
    lines.push('', `${severity}${once ? ', once' : ''}: ${toldBy(plan)}`)
    if (plan.pages && isStaffed) lines.push(layersTable(plan))
    else if (plan.pages) lines.push('Who is called is not known: there is no oncall.yml.')
  }
  return lines.join('\n')
}

const row = ({ action, severity, dedupKey, summary }: Alert) => [
  action,
  action === 'trigger' ? severity : '',
  dedupKey,
  summary,
]

function toldBy({ chat, pages }: Plan): string {
  const robots = chat.length > 0 ? `chat ${chat.join(', ')}` : 'no chat'
  return pages ? `${robots}, and layer by layer` : `${robots}; nobody is called`
}
