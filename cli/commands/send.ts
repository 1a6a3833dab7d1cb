import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Option } from 'commander'
import * as z from 'zod'
import { type Alert, type Alerts, alert, alerts, seedEvent } from '../../shared/contracts/alert.ts'
import type { Bilingual } from '../../shared/contracts/words.ts'
import { DEFAULT_SEVERITY, type Severity, severities } from '../../shared/contracts/words.ts'
import type { SpokenCommand } from '../command.ts'
import { unreadable } from '../configuration.ts'
import { sendEvent } from '../engine.ts'
import { CommandError, FINE } from '../failure.ts'
import type { CliIo, Done } from '../io.ts'
import { addTargetOptions, findTarget, type TargetOptions } from '../target.ts'
import { commonWords } from '../words/common.ts'
import { several } from '../words/counts.ts'
import { sendingWords } from '../words/sending.ts'

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

export function addSend(program: SpokenCommand, io: CliIo, done: Done): void {
  const say = sendingWords[io.language].send
  const command = program
    .command('send')
    .description(say.about)
    .option('--project <project>', say.project)
    .option('--summary <text>', say.summary)
    .addOption(new Option('--severity <severity>', say.severity(DEFAULT_SEVERITY)).choices([...severities]))
    .option('--dedup-key <key>', say.dedupKey)
    .addOption(new Option('--action <action>', say.action).choices(actions))
    .option('--title <text>', say.title)
    .option('--file <file>', say.file)
    .option('--json', commonWords[io.language].json)
  addTargetOptions(command)
    .withNotes(
      say.notes,
      `bin/fenghuo.js send --project pay --summary "${say.sample}" --dedup-key checkout`,
      'bin/fenghuo.js send --project pay --dedup-key checkout --action resolve',
      'echo \'{"projectName":"pay"}\' | bin/fenghuo.js send --stage prod',
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
    const say = sendingWords[io.language].send
    io.out(say.sent(target.name, messageId))
    if (options.action !== 'resolve' && options.project !== undefined && keys[0] !== undefined)
      io.out(say.over(`bin/fenghuo.js send --project ${options.project} --dedup-key ${keys[0]} --action resolve`))
  }
  return FINE
}

async function messageOf(options: SendOptions, io: CliIo): Promise<Message> {
  const { project, summary, severity, dedupKey, action, title } = options
  const isDescribed = [project, summary, severity, dedupKey, action, title].some((flag) => flag !== undefined)
  if (isDescribed && options.file !== undefined)
    throw new CommandError({
      en: 'give either --file or the flags of an alert',
      zh: '--file 和描述告警的选项只能写一样',
    })
  if (isDescribed) return described(options, io)
  const [name, text] = await textOf(options.file, io)
  return read(name, text)
}

function described(
  { project, summary, severity, dedupKey, action = 'trigger', title }: SendOptions,
  io: CliIo,
): Alerts {
  if (project === undefined)
    throw new CommandError({ en: '--project is missing: whose alert is it?', zh: '缺少 --project：是哪个项目的告警？' })
  if (action === 'trigger' && summary === undefined)
    throw new CommandError({ en: '--summary is missing: what is wrong?', zh: '缺少 --summary：出了什么事？' })
  if (action !== 'trigger' && dedupKey === undefined)
    throw new CommandError({
      en: `--dedup-key is missing: what is it that you ${action}?`,
      zh: `缺少 --dedup-key：${action} 的是哪一个？`,
    })
  if (title !== undefined && !/^[^.\n]{1,12}$/u.test(title))
    throw new CommandError({
      en: `--title ${title}: a phone can't say it: at most 12 characters without a dot`,
      zh: `--title ${title}：电话念不出来：最多 12 个字，不含句点`,
    })
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
    if (text.trim() !== '') return [standardInput[io.language], text]
    throw new CommandError({
      en: 'what? Give --project and --summary, or --file, or JSON on standard input',
      zh: '发什么？写 --project 和 --summary，或 --file，或从标准输入给 JSON',
    })
  }
  try {
    return [file, readFileSync(resolve(io.cwd, file), 'utf8')]
  } catch (error) {
    throw unreadable(file, error)
  }
}

const standardInput: Bilingual = { en: 'standard input', zh: '标准输入' }

function read(name: string, text: string): Message {
  const body = parsed(name, text)
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new CommandError({
      en: `${name}: should be one JSON object: an alert, {"kind":"alerts",…} or {"projectName":…}`,
      zh: `${name}：应为一个 JSON 对象：一条告警、{"kind":"alerts",…} 或 {"projectName":…}`,
    })
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
    const said = error instanceof Error ? error.message : String(error)
    throw new CommandError({ en: `${name}: is not JSON: ${said}`, zh: `${name}：不是 JSON：${said}` })
  }
}

function valid<T>(schema: z.core.$ZodType<T>, value: unknown, name: string): T {
  const result = z.safeParse(schema, value)
  if (result.success) return result.data
  const problems = result.error.issues.map((issue) => `\n  ${issue.path.join('.') || '$'}: ${issue.message}`)
  const [en, zh] = [several(problems.length, 'mistake', 'en'), several(problems.length, 'mistake', 'zh')]
  throw new CommandError({
    en: `${name}: ${en}, nothing was sent${problems.join('')}`,
    zh: `${name}：${zh}，什么都没有发${problems.join('')}`,
  })
}

function dedupKeys(sent: Alert[]): string[] {
  return sent.map(({ dedupKey }) => dedupKey)
}
