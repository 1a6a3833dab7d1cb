import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Command, Option } from 'commander'
import type * as z from 'zod'
import { type Alert, type Alerts, alert, alerts, seedEvent } from '../../shared/contracts/alert.ts'
import { DEFAULT_SEVERITY, type Severity, severities } from '../../shared/contracts/words.ts'
import { reasonOf } from '../configuration.ts'
import { sendEvent } from '../engine.ts'
import { CommandError, FINE } from '../failure.ts'
import type { CliIo, Done } from '../io.ts'
import { several } from '../table.ts'
import { addTargetOptions, findTarget, type TargetOptions } from '../target.ts'

interface SendOptions extends TargetOptions {
  file?: string
  project?: string
  summary?: string
  severity?: Severity
  dedupKey?: string
  action?: Alert['action']
  title?: string
  json?: true
}

/** What goes to the events queue: packed alerts, or the seed's short form as it is. */
type Message = Alerts | z.infer<typeof seedEvent>

const actions: Alert['action'][] = ['trigger', 'acknowledge', 'resolve']

export function addSend(program: Command, io: CliIo, done: Done): void {
  const command = program
    .command('send')
    .description('Send an alert to the events queue, as any other system does')
    .option('--project <project>', 'whose alert')
    .option('--summary <text>', 'what is wrong, in a sentence')
    .addOption(new Option('--severity <severity>', `(default: ${DEFAULT_SEVERITY})`).choices([...severities]))
    .option('--dedup-key <key>', 'alerts of one key are one incident (default: a new one)')
    .addOption(new Option('--action <action>', '(default: trigger)').choices(actions))
    .option('--title <text>', 'what phones say, at most 12 characters without a dot')
    .option('--file <file>', 'an alert, {"kind":"alerts",…} or {"projectName":…} as JSON; - is standard input')
    .option('--json', 'one object for machines')
  addTargetOptions(command)
    .addHelpText(
      'after',
      '\nWithout flags and --file, JSON is read from standard input.' +
        '\n\nExamples:\n  bin/fenghuo.js send --project pay --summary "checkout fails" --dedup-key checkout' +
        '\n  bin/fenghuo.js send --project pay --dedup-key checkout --action resolve' +
        '\n  echo \'{"projectName":"pay"}\' | bin/fenghuo.js send --stage prod',
    )
    .action(async (options: SendOptions) => done(await send(options, io)))
}

async function send(options: SendOptions, io: CliIo): Promise<number> {
  const message = await messageOf(options, io)
  const target = findTarget(options, io)
  const messageId = await sendEvent(message, target)
  const keys = 'alerts' in message && Array.isArray(message.alerts) ? dedupKeys(message.alerts) : []
  if (options.json) io.out(JSON.stringify({ target: target.name, messageId, dedupKeys: keys }, null, 2))
  else {
    io.out(`Sent to the events queue of ${target.name}: message ${messageId}`)
    if (options.action !== 'resolve' && options.project !== undefined && keys[0] !== undefined)
      io.out(
        `When it is over: bin/fenghuo.js send --project ${options.project} --dedup-key ${keys[0]} --action resolve`,
      )
  }
  return FINE
}

async function messageOf(options: SendOptions, io: CliIo): Promise<Message> {
  const { project, summary, severity, dedupKey, action, title } = options
  const isDescribed = [project, summary, severity, dedupKey, action, title].some((flag) => flag !== undefined)
  if (isDescribed && options.file !== undefined) throw new CommandError('give either --file or the flags of an alert')
  if (isDescribed) return described(options, io)
  const [name, text] = await textOf(options.file, io)
  return read(name, text)
}

function described(
  { project, summary, severity, dedupKey, action = 'trigger', title }: SendOptions,
  io: CliIo,
): Alerts {
  if (project === undefined) throw new CommandError('--project is missing: whose alert is it?')
  if (action === 'trigger' && summary === undefined) throw new CommandError('--summary is missing: what is wrong?')
  if (action !== 'trigger' && dedupKey === undefined)
    throw new CommandError(`--dedup-key is missing: what is it that you ${action}?`)
  if (title !== undefined && !/^[^.\n]{1,12}$/u.test(title))
    throw new CommandError(`--title ${title}: a phone can't say it: at most 12 characters without a dot`)
  return packed({
    action,
    dedupKey: dedupKey ?? `cli:${io.randomId()}`,
    project,
    source: 'fenghuo send',
    ...(summary === undefined ? {} : { summary }),
    ...(severity === undefined ? {} : { severity }),
    ...(title === undefined ? {} : { title }),
  })
}

/** One alert, ready to send. Throws a `CommandError` that names each field that is wrong. */
export function packed(one: z.input<typeof alert>): Alerts {
  return { v: 1, kind: 'alerts', alerts: [valid(alert, one, 'the alert')] }
}

async function textOf(file: string | undefined, io: CliIo): Promise<[string, string]> {
  if (file === undefined || file === '-') {
    const text = (await io.readInput?.()) ?? ''
    if (text.trim() !== '') return ['standard input', text]
    throw new CommandError('what? Give --project and --summary, or --file, or JSON on standard input')
  }
  try {
    return [file, readFileSync(resolve(io.cwd, file), 'utf8')]
  } catch (error) {
    throw new CommandError(`${file}: ${reasonOf(error)}`)
  }
}

function read(name: string, text: string): Message {
  const body = parsed(name, text)
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new CommandError(`${name}: should be one JSON object: an alert, {"kind":"alerts",…} or {"projectName":…}`)
  if ('kind' in body) return valid(alerts, withTimes(body), name)
  if ('projectName' in body) return valid(seedEvent, body, name)
  return { v: 1, kind: 'alerts', alerts: [valid(alert, inMs(body), name)] }
}

function withTimes(body: object): object {
  return 'alerts' in body && Array.isArray(body.alerts) ? { ...body, alerts: body.alerts.map(inMs) } : body
}

/** People write times as ISO 8601 has them; an alert has milliseconds. */
function inMs(one: unknown): unknown {
  if (one === null || typeof one !== 'object') return one
  return Object.fromEntries(
    Object.entries(one).map(([key, value]) => [key, timeKeys.has(key) ? instant(value) : value]),
  )
}

const timeKeys = new Set(['at', 'since'])

function instant(value: unknown): unknown {
  const isDated = typeof value === 'string' && /^\d{4}-\d\d-\d\dT.*(?:Z|[+-]\d\d:?\d\d)$/.test(value)
  const at = isDated ? Date.parse(value) : Number.NaN
  return Number.isNaN(at) ? value : at
}

function parsed(name: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new CommandError(`${name}: is not JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function valid<T>(schema: z.ZodType<T>, value: unknown, name: string): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const problems = result.error.issues.map((issue) => `  ${issue.path.join('.') || 'it'}: ${issue.message}`)
  throw new CommandError(`${name}: ${several(problems.length, 'mistake')}, nothing was sent\n${problems.join('\n')}`)
}

function dedupKeys(sent: Alert[]): string[] {
  return sent.map(({ dedupKey }) => dedupKey)
}
