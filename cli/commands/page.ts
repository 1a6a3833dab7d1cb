import { InvalidArgumentError } from 'commander'
import { OWN_PROJECT } from '../../shared/contracts/compiled-config.ts'
import { parseDuration } from '../../shared/contracts/duration.ts'
import type { Language } from '../../shared/contracts/words.ts'
import type { Incident } from '../../shared/incidents/incident.ts'
import type { TimelineEntry } from '../../shared/incidents/timeline-entry.ts'
import { duration } from '../../shared/messages/times.ts'
import { readIncident, readTimeline } from '../../shared/store/incidents.ts'
import type { StoreIo } from '../../shared/store/io.ts'
import type { Table } from '../../shared/store/table.ts'
import type { SpokenCommand } from '../command.ts'
import { history } from '../desk/tables-reading.ts'
import { sendEvent, storeOf } from '../engine.ts'
import { BAD, CommandError, FINE } from '../failure.ts'
import { actionText, shownIncident } from '../incident.ts'
import type { CliIo, Done } from '../io.ts'
import { addTargetOptions, findTarget, type TargetOptions } from '../target.ts'
import { commonWords } from '../words/common.ts'
import { sendingWords } from '../words/sending.ts'
import { packed } from './send.ts'

interface PageOptions extends TargetOptions {
  test?: true
  project: string
  wait?: true | number
  json?: true
}

/** The events queue takes a message to evaluate within a second or two; a cold start takes a few more. */
const OPENING_MS = 30_000

const LOOK_EVERY_MS = 1_000

const USUAL_WAIT_MS = 30 * 60_000

export function addPage(program: SpokenCommand, io: CliIo, done: Done): void {
  const say = sendingWords[io.language].page
  const command = program
    .command('page')
    .description(say.about)
    .option('--test', say.test)
    .option('--project <project>', say.project, OWN_PROJECT)
    .option('--wait [time]', say.wait, waitOf(io.language))
    .option('--json', commonWords[io.language].json)
  addTargetOptions(command)
    .withNotes(say.notes, 'bin/fenghuo.js page --test --wait', 'bin/fenghuo.js page --test --project pay --stage prod')
    .action(async (options: PageOptions) => done(await page(options, io)))
}

async function page(options: PageOptions, io: CliIo): Promise<number> {
  if (!options.test)
    throw new CommandError({
      en: 'phones will ring: say --test. For a real alert there is bin/fenghuo.js send',
      zh: '电话会响：请写上 --test。真正的告警用 bin/fenghuo.js send',
    })
  const target = findTarget(options, io)
  const of = { project: options.project, groupKey: `test-page:${io.randomId()}` }
  const alert = {
    action: 'trigger',
    dedupKey: of.groupKey,
    project: of.project,
    title: '测试 Test',
    summary: `测试告警，并无故障，请认领。Test page by ${io.user}: nothing is broken, please acknowledge it.`.slice(
      0,
      1024,
    ),
    source: 'fenghuo page --test',
    severity: 'critical',
  } as const
  const messageId = await sendEvent(packed(alert), target)
  const say = sendingWords[io.language].page
  io.err(say.sent(target.name, messageId))

  const store = storeOf(target, io)
  const opened = await untilOpened(of, store.incidents, io)
  const where =
    options.stage === undefined ? '' : ` --stage ${options.stage}${options.region ? ` --region ${options.region}` : ''}`
  io.err(say.open(opened.number, `bin/fenghuo.js ack ${opened.number}${where}`))
  const { incident, timeline } =
    options.wait === undefined ? { incident: opened } : await follow(opened, options, store, io)
  if (options.json) io.out(JSON.stringify({ messageId, incident: shownIncident(incident, io), timeline }, null, 2))
  else if (options.wait !== undefined) io.out(outcome(incident, io))
  if (incident.status !== 'resolved') io.err(say.done(`bin/fenghuo.js resolve ${opened.number}${where}`))
  return options.wait === undefined || incident.status !== 'open' ? FINE : BAD
}

async function untilOpened(of: { project: string; groupKey: string }, table: Table, io: CliIo): Promise<Incident> {
  const until = io.now() + OPENING_MS
  while (io.now() < until) {
    const incident = await readIncident(of, table)
    if (incident) return incident
    await io.wait(LOOK_EVERY_MS)
  }
  throw new CommandError({
    en: `no incident after ${duration(OPENING_MS, 'en')}: does evaluate run, and is it healthy? The message is on the queue`,
    zh: `${duration(OPENING_MS, 'zh')}后仍没有告警单：evaluate 在运行吗，正常吗？消息在队列里`,
  })
}

/** Tells each line of the timeline as it comes, until somebody has the incident, nobody answered, or the time is up. */
async function follow(
  opened: Incident,
  options: PageOptions,
  store: Pick<StoreIo, 'incidents' | 'log'>,
  io: CliIo,
): Promise<{ incident: Incident; timeline: TimelineEntry[] }> {
  const until = io.now() + (typeof options.wait === 'number' ? options.wait : USUAL_WAIT_MS)
  let incident = opened
  let timeline: TimelineEntry[] = []
  const refresh = async () => {
    const now = await readTimeline(opened, store)
    const told = options.json ? io.err : io.out
    // Who writes late may come between lines that were told.
    const known = new Set(timeline.map((entry) => JSON.stringify(entry)))
    const news = now.filter((entry) => !known.has(JSON.stringify(entry)))
    if (news.length > 0) told(history(news, opened, io.language, io).join('\n'))
    timeline = now
  }
  for (;;) {
    incident = (await readIncident(opened, store.incidents)) ?? incident
    await refresh()
    const over = incident.status !== 'open' || incident.escalation.phase === 'exhausted' || io.now() >= until
    if (over) break
    await io.wait(LOOK_EVERY_MS)
  }
  // The last lines are written after the state that they tell of.
  await io.wait(LOOK_EVERY_MS)
  await refresh()
  return { incident, timeline }
}

function outcome({ status, acknowledged, number, escalation }: Incident, io: CliIo): string {
  const say = sendingWords[io.language].page
  if (acknowledged) return say.acknowledged(number, actionText(acknowledged, io.now(), io))
  if (status === 'resolved') return say.resolved(number)
  return escalation.phase === 'exhausted' ? say.exhausted(number) : say.unanswered(number)
}

const waitOf =
  (language: Language) =>
  (text: string): number => {
    const ms = parseDuration(text)
    if (ms === undefined) throw new InvalidArgumentError(sendingWords[language].page.notTime)
    return ms
  }
