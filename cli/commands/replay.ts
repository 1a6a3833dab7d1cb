import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Alert } from '../../shared/contracts/alert.ts'
import { ownProperty } from '../../shared/contracts/own-property.ts'
import type { Language, Severity } from '../../shared/contracts/words.ts'
import { type AlertsMade, alertsOf } from '../../shared/engine/ingest/make-alerts.ts'
import { readCloudEvent } from '../../shared/engine/ingest/take-cloud-event.ts'
import { problemLines } from '../../shared/ingest/answers.ts'
import { aws } from '../../shared/ingest/aws/format.ts'
import { cloudEventsIn } from '../../shared/ingest/aws/invoking.ts'
import { decode } from '../../shared/ingest/decode.ts'
import type { Guide } from '../../shared/ingest/guide.ts'
import { guides } from '../../shared/ingest/registered/guides.ts'
import { factIn, summaryIn } from '../../shared/messages/facts.ts'
import { words } from '../../shared/messages/words.ts'
import type { Plan } from '../../shared/oncall/plan.ts'
import { planFor } from '../../shared/oncall/plans.ts'
import type { SpokenCommand } from '../command.ts'
import {
  addConfigOption,
  addOnCallOption,
  type OnCallOptions,
  readBoth,
  unreadable,
  wrongly,
} from '../configuration.ts'
import { BAD, CommandError, FINE } from '../failure.ts'
import { projectOf } from '../inbound/where.ts'
import type { CliIo, Done } from '../io.ts'
import { layersTable, withoutPhones, writtenDirectories } from '../plans.ts'
import { table } from '../table.ts'
import { commonWords } from '../words/common.ts'
import { several } from '../words/counts.ts'
import { inboundWords } from '../words/inbound.ts'
import { guideNamed } from './inbound.ts'

type ReplayOptions = OnCallOptions & { format?: string; project?: string; json?: true }

export function addReplay(program: SpokenCommand, io: CliIo, done: Done): void {
  const say = inboundWords[io.language].replay
  const command = program
    .command('replay')
    .description(say.about)
    .argument('<file>', say.file)
    .option('--format <format>', say.format)
    .option('--project <project>', say.project)
    .option('--json', commonWords[io.language].json)
  addOnCallOption(addConfigOption(command))
    .withNotes(
      say.notes,
      'bin/fenghuo.js replay webhook.json',
      'bin/fenghuo.js replay callback.txt --format aliyun --project pay',
    )
    .action(async (file: string, options: ReplayOptions) => done(await replay(file, options, io)))
}

async function replay(file: string, options: ReplayOptions, io: CliIo): Promise<number> {
  const text = await textOf(file, io)
  const { config, people, problems, words: wrong } = readBoth(options, io)
  if (config === undefined || problems.length > 0) throw wrongly(wrong)
  const { guide, body, settings } = understood(text, options.format)
  const { format, title } = guide
  const read = format.schema.safeParse(body)
  if (!read.success) {
    const problems = problemLines(read.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })))
    if (options.json) io.out(JSON.stringify({ format: format.format, refused: problems }, null, 2))
    else {
      const lines = problems.map((problem) => `  ${problem}`)
      io.out([inboundWords[io.language].replay.refused(title[io.language]), ...lines].join('\n'))
    }
    return BAD
  }
  const name = projectOf(options.project ?? (format.projectOf?.(read.data) || undefined), config)
  const project = ownProperty(config.projects, name)
  if (project === undefined) return BAD
  const taken = alertsOf(format, read.data, {
    project: { name, title: project.title, severity: project.severity },
    receivedAt: io.now(),
    token: io.randomId,
    options: ownProperty(project.inbound ?? {}, settings),
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
    const paged = plans.map(({ severity, once, plan }) => ({ severity, once, ...withoutPhones(plan) }))
    // What a fact says is a sentence here: whoever reads this has no other words for it.
    const alerts = taken.alerts.map((alert) => ({ ...alert, summary: summaryIn(io.language, alert) }))
    io.out(JSON.stringify({ format: format.format, project: name, ...taken, alerts, plans: paged }, null, 2))
  } else io.out(shown(guide, taken, name, plans, people !== undefined, io))
  return FINE
}

/** Whom an alert reaches goes by its severity, and by whether it goes on. */
interface Kind {
  severity: Severity
  once: boolean
}

function kindsOf({ alerts }: AlertsMade): Kind[] {
  const triggers = alerts.filter(({ action }) => action === 'trigger')
  const kinds = triggers.map(({ severity, once = false }): [string, Kind] => [
    `${severity} ${once}`,
    { severity, once },
  ])
  return [...new Map(kinds).values()]
}

/** A payload, whose it is, and by the settings of which format it is read. */
interface Understood {
  guide: Guide
  body: unknown
  settings: string
}

/**
 * A payload as the format's own requests carry it; by its looks where nobody says whose it is. What SNS has given to a function is what it
 * carries, as on the way of what AWS reports.
 */
function understood(text: string, name: string | undefined): Understood {
  const encodings: ('form' | 'multipart')[] = ['form']
  const request = { method: 'POST', path: '', query: new URLSearchParams(), headers: {}, body: Buffer.from(text) }
  const decoded = decode(request, encodings)
  if (!('body' in decoded))
    throw new CommandError({
      en: `this is neither JSON nor a form: ${decoded.message}`,
      zh: `这既不是 JSON 也不是表单：${decoded.message}`,
    })
  const [message] = name === undefined ? (cloudEventsIn(decoded.body) ?? []) : []
  if (message !== undefined) {
    const { format, read } = readCloudEvent(message)
    return { guide: guideNamed(format.format), body: read, settings: aws.format }
  }
  const guide = name === undefined ? guides.find(({ format }) => format.matches(decoded.body)) : guideNamed(name)
  if (guide === undefined)
    throw new CommandError({
      en: 'no format looks like this: name one with --format',
      zh: '没有哪种格式是这个样子：用 --format 指明',
    })
  return { guide, body: decoded.body, settings: guide.format.format }
}

async function textOf(file: string, io: CliIo): Promise<string> {
  if (file === '-') return (await io.readInput?.()) ?? ''
  try {
    return readFileSync(resolve(io.cwd, file), 'utf8')
  } catch (error) {
    throw unreadable(file, error)
  }
}

function shown(
  { title }: Guide,
  { alerts, notes }: AlertsMade,
  name: string,
  plans: (Kind & { plan: Plan })[],
  isStaffed: boolean,
  io: CliIo,
): string {
  const keysOf = (some: Alert[]) => new Set(some.map(({ dedupKey }) => dedupKey)).size
  const triggers = alerts.filter(({ action }) => action === 'trigger')
  const opened = keysOf(triggers.filter(({ once }) => !once))
  const told = keysOf(triggers.filter(({ once }) => once))
  const { language } = io
  const say = inboundWords[language].replay
  const lines = [say.taken(title[language], several(alerts.length, 'alert', language), name)]
  const rows = alerts.map((alert) => row(alert, language))
  lines.push('', rows.length > 0 ? table(say.head, rows) : say.nothing)
  if (notes.length > 0) lines.push('', ...notes.map((note) => commonWords[language].note(factIn(language, note))))
  if (opened > 0) lines.push('', say.opens(several(opened, 'incident', language)))
  if (told > 0) lines.push('', say.once(several(told, 'thing', language)))
  for (const { severity, once, plan } of plans) {
    lines.push('', say.plan(severity, once, plan.chat.join(words[language].list), plan.pages))
    if (plan.pages && isStaffed) lines.push(layersTable(plan, language))
    else if (plan.pages) lines.push(say.unstaffed)
  }
  return lines.join('\n')
}

const row = (alert: Alert, language: Language) => [
  alert.action,
  alert.action === 'trigger' ? alert.severity : '',
  alert.dedupKey,
  summaryIn(language, alert),
]
