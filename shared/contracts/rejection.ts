import type * as z from 'zod'
import type { FactOf } from './fact.ts'

/**
 * Why nobody can take a message, or a part of it. `places` are what a schema complains about, each as its path and the schema's code,
 * such as `alerts.0.project: invalid_format`; `starts` is how the text begins. Both are quotations, bounded and cleaned.
 */
export type RejectionFact = FactOf<{
  'not-json': { starts: string }
  /** Neither a report, a heartbeat, alerts nor the seed's short form. */
  'not-an-event': { places: string[] }
  'not-a-report': { places: string[] }
  'not-a-heartbeat': { places: string[] }
  'no-alert-readable': { places: string[] }
  /** The rest of the report was taken. */
  'observations-left-out': { places: string[] }
  /** The rest of the alerts were taken. */
  'alerts-left-out': { places: string[] }
  /** Its sender is bound to other projects or vantages; the rest was taken. */
  'not-the-senders': { places: string[] }
  /** Nothing that the escalation queue carries. */
  'not-a-step': { places: string[] }
  /** What says that it is another region's word and is none to this one. */
  'peer-refused': { from: string; why: 'alone' | 'forged' | 'not-ours' | 'replayed' }
}>

/** The rejections by a schema. */
type RefusedBySchema = Exclude<RejectionFact['code'], 'not-json' | 'peer-refused'>

/** As Lambda names it to whoever has called. */
export const REJECTION = 'Rejection'

/** A message that no schema accepts: it will never be understood, however often it comes. */
export class Rejection extends Error {
  readonly fact: RejectionFact

  constructor(fact: RejectionFact) {
    super(rejectionLine(fact))
    // Whoever calls a function that throws it has this of it.
    this.name = REJECTION
    this.fact = fact
  }
}

/** A message that can't be taken yet, and perhaps in a while. It is kept for about an hour, and rejected after that. */
export class NotYet extends Rejection {}

/**
 * One that a later release may have written: functions are deployed side by side, and regions one after the other, so that an older one meets it.
 * An update of all regions is through by then.
 */
export class OfLaterRelease extends NotYet {}

/** A rejection of a message in a version, of a kind, or with a code that this release does not know: all else in it is right. */
export function rejectionOrLater(code: RefusedBySchema, body: unknown, issues: Issue[]): Rejection {
  const fact = { code, args: { places: placesOf(issues) } }
  const { kind } = Object(body)
  const isUnknownAlone =
    typeof kind === 'string' && issues.every(({ code }) => code === 'invalid_value' || code === 'invalid_union')
  return isUnknownAlone || isOfLaterVersion(body, 1) ? new OfLaterRelease(fact) : new Rejection(fact)
}

/** Releases that meet in one deployment are not further apart: a number beyond is no version of ours. */
const MOST_VERSIONS_AHEAD = 9

/** Whether a message may be one of a version after the `current` one: each has a kind. Anything else that bears a number is garbage. */
export function isOfLaterVersion(body: unknown, current: number): boolean {
  const { v, kind } = Object(body)
  return typeof kind === 'string' && Number.isInteger(v) && v > current && v <= current + MOST_VERSIONS_AHEAD
}

/** A rejection that names the places a schema complains about. */
export function rejectionOf(code: RefusedBySchema, issues: Issue[]): Rejection {
  return new Rejection({ code, args: { places: placesOf(issues) } })
}

/** A text that is no JSON. */
export function rejectionOfText(text: string): Rejection {
  return new Rejection({ code: 'not-json', args: { starts: quoted(text, 40) } })
}

/** A rejection in one line for logs and message attributes, as operators read it: `not-a-report: runner: invalid_type`. */
export function rejectionLine({ code, args }: RejectionFact): string {
  if ('why' in args) return `${code}: ${args.why}, from ${JSON.stringify(args.from)}`
  return `${code}: ${'places' in args ? args.places.join('; ') : JSON.stringify(args.starts)}`
}

type Issue = z.core.$ZodIssue

/** So many places of a message are enough to mend it by, and of each path so many characters: a fact is kept with its incident. */
export const MOST_PLACES_NAMED = 10
const PATH_CHARACTERS = 60

/** The places that a schema complains about, in a value that stands at the path `within` of its message. */
export function placesOf(issues: Issue[], within: PropertyKey[] = []): string[] {
  return issues
    .flatMap((issue) => {
      const { path, code } = issue
      const paths = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...path, key]) : [path]
      return paths.map((path) => ({ path, code }))
    })
    .slice(0, MOST_PLACES_NAMED)
    .map(({ path, code }) => {
      const at = quoted([...within, ...path].map(String).join('.'), PATH_CHARACTERS)
      return `${at || 'message'}: ${code}`
    })
}

/** A sender's own text, of which nothing is a control character or half a character. */
function quoted(text: string, characters: number): string {
  return text
    .slice(0, characters)
    .toWellFormed()
    .replace(/\p{Cc}/gu, '\uFFFD')
}
