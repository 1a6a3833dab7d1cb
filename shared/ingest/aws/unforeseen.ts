import { isRecord, listOf, recordOf } from '../plain.ts'
import { severityOf } from '../severity-words.ts'
import { firstText, textOf } from '../text.ts'
import type { EventNews } from './drafts.ts'
import { configuredOutcome, outcomeOfSeverity, outcomesIn } from './outcomes.ts'
import { placeOf } from './place.ts'

/** Reads an event that nobody foresaw by what its detail says of itself. `outcomes` may say by its detail type what becomes of its states. */
export function newsOfUnforeseen(event: Record<string, unknown>, options: unknown): EventNews {
  const { source, account, region, time, id } = event
  const type = textOf(event['detail-type'])
  // What the input transformer of a rule made is no event any more: all that there is tells of it.
  const detail = isRecord(event.detail) ? event.detail : event
  const state = stateIn(detail)
  const severity = severityOf(detail.severity)
  const what = whatOf(event, detail)
  const place = `aws/${textOf(account)}/${textOf(region)}/${textOf(source)}`
  const subject = [firstText(type, source), what.split('/').at(-1), state].filter(Boolean).join(' ')
  return {
    outcome: configuredOutcome(outcomesIn(options), type, state) ?? outcomeOfSeverity(severity),
    keys: {
      goingOn: `${place}/${what === '' ? textOf(id) : `${type}/${what}`}`,
      once: textOf(id) && `${place}/${textOf(id)}`,
    },
    severity,
    draft: {
      summary: [subject, whyIn(detail) || (state === '' ? fieldsOf(detail) : '')].filter(Boolean).join(': '),
      source: placeOf(event),
      at: time,
      labels: { account, region, source },
      component: source,
      details: detail,
    },
  }
}

/** In these words services tell of their state: `state`, `jobStatus`, `build-status`. */
function stateIn(detail: Record<string, unknown>): string {
  return firstText(detail.state, detail.status, named(detail, /(?:state|status)$/i))
}

/** What a service says in a sentence; of a call of its API who has made it, and whether it was refused. */
function whyIn(detail: Record<string, unknown>): string {
  const said = firstText(detail.message, detail.Message, detail.description)
  return said || [recordOf(detail.userIdentity).arn, detail.errorCode].map(textOf).filter(Boolean).join(' ')
}

/** These name no thing, but the event itself or where it comes from. */
const nameless = /^(?:account|event|request)[-_]?id$/i

/** What an event is about: what its detail calls a name, a resource that it names, or what its detail calls an id. */
function whatOf(event: Record<string, unknown>, detail: Record<string, unknown>): string {
  return firstText(named(detail, /name$/i), listOf(event.resources)[0], named(detail, /(?:id|arn)$/i))
}

function named(detail: Record<string, unknown>, pattern: RegExp): string {
  const isSo = ([name, value]: [string, unknown]) => pattern.test(name) && !nameless.test(name) && textOf(value) !== ''
  return textOf(Object.entries(detail).find(isSo)?.[1])
}

/** So many fields are told of an event that has no words for itself. */
const MOST_FIELDS = 6

/** `bucket.name: logs, object.key: a.gz`. */
function fieldsOf(detail: Record<string, unknown>): string {
  const fields = Object.entries(detail).flatMap(([name, value]): [string, unknown][] =>
    isRecord(value) ? Object.entries(value).map(([inner, one]) => [`${name}.${inner}`, one]) : [[name, value]],
  )
  const told = fields.filter(([, value]) => textOf(value) !== '').slice(0, MOST_FIELDS)
  return told.map(([name, value]) => `${name}: ${textOf(value)}`).join(', ')
}
