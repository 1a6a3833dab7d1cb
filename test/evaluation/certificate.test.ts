import { expect, it } from 'vitest'
import { DAY_MS, HOUR_MS } from '../../shared/contracts/milliseconds.ts'
import type { Observation } from '../../shared/contracts/report.ts'
import { firstCertificateEnd } from '../../shared/evaluation/certificate.ts'
import { checkKey, unpack } from '../../shared/evaluation/record.ts'
import { type ReportEvent, type VantageState, vantageMachine } from '../../shared/evaluation/vantage.ts'
import { someCheck } from '../checks/records.ts'
import { at } from '../messages/notices.ts'

const web = someCheck({ name: 'web', intervalMs: 60_000, timeoutMs: 5_000 })

/** What a vantage knows of a check's certificate after each of its runs, in days from 02:00 on. */
function days(...runs: Pick<Observation, 'outcome' | 'fault'>[]): (number | undefined)[] {
  let state: VantageState | undefined
  return runs.map((run, minute) => {
    const sentAt = at('02:00') + minute * 60_000
    const runner = {
      function: 'probe',
      run: 'r',
      version: '1',
      startedAt: sentAt,
      finishedAt: sentAt,
      coldStart: false,
    }
    const observations = [{ check: web.id, project: 'pay', at: sentAt, latencyMs: 20, ...run }]
    const report: ReportEvent['report'] = { v: 1, kind: 'report', vantage: 'aws/x', runner, observations }
    state = vantageMachine.transition(
      state,
      { type: 'report', report, sentAt, staleAfterMs: () => HOUR_MS },
      sentAt,
    ).state
    const ends = unpack(state ?? { records: '' }).get(checkKey(web.id))?.certificateEnds
    return ends === undefined ? undefined : (ends - at('02:00')) / DAY_MS
  })
}

/** Up for so many days from 02:00 on. */
const expires = (inDays: number, minute = 0) => ({
  outcome: 'up' as const,
  fault: { code: 'certificate-expires', args: { inMs: inDays * DAY_MS - minute * 60_000 } },
})
const refused = { outcome: 'down' as const, fault: { code: 'connection-refused', args: {} } }

it('is known from a run on that was shown it, and stays so while none comes that far', () => {
  expect(days({ outcome: 'up' }, expires(70, 1), refused, refused)).toEqual([undefined, 70, 70, 70])
})

it('is another once it is renewed', () => {
  expect(days(expires(3), expires(90, 1))).toEqual([3, 90])
})

it('is none any more once a run is up and says nothing of it', () => {
  expect(days(expires(3), { outcome: 'up' })).toEqual([3, undefined])
})

it('has ended when it is told to have, and a liar’s is none', () => {
  const expired = { outcome: 'down' as const, fault: { code: 'certificate-expired', args: { agoMs: 2 * DAY_MS } } }
  const lie = { outcome: 'up' as const, fault: { code: 'certificate-expires', args: { inMs: 'soon' } } }
  expect(days(expired, lie)).toEqual([-2, -2])
})

it('does not depend on a clock that is wrong: what is left was counted by the same one', () => {
  const ahead = at('02:00') + 10 * DAY_MS
  const runner = { function: 'probe', run: 'r', version: '1', startedAt: ahead, finishedAt: ahead, coldStart: false }
  const observations = [{ check: web.id, project: 'pay', at: ahead, latencyMs: 20, ...expires(20) }]
  const report: ReportEvent['report'] = { v: 1, kind: 'report', vantage: 'aws/x', runner, observations }
  const { state } = vantageMachine.transition(
    undefined,
    { type: 'report', report, sentAt: at('02:00'), staleAfterMs: () => HOUR_MS },
    at('02:00'),
  )
  expect(unpack(state ?? { records: '' }).get(checkKey(web.id))?.certificateEnds).toBe(ahead + 20 * DAY_MS)
})

it('of a check is the first by all vantages that still look at it', () => {
  const now = at('02:10')
  const sees = (vantage: string, seenAt: number, certificateEnds?: number) => ({
    ...{ vantage, outcomes: ['up' as const], at: seenAt, latencyMs: 20 },
    ...(certificateEnds === undefined ? {} : { certificateEnds }),
  })
  const fresh = [sees('aws/x', now, now + 70 * DAY_MS), sees('aws/y', now, now + 9 * DAY_MS), sees('aws/z', now)]
  expect(firstCertificateEnd(web, fresh, now)).toBe(now + 9 * DAY_MS)
  expect(firstCertificateEnd(web, [...fresh, sees('aws/gone', now - HOUR_MS, now)], now)).toBe(now + 9 * DAY_MS)
  expect(firstCertificateEnd(web, [sees('aws/z', now)], now)).toBeUndefined()
})
