import type { AlertNote } from '../../contracts/alert-note.ts'
import type { LogFields, LogLevel } from '../../contracts/log-entry.ts'
import type { DecodedPart, Undecoded } from '../../ingest/decode.ts'
import type { Format, Problem, Reply } from '../../ingest/format.ts'
import { inTurns } from './in-turns.ts'
import type { IngestIo } from './ingest-io.ts'
import { type About, type Made, makeAlerts } from './make-alerts.ts'
import { noteSeen } from './send-alerts.ts'

/** Gives the next part of a body; undefined after the last. */
export type NextPart = () => DecodedPart | undefined

/**
 * Takes a body part by part, and puts the alerts of each on the events queue. Rejects unless the queue has all alerts. What it has when a
 * later part turns out to be no JSON stays there: the body is refused, and whoever sends it again sends no news.
 */
export async function takeParts(format: Format, next: NextPart, about: About, io: IngestIo): Promise<Reply> {
  const { answers } = format
  const log = (level: LogLevel, event: string, more: LogFields) =>
    io.log({ level, event, format: format.format, project: about.project.name, ...more })
  const queue = inTurns(io.send, io.cameAt)
  const problems: Problem[] = []
  const notes: AlertNote[] = []
  const dedupKeys: string[] = []
  let isTaken = false
  for (let read = await readNext(format, next, about, io); read; read = await readNext(format, next, about, io)) {
    if ('answer' in read) {
      await queue.done()
      const { status } = read.answer
      log(status < 400 ? 'info' : 'warn', 'request answered', { status })
      return read.answer
    }
    notes.push(...read.notes.slice(0, SAID - notes.length))
    if ('problems' in read) problems.push(...read.problems.slice(0, SAID - problems.length))
    else {
      isTaken = true
      for (const key of read.dedupKeys) dedupKeys.push(key)
      await queue.send(read.messages)
    }
  }
  if (!isTaken) {
    log('warn', 'request refused', { problems })
    return answers.refused(problems)
  }
  await Promise.all([queue.done(), noteSeen(format.format, about.project.name, dedupKeys.length, io)])
  log('info', 'request taken', { alerts: dedupKeys.length, ...(notes.length > 0 && { notes }) })
  return about.over ? answers.tooLarge({ dedupKeys, notes }, about.over.limit) : answers.taken({ dedupKeys, notes })
}

/** How many of many notes and problems are kept for the log and the answer. */
const SAID = 20

/** What became of a part: messages, or an answer to the whole body, or that none of its entries is an alert. */
type Read = Made | { answer: Reply } | { problems: Problem[]; notes: AlertNote[] }

/** Reads the next part. Of its data nothing is left when this is over: a caller that read it itself would hold it while it waits. */
async function readNext(format: Format, next: NextPart, about: About, io: IngestIo): Promise<Read | undefined> {
  const part = next()
  if (part === undefined) return undefined
  const { before, count } = part
  if ('status' in part) return { answer: undecoded(format, part) }
  const read = format.schema.safeParse(part.body)
  if (!read.success) {
    const problems = read.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
    return { problems, notes: [{ code: 'alerts-unreadable', args: { count, first: `alerts.${before}` } }] }
  }
  const answer = await format.admit?.(read.data, about.options, io)
  if (answer !== undefined) return { answer }
  return makeAlerts(format, read.data, { ...about, before }, io)
}

/** The answer to a body that can't be read at all. */
export function undecoded({ answers }: Format, { status, message }: Undecoded): Reply {
  return { ...answers.refused([{ path: '', message }]), status }
}
