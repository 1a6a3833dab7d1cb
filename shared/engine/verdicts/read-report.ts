import { readLeniently } from '../../contracts/lenient.ts'
import {
  isOfLaterVersion,
  MOST_PLACES_NAMED,
  OfLaterRelease,
  placesOf,
  Rejection,
  rejectionOf,
} from '../../contracts/rejection.ts'
import { observation, type Report, report, reportVersions } from '../../contracts/report.ts'
import { toCurrent, type Versions } from '../../contracts/versions.ts'
import type { Refused } from '../ingest/read-alerts.ts'
import type { EngineIo } from '../io.ts'

/** Without these an observation says nothing. */
const ESSENTIAL_OF_OBSERVATION = ['check', 'project', 'at', 'outcome']

/**
 * A probe's report, each observation judged alone: functions are deployed one after the other, and a word that is new to this one, or
 * one check's nonsense, is no reason to be deaf to a vantage. The version before is taken as well, and one after this kept. Throws a
 * `Rejection` for what is no report.
 */
export function readReport(
  written: unknown,
  io: Pick<EngineIo, 'log'>,
  versions: Versions = reportVersions,
): { report: Report; refused: Refused[] } {
  const body = toCurrent(written, versions)
  // What is right is read once.
  const whole = report.safeParse(body)
  if (whole.success) return { report: whole.data, refused: [] }
  if (isOfLaterVersion(body, versions.current))
    throw new OfLaterRelease({ code: 'not-a-report', args: { places: ['v: invalid_value'] } })
  const { observations: all, ...rest } = body as Record<string, unknown>
  const head = readLeniently<Report>(report, { ...rest, observations: [] }, ['v', 'kind', 'vantage', 'runner'])
  if ('refused' in head) throw rejectionOf('not-a-report', head.refused)
  if (!Array.isArray(all))
    throw new Rejection({ code: 'not-a-report', args: { places: ['observations: invalid_type'] } })
  const read = all.map((one: unknown, position) => ({
    one,
    position,
    ...readLeniently(observation, one, ESSENTIAL_OF_OBSERVATION),
  }))
  const observations = read.flatMap((one) => ('value' in one ? [one.value] : []))
  const wrong = read.flatMap((one) => ('refused' in one ? [one] : []))
  const places = wrong
    .flatMap(({ refused, position }) => placesOf(refused, ['observations', position]))
    .slice(0, MOST_PLACES_NAMED)
  if (observations.length === 0 && wrong.length > 0) throw new Rejection({ code: 'not-a-report', args: { places } })
  const unusable = read.flatMap((one) => ('value' in one ? one.unusable : []))
  if (unusable.length > 0)
    io.log({
      level: 'warn',
      event: 'report read in part',
      vantage: head.value.vantage,
      unusable: unusable.slice(0, 20),
    })
  const taken = { ...head.value, observations }
  if (wrong.length === 0) return { report: taken, refused: [] }
  const untaken = { ...rest, observations: wrong.map(({ one }) => one) }
  return { report: taken, refused: [{ body: untaken, reason: { code: 'observations-left-out', args: { places } } }] }
}
