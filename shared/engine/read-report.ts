import { readLeniently } from '../contracts/lenient.ts'
import { Rejection } from '../contracts/rejection.ts'
import { observation, type Report, report } from '../contracts/report.ts'
import type { EngineIo } from './io.ts'
import type { Refused } from './read-alerts.ts'

/** Without these an observation says nothing. */
const ESSENTIAL_OF_OBSERVATION = ['check', 'project', 'at', 'outcome']

/**
 * A probe's report, each observation judged alone: functions are deployed one after the other, and a word that is new to this one, or
 * one check's nonsense, is no reason to be deaf to a vantage. Throws a `Rejection` for what is no report.
 */
export function readReport(body: unknown, io: Pick<EngineIo, 'log'>): { report: Report; refused: Refused[] } {
  // What is right is read once.
  const whole = report.safeParse(body)
  if (whole.success) return { report: whole.data, refused: [] }
  const { observations: written, ...rest } = body as Record<string, unknown>
  const head = readLeniently<Report>(report, { ...rest, observations: [] }, ['v', 'kind', 'vantage', 'runner'])
  if ('refused' in head) throw new Rejection(`Not a probe report: ${head.refused}`)
  if (!Array.isArray(written)) throw new Rejection('Not a probe report: observations: they are no list')
  const read = written.map((one: unknown) => ({ one, ...readLeniently(observation, one, ESSENTIAL_OF_OBSERVATION) }))
  const observations = read.flatMap((one) => ('value' in one ? [one.value] : []))
  const wrong = read.flatMap((one) => ('refused' in one ? [one] : []))
  if (observations.length === 0 && wrong.length > 0)
    throw new Rejection(`Not a probe report: observations: ${wrong[0]?.refused}`)
  const unusable = read.flatMap((one) => ('value' in one ? one.unusable : []))
  if (unusable.length > 0)
    io.log({
      level: 'warn',
      event: 'report read in part',
      vantage: head.value.vantage,
      unusable: unusable.slice(0, 20),
    })
  const reason = wrong
    .slice(0, 10)
    .map(({ refused }) => refused)
    .join('; ')
  const refused = wrong.length === 0 ? [] : [{ body: { ...rest, observations: wrong.map(({ one }) => one) }, reason }]
  return { report: { ...head.value, observations }, refused }
}
