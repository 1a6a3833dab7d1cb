import { type Command, InvalidArgumentError } from 'commander'
import { OWN_PROJECT } from '../../shared/contracts/compiled-config.ts'
import { parseDuration } from '../../shared/contracts/duration.ts'
import type { Incident, TimelineEntry } from '../../shared/incidents/incident.ts'
import { duration } from '../../shared/messages/times.ts'
import { readIncident, readTimeline } from '../../shared/store/incidents.ts'
import type { StoreIo } from '../../shared/store/io.ts'
import type { Table } from '../../shared/store/table.ts'
import { sendEvent, storeOf } from '../engine.ts'
import { BAD, CommandError, FINE } from '../failure.ts'
import { deedText, shownIncident } from '../incident.ts'
import type { CliIo, Done } from '../io.ts'
import { addTargetOptions, findTarget, type TargetOptions } from '../target.ts'
import { history } from './incidents.ts'
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

export function addPage(program: Command, io: CliIo, done: Done): void {
  const command = program
    .command('page')
    .description('Page whoever is on call with a test, to hear the phone ring')
    .option('--test', 'say that you mean it: phones will ring')
    .option('--project <project>', 'whose policy and people', OWN_PROJECT)
    .option('--wait [time]', 'tell what happens until somebody acknowledges, at most so long (30m)', waitOf)
    .option('--json', 'one object for machines')
  addTargetOptions(command)
    .addHelpText(
      'after',
      '\nIt is a critical alert like any other, titled 测试 Test, and follows the policy: see bin/fenghuo.js route.' +
        '\nWith --wait, exit code 1: nobody acknowledged.' +
        '\n\nExamples:\n  bin/fenghuo.js page --test --wait\n  bin/fenghuo.js page --test --project pay --stage prod',
    )
    .action(async (options: PageOptions) => done(await page(options, io)))
}

async function page(options: PageOptions, io: CliIo): Promise<number> {
  if (!options.test)
    throw new CommandError('phones will ring: say --test. For a real alert there is bin/fenghuo.js send')
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
  io.err(`sent to the events queue of ${target.name}: message ${messageId}`)

  const store = storeOf(target, io)
  const opened = await untilOpened(of, store.incidents, io)
  const where =
    options.stage === undefined ? '' : ` --stage ${options.stage}${options.region ? ` --region ${options.region}` : ''}`
  io.err(
    `#${opened.number} is open. When the phone rings, press the key that it names, or: bin/fenghuo.js ack ${opened.number}${where}`,
  )
  const { incident, timeline } =
    options.wait === undefined ? { incident: opened } : await follow(opened, options, store, io)
  if (options.json) io.out(JSON.stringify({ messageId, incident: shownIncident(incident, io), timeline }, null, 2))
  else if (options.wait !== undefined) io.out(outcome(incident, io))
  if (incident.status !== 'resolved') io.err(`when you are done: bin/fenghuo.js resolve ${opened.number}${where}`)
  return options.wait === undefined || incident.status !== 'open' ? FINE : BAD
}

async function untilOpened(of: { project: string; groupKey: string }, table: Table, io: CliIo): Promise<Incident> {
  const until = io.now() + OPENING_MS
  while (io.now() < until) {
    const incident = await readIncident(of, table)
    if (incident) return incident
    await io.wait(LOOK_EVERY_MS)
  }
  throw new CommandError(
    `no incident after ${duration(OPENING_MS, 'en')}: does evaluate run, and is it healthy? The message is on the queue`,
  )
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
  const look = async () => {
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
    await look()
    const over = incident.status !== 'open' || incident.escalation.phase === 'exhausted' || io.now() >= until
    if (over) break
    await io.wait(LOOK_EVERY_MS)
  }
  // The last lines are written after the state that they tell of.
  await io.wait(LOOK_EVERY_MS)
  await look()
  return { incident, timeline }
}

function outcome({ status, acknowledged, number, escalation }: Incident, io: CliIo): string {
  if (acknowledged) return `#${number} was acknowledged: ${deedText(acknowledged, io.now(), io)}`
  if (status === 'resolved') return `#${number} was resolved before anybody acknowledged it`
  return escalation.phase === 'exhausted' ? `#${number}: nobody answered` : `#${number}: nobody has answered so far`
}

function waitOf(text: string): number {
  const ms = parseDuration(text)
  if (ms === undefined) throw new InvalidArgumentError('should be a time such as 90s or 10m.')
  return ms
}
