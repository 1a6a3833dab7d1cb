import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { Alert } from '../../shared/contracts/alert.ts'
import type { CompiledConfig } from '../../shared/contracts/compiled-config.ts'
import { ownProperty } from '../../shared/contracts/own-property.ts'
import { alertsOf } from '../../shared/engine/take-request.ts'
import { told } from '../../shared/ingest/answers.ts'
import { decode } from '../../shared/ingest/decode.ts'
import type { Format, Taken } from '../../shared/ingest/format.ts'
import { formats } from '../../shared/ingest/registry.ts'
import { factIn } from '../../shared/messages/facts.ts'
import { addConfigOption, type ConfigOptions, readConfig, reasonOf } from '../configuration.ts'
import { BAD, CommandError, FINE } from '../failure.ts'
import { projectOf } from '../inbound/where.ts'
import type { CliIo, Done } from '../io.ts'
import { several, table } from '../table.ts'
import { formatNamed } from './inbound.ts'

type ReplayOptions = ConfigOptions & { format?: string; project?: string; json?: true }

export function addReplay(program: Command, io: CliIo, done: Done): void {
  const command = program
    .command('replay')
    .description('What would come of a payload of another system; nothing is sent')
    .argument('<file>', 'the body of the request; - is standard input')
    .option('--format <format>', 'whose payload it is (default: by its looks)')
    .option('--project <project>', 'whose key it would come with (default: the first project)')
    .option('--json', 'one object for machines')
  addConfigOption(command)
    .addHelpText(
      'after',
      '\nExit code 1: the payload would be refused.' +
        '\n\nExamples:\n  bin/fenghuo.js replay webhook.json\n  bin/fenghuo.js replay callback.txt --format aliyun --project pay',
    )
    .action(async (file: string, options: ReplayOptions) => done(await replay(file, options, io)))
}

async function replay(file: string, options: ReplayOptions, io: CliIo): Promise<number> {
  const text = await textOf(file, io)
  const config = readConfig(options, io)
  const { format, body } = understood(text, options.format)
  const read = format.schema.safeParse(body)
  if (!read.success) {
    const problems = told(read.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })))
    if (options.json) io.out(JSON.stringify({ format: format.format, refused: problems }, null, 2))
    else io.out(`${format.title[io.language]}: refused\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
    return BAD
  }
  const name = projectOf(options.project, config)
  const project = ownProperty(config.projects, name)
  if (project === undefined) return BAD
  const taken = alertsOf(format, read.data, {
    project: { name, title: project.title, severity: project.severity, language: config.language },
    receivedAt: io.now(),
    token: io.randomId,
    options: ownProperty(project.inbound ?? {}, format.format),
    earlier: {},
  })
  if (options.json) io.out(JSON.stringify({ format: format.format, ...taken }, null, 2))
  else io.out(shown(format, taken, name, config, io))
  return FINE
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

function shown(format: Format, { alerts, notes }: Taken, name: string, config: CompiledConfig, io: CliIo): string {
  const opened = new Set(alerts.filter(({ action }) => action === 'trigger').map(({ dedupKey }) => dedupKey))
  const lines = [`${format.title[io.language]}: ${several(alerts.length, 'alert')} of ${name}`]
  if (alerts.length > 0) lines.push('', table(['ACTION', 'SEVERITY', 'DEDUP KEY', 'SUMMARY'], alerts.map(row)))
  if (notes.length > 0) lines.push('', ...notes.map((note) => `note: ${factIn(io.language, note)}`))
  if (opened.size > 0)
    lines.push('', `Opens ${several(opened.size, 'incident')}, unless they are open. ${toldOf(alerts, name, config)}`)
  return lines.join('\n')
}

const row = ({ action, severity, dedupKey, summary }: Alert) => [
  action,
  action === 'trigger' ? severity : '',
  dedupKey,
  summary,
]

/** By which channels people hear of what begins; who they are tells `fenghuo route`. */
function toldOf(alerts: Alert[], name: string, config: CompiledConfig): string {
  const policy = ownProperty(config.policies, ownProperty(config.projects, name)?.policy ?? '')
  const severities = new Set(alerts.filter(({ action }) => action === 'trigger').map(({ severity }) => severity))
  const parts = [...severities].map((severity) => {
    const reaches = policy?.channels[severity] ?? []
    return `${severity}: ${reaches.length > 0 ? reaches.join(', ') : 'nobody is told'}`
  })
  return `${parts.join('; ')}. Who that is: bin/fenghuo.js route --project ${name}`
}
