import { createHash } from 'node:crypto'
import type { Alert } from '../contracts/alert.ts'
import { type AlertNote, MOST_NOTES } from '../contracts/alert-note.ts'
import type { Instant } from '../contracts/words.ts'
import { UNSEEN } from '../messages/cut.ts'
import type { Context, Draft } from './format.ts'
import { linksOf, webUrlOf } from './links.ts'
import { detailsOf, recordOf } from './plain.ts'
import { severityOf } from './severity-words.ts'
import { isPlainLine, lineOf, textOf } from './text.ts'
import { timeOf } from './times.ts'

/** What the contract takes (`shared/contracts/alert.ts`). */
const SUMMARY = 1024
const NAME = 255
const LABEL_NAME = 64
const LABEL_VALUE = 256
const MOST_LABELS = 100
const TITLE = 40

/** What an alert is about, as senders name it. */
const NAMED = ['component', 'group', 'class'] as const

/** A sender's clock may be ahead by so much. */
const CLOCK_AHEAD_MS = 60_000

/** An alert that the contract takes, made of what a sender has written, with what had to be put right. */
export function mended(draft: Draft, context: Context): { alert: Alert; notes: AlertNote[] } {
  const notes: AlertNote[] = [...(draft.notes ?? [])]
  const { project, receivedAt } = context
  const dedupKey = keyOf(draft.dedupKey, context, notes)
  const links = linksOf(draft.links)
  if (links.dropped > 0) notes.push({ code: 'links-dropped', args: { count: links.dropped } })
  const labels = labelsOf(draft.labels)
  const runbook = webUrlOf(draft.runbook)
  const since = timeOf(draft.since)
  const title = lineOf(draft.title, TITLE)
  const alert: Alert = {
    action: draft.action,
    dedupKey,
    project: project.name,
    summary: summaryOf(draft, dedupKey, context, notes),
    source: lineOf(draft.source, NAME) || 'unknown',
    severity: severityIn(draft, context, notes),
    at: atOf(draft.at, receivedAt, notes),
  }
  if (since !== undefined && since <= receivedAt) alert.since = since
  if (draft.until !== undefined) alert.until = draft.until
  if (draft.endsUnrenewed) alert.endsUnrenewed = true
  if (draft.once) alert.once = true
  if (draft.fact !== undefined) alert.fact = draft.fact
  if (title !== '') alert.title = title
  if (labels !== undefined) alert.labels = labels
  for (const field of NAMED) {
    const text = lineOf(draft[field], NAME)
    if (text !== '') alert[field] = text
  }
  if (links.links.length > 0) alert.links = links.links
  if (runbook !== undefined) alert.runbook = runbook
  const details = detailsOf(draft.details)
  if (details !== undefined) alert.details = details
  if (notes.length > 0) alert.notes = notes.slice(0, MOST_NOTES)
  return { alert, notes }
}

/** A key that is too long is told apart by its digest: cut off, two of them might be the same. */
function keyOf(value: unknown, { token }: Context, notes: AlertNote[]): string {
  const given = textOf(value)
  const key = isPlainLine(given) ? given : given.toWellFormed().replace(UNSEEN, ' ')
  if (key.trim() === '') return token()
  if (key.length <= NAME) return key
  notes.push({ code: 'key-shortened', args: { characters: key.length } })
  return `${lineOf(key, 180)}#${createHash('sha256').update(key).digest('hex')}`
}

function summaryOf(
  { action, summary, fact }: Draft,
  dedupKey: string,
  { project }: Context,
  notes: AlertNote[],
): string {
  const text = lineOf(summary, SUMMARY)
  const given = textOf(summary).trim().length
  if (given > SUMMARY) notes.push({ code: 'summary-cut', args: { characters: given } })
  if (text !== '' || fact !== undefined || action !== 'trigger') return text
  notes.push({ code: 'summary-missing', args: {} })
  return lineOf(dedupKey, SUMMARY) || project.name
}

function severityIn({ severity, action }: Draft, { project }: Context, notes: AlertNote[]): Alert['severity'] {
  const given = lineOf(severity, 40)
  const known = severityOf(given)
  if (known === undefined && given !== '' && action === 'trigger')
    notes.push({ code: 'severity-unknown', args: { given, taken: project.severity } })
  return known ?? project.severity
}

function atOf(value: unknown, receivedAt: Instant, notes: AlertNote[]): Instant {
  if (value === undefined || value === null || value === '') return receivedAt
  const at = timeOf(value)
  const given = lineOf(value, 60)
  if (at === undefined) notes.push({ code: 'time-unreadable', args: { given } })
  else if (at > receivedAt + CLOCK_AHEAD_MS) notes.push({ code: 'time-ahead', args: { given } })
  else return at
  return receivedAt
}

function labelsOf(value: unknown): Record<string, string> | undefined {
  const given = recordOf(value)
  const labels: Record<string, string> = {}
  let isEmpty = true
  for (const written of Object.keys(given).slice(0, MOST_LABELS)) {
    const [name, text] = [lineOf(written, LABEL_NAME), lineOf(given[written], LABEL_VALUE)]
    if (name === '' || text === '' || name === '__proto__') continue
    labels[name] = text
    isEmpty = false
  }
  return isEmpty ? undefined : labels
}
