import type { Alert } from '../../contracts/alert.ts'
import { jsonIn } from '../../contracts/json-in.ts'
import type { LogEntry } from '../../contracts/log-entry.ts'
import type { Instant, Language } from '../../contracts/words.ts'
import type { DirectRobot } from '../../delivery/direct-robot.ts'
import type { Notice } from '../../incidents/notice.ts'
import { alarmInMessage, newsOfAlarm } from '../../ingest/aws/alarm.ts'
import { type EventNews, onceOf } from '../../ingest/aws/drafts.ts'
import { isEvent, newsOfEvent } from '../../ingest/aws/event.ts'
import type { Context } from '../../ingest/format.ts'
import { mended } from '../../ingest/mend.ts'
import { isRecord } from '../../ingest/plain.ts'
import { firstText, lineOf, textOf } from '../../ingest/text.ts'
import { summaryIn } from '../../messages/facts.ts'
import type { Message } from '../../messages/message.ts'

export interface TellIo {
  robots: readonly DirectRobot[]
  language: Language
  timezone: string
  /** What became of earlier tries, by event and robot, as far as this copy of the function remembers. */
  tried: Map<string, 'sent' | 'unknown'>
  now(): Instant
  token(): string
  log(entry: LogEntry): void
}

/** A message's title, in characters. */
const TITLE = 40

/** So many tries are remembered: Lambda is done with an event after three. */
const REMEMBERED = 1_000

/**
 * Tells every robot of what AWS reports, and does nothing else: no incident, no table. Each change is told, whatever would become of it in
 * a project. Rejects when a robot was not reached, so that Lambda tries again; who has heard is not told again, and whose answer was lost
 * is told once more, as what may be a repeat.
 */
export async function tellEvent(body: unknown, io: TellIo): Promise<void> {
  const { envelope, carried } = unpacked(body)
  const alert = alertOf(carried, envelope, io)
  const key = firstText(envelope.MessageId, isRecord(carried) ? carried.id : '') || io.token()
  const message = messageOf(noticeOf(alert, io), io)
  if (io.tried.size > REMEMBERED) io.tried.clear()
  const failed = await Promise.all(io.robots.map((robot) => tellRobot(robot, key, message, io)))
  const names = failed.flat()
  if (names.length > 0) throw new Error(`not told: ${names.join(', ')}`)
}

async function tellRobot({ name, send }: DirectRobot, key: string, message: Message, io: TellIo): Promise<string[]> {
  const mark = `${name} ${key}`
  const before = io.tried.get(mark)
  if (before === 'sent') return []
  const delivery = await send({ ...message, repeat: before === 'unknown' })
  const isTold = delivery.status === 'sent' || (delivery.status === 'unknown' && before === 'unknown')
  if (isTold || delivery.status === 'unknown') io.tried.set(mark, isTold ? 'sent' : 'unknown')
  if (delivery.status === 'sent') io.log({ level: 'info', event: 'notified', robot: name, of: key })
  else io.log({ level: 'error', event: 'not told', robot: name, of: key, failure: delivery.failure })
  return isTold ? [] : [name]
}

function alertOf(carried: unknown, envelope: Record<string, unknown>, io: TellIo): Alert {
  const project = { name: 'aws', title: 'AWS', severity: 'warning' as const }
  const context = { project, receivedAt: io.now(), token: io.token, options: undefined, earlier: {} }
  const { outcome, ...news } = newsIn(carried, envelope, context)
  const isSevere = outcome !== undefined && !['over', 'notice', 'nothing'].includes(outcome)
  const draft = { ...onceOf(news), ...(isSevere && { severity: outcome }) }
  return mended(draft, context).alert
}

/** What a message of SNS carries, and the message; anything else is carried by nothing. */
function unpacked(body: unknown): { envelope: Record<string, unknown>; carried: unknown } {
  if (!isRecord(body) || !('Message' in body)) return { envelope: {}, carried: body }
  return { envelope: body, carried: jsonIn(textOf(body.Message)) ?? body.Message }
}

/** An event of EventBridge, an alarm, or a text that somebody has published. */
function newsIn(carried: unknown, envelope: Record<string, unknown>, context: Context): EventNews {
  if (isEvent(carried)) return newsOfEvent(carried, context)
  const alarm = isRecord(carried) ? alarmInMessage(carried) : undefined
  if (alarm !== undefined) return newsOfAlarm(alarm, context)
  const text = textOf(carried) || JSON.stringify(carried) || ''
  return {
    outcome: 'notice',
    keys: { goingOn: '', once: textOf(envelope.MessageId) },
    severity: undefined,
    draft: {
      summary: firstText(envelope.Subject, text),
      source: textOf(envelope.TopicArn).split(':').at(-1),
      at: envelope.Timestamp,
    },
  }
}

function noticeOf(alert: Alert, { language, now }: TellIo): Notice {
  const { summary, fact, severity, source, at = now(), links = [] } = alert
  return {
    kind: 'once',
    incident: '',
    number: 0,
    project: 'aws',
    projectTitle: 'AWS',
    title: lineOf(summaryIn(language, alert), TITLE),
    summary,
    ...(fact && { fact }),
    severity,
    source,
    openedAt: at,
    at: now(),
    sightings: [],
    links: links.map(({ href, text }) => (text === undefined ? { href } : { href, text })),
    calling: [],
    next: [],
    unplaced: [],
    meanwhile: [],
    tried: [],
    rounds: 0,
    layers: 0,
    calls: 0,
    texts: 0,
  }
}

function messageOf(notice: Notice, { language, timezone }: TellIo): Message {
  return { notice, language, timezone, links: {}, repeat: false }
}
