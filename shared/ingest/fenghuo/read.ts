import { createHash } from 'node:crypto'
import { type Alert, alert } from '../../contracts/alert.ts'
import { type Read, readLeniently } from '../../contracts/lenient.ts'
import { sentFact } from '../../contracts/sent-fact.ts'
import { isRecord } from '../plain.ts'
import { timeOf } from '../times.ts'

/** Without these nobody knows whom to page, about what, and whether it ends. */
export const ESSENTIAL_FIELDS = ['action', 'dedupKey', 'project']

/** PagerDuty's longest (Events API v2, `dedup_key`). */
const MAX_KEY = 255

/**
 * An alert as its sender wrote it: what is wrong in it and not needed to page is left out, and named in `unusable`; `refused` is what is
 * no alert at all.
 */
export function readAlert(written: unknown): Read<Alert> {
  const read = readLeniently<Alert>(alert, withTimes(withKey(withWords(written))), ESSENTIAL_FIELDS)
  // Said of the alert as its sender wrote it.
  if ('refused' in read || !isSilentTrigger(written)) return read
  return { ...read, unusable: [...read.unusable, 'summary'] }
}

/** Which project's and whose an alert is, as far as its sender has written it readably. */
export function keyOf(written: unknown): string {
  const keyed = withKey(withWords(written))
  return isRecord(keyed) ? JSON.stringify([keyed.project, keyed.dedupKey]) : ''
}

/** What a trigger is about, when its sender gives it no key, or one that is too long: equal alerts are one. */
function withKey(written: unknown): unknown {
  if (!isRecord(written)) return written
  const { dedupKey: key } = written
  if (typeof key === 'number') return { ...written, dedupKey: String(key) }
  if (typeof key === 'string' && key.length > MAX_KEY)
    return { ...written, dedupKey: `${key.slice(0, MAX_KEY - 17)}~${digest(key)}` }
  if (written.action !== 'trigger' || (typeof key === 'string' && key !== '')) return written
  const { project, summary, source, component } = written
  const about = [project, summary, source, component].filter((text) => typeof text === 'string')
  return { ...written, dedupKey: `unkeyed:${digest(about)}` }
}

/** A trigger that does not say what is wrong pages all the same, by what names it. */
function withWords(written: unknown): unknown {
  if (!isRecord(written) || !isSilentTrigger(written)) return written
  const { title, component, dedupKey, project } = written
  const name = [title, component, dedupKey, project]
    .map((text) => (typeof text === 'number' ? String(text) : text))
    .find((text) => typeof text === 'string' && text.trim() !== '')
  return { ...written, summary: name }
}

const TIMES = ['at', 'since', 'until']

/** Times that stand in text, as ISO 8601 has them, are counted in ms; what is no time is left as it is, to be named. */
function withTimes(written: unknown): unknown {
  if (!isRecord(written)) return written
  const texts = TIMES.filter((field) => typeof written[field] === 'string')
  if (texts.length === 0) return written
  return { ...written, ...Object.fromEntries(texts.map((field) => [field, timeOf(written[field]) ?? written[field]])) }
}

function isSilentTrigger(written: unknown): boolean {
  if (!isRecord(written) || written.action !== 'trigger') return false
  const isWordless = typeof written.summary !== 'string' || written.summary.trim() === ''
  return isWordless && !sentFact.safeParse(written.fact).success
}

/** Tells apart what cannot stand in a key as it is: 16 characters of the SHA-256 of its JSON. */
export function digest(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(value) ?? '')
    .digest('hex')
    .slice(0, 16)
}
