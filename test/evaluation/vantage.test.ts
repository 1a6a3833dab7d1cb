import { describe, expect, it } from 'vitest'
import type { Observation } from '../../shared/contracts/report.ts'
import type { VerdictWord } from '../../shared/contracts/words.ts'
import { checkKey, REMEMBERED_OUTCOMES, recordsOf, unpack } from '../../shared/evaluation/record.ts'
import { type ReportEvent, type VantageState, vantageMachine } from '../../shared/evaluation/vantage.ts'
import { says } from '../facts.ts'
import { at } from '../messages/notices.ts'

const STALE_MS = 155_000

/** What a vantage remembers, report by report. */
class Vantage {
  state: VantageState | undefined
  reason = ''
  /** When the last report was taken; by default 100 ms after it was sent. */
  delayMs = 100

  /** A report of one run: `{ 'pay/web': 'up' }`, seen and sent at this time. Gives the checks to be judged. */
  report(time: string, seen: Record<string, VerdictWord>, sentAt = at(time)): string[] {
    const observations = Object.entries(seen).map(([check, outcome]) => observation(check, outcome, at(time)))
    return this.take(observations, sentAt)
  }

  take(observations: Observation[], sentAt: number): string[] {
    const runner = { function: 'probe', run: 'r', version: '1', startedAt: 1, finishedAt: 2, coldStart: false }
    const report: ReportEvent['report'] = { v: 1, kind: 'report', vantage: 'aws/x', runner, observations }
    const event: ReportEvent = { type: 'report', report, sentAt, staleAfterMs: () => STALE_MS }
    const { state, outbox, reason } = vantageMachine.transition(this.state, event, sentAt + this.delayMs)
    this.state = state
    this.reason = reason
    expect(outbox.length).toBeLessThanOrEqual(1)
    return outbox.flatMap(({ checks }) => checks)
  }

  record(check: string) {
    return unpack(this.state ?? { records: '' }).get(checkKey(check))
  }
}

const observation = (check: string, outcome: VerdictWord, when: number, said?: string): Observation => ({
  check,
  project: 'pay',
  at: when,
  outcome,
  latencyMs: 20,
  ...(said === undefined ? {} : { fault: says(said) }),
})

/** A minute later, `times` times from 02:00 on. */
function upFor(vantage: Vantage, times: number): void {
  for (let minute = 0; minute < times; minute++)
    vantage.report(`02:${String(minute).padStart(2, '0')}`, { 'pay/web': 'up' })
}

describe('a vantage remembers', () => {
  it('the last outcomes of each check, and when it was seen', () => {
    const vantage = new Vantage()
    vantage.report('02:13', { 'pay/web': 'up', 'pay/db': 'down' })
    vantage.report('02:14', { 'pay/web': 'down' })

    const [web, db] = [at('02:14'), at('02:13')]
    expect(vantage.record('pay/web')).toEqual({ outcomes: ['up', 'down'], at: web, latencyMs: 20, troubledSince: web })
    expect(vantage.record('pay/db')).toEqual({ outcomes: ['down'], at: db, latencyMs: 20, troubledSince: db })
    expect(vantage.state).toMatchObject({ vantage: 'aws/x', function: 'probe', heardAt: at('02:14') })
  })

  it.each([
    { seen: ['02:10 up', '02:11 down', '02:12 degraded', '02:13 down'], since: '02:11', reason: 'its first look' },
    {
      seen: ['02:10 down', '02:11 unknown', '02:12 down'],
      since: '02:10',
      reason: 'one that saw nothing ends nothing',
    },
    { seen: ['02:10 unknown', '02:11 unknown', '02:12 down'], since: '02:12', reason: 'one that saw nothing is none' },
    { seen: ['02:10 down', '02:11 up', '02:12 down'], since: '02:12', reason: 'it was up meanwhile' },
    { seen: ['02:10 down', '02:11 up'], since: undefined, reason: 'it is up' },
    { seen: ['02:10 down', '02:13 down'], since: '02:13', reason: 'nobody knows of the time between' },
  ])('since when it sees a trouble: $seen is $since, $reason', ({ seen, since }) => {
    const vantage = new Vantage()
    for (const look of seen) {
      const [time = '', outcome] = look.split(' ')
      vantage.report(time, { 'pay/web': outcome as VerdictWord })
    }
    expect(vantage.record('pay/web')?.troubledSince).toBe(since === undefined ? undefined : at(since))
  })

  it('no trouble from before its looks saw nothing for as long as it remembers', () => {
    const vantage = new Vantage()
    vantage.report('02:00', { 'pay/web': 'down' })
    for (let minute = 1; minute <= REMEMBERED_OUTCOMES; minute++)
      vantage.report(`02:${String(minute).padStart(2, '0')}`, { 'pay/web': 'unknown' })
    vantage.report('02:21', { 'pay/web': 'down' })

    expect(vantage.record('pay/web')?.troubledSince).toBe(at('02:21'))
  })

  it('no more than twenty outcomes', () => {
    const vantage = new Vantage()
    upFor(vantage, 30)

    expect(vantage.record('pay/web')?.outcomes).toHaveLength(REMEMBERED_OUTCOMES)
  })

  it('what is wrong, until it is up again', () => {
    const vantage = new Vantage()
    vantage.take([observation('pay/web', 'down', at('02:13'), 'HTTP 502')], at('02:13'))
    expect(vantage.state?.faults).toEqual({ 'pay/web': says('HTTP 502') })

    vantage.report('02:15', { 'pay/web': 'up' })
    expect(vantage.state?.faults).toEqual({})
  })

  it('what is wrong with so many checks as an item has room for', () => {
    const vantage = new Vantage()
    const all = Array.from({ length: 1000 }, (_, index) => `pay/${index}`)
    vantage.take(
      all.map((check) => observation(check, 'down', at('02:13'), 'x'.repeat(160))),
      at('02:13'),
    )
    const kept = Object.keys(vantage.state?.faults ?? {})
    expect(kept.length).toBeGreaterThan(150)
    expect(JSON.stringify(vantage.state?.faults).length).toBeLessThan(50_000)

    vantage.report('02:14', Object.fromEntries(kept.map((check) => [check, 'up'])))
    vantage.take([observation('pay/999', 'down', at('02:15'), 'later')], at('02:15'))
    expect(vantage.state?.faults).toEqual({ 'pay/999': says('later') })
  })

  it('not so many words that an outage of everything would overflow the item', () => {
    const vantage = new Vantage()
    const all = Array.from({ length: 5_000 }, (_, index) =>
      observation(`pay/check-${index}`, 'down', at('02:13'), '连接超时'.repeat(25)),
    )
    vantage.take(all, at('02:13'))

    expect(Buffer.byteLength(JSON.stringify(vantage.state))).toBeLessThan(300_000)
  })
})

describe('what is late or repeated changes nothing', () => {
  it.each([
    { comes: 'the same report again', time: '02:14', sent: '02:14' },
    { comes: 'an older report', time: '02:13', sent: '02:13' },
  ])('$comes', ({ time, sent }) => {
    const vantage = new Vantage()
    vantage.report('02:12', { 'pay/web': 'up' })
    vantage.report('02:14', { 'pay/web': 'up' })
    const before = vantage.state

    expect(vantage.report(time, { 'pay/web': 'down' }, at(sent))).toEqual([])
    expect(vantage.reason).toBe('late or repeated report')
    expect(vantage.state).toBe(before)
  })

  it('an old observation in a report that was heard just now is only a heartbeat', () => {
    const vantage = new Vantage()
    vantage.report('02:14', { 'pay/web': 'up' })

    expect(vantage.report('02:13', { 'pay/web': 'down' }, at('02:15'))).toEqual([])
    expect(vantage.record('pay/web')?.outcomes).toEqual(['up'])
    expect(vantage.state?.heardAt).toBe(at('02:15'))
  })

  it('a check that the report names twice counts once per time, and is judged once', () => {
    const vantage = new Vantage()
    const twice = [observation('pay/web', 'down', at('02:13')), observation('pay/web', 'down', at('02:13'))]
    expect(vantage.take(twice, at('02:13'))).toEqual(['pay/web'])
    expect(vantage.record('pay/web')?.outcomes).toEqual(['down'])

    const later = [observation('pay/web', 'down', at('02:14')), observation('pay/web', 'up', at('02:14:30'))]
    expect(vantage.take(later, at('02:14:31'))).toEqual(['pay/web'])
  })

  it('what others have read of it before stays as it was', () => {
    const vantage = new Vantage()
    vantage.report('02:14', { 'pay/web': 'up' })
    const before = vantage.state ?? { records: '' }
    const known = recordsOf(before)
    vantage.report('02:15', { 'pay/web': 'down' })

    expect(vantage.record('pay/web')?.outcomes).toEqual(['up', 'down'])
    expect(known).toEqual(unpack(before))
  })

  it('a run without observations is a heartbeat', () => {
    const vantage = new Vantage()

    expect(vantage.report('02:13', {})).toEqual([])
    expect(vantage.state?.heardAt).toBe(at('02:13'))
  })
})

describe('a sender’s clock that is ahead', () => {
  it('is held to the queue’s, and later reports still count', () => {
    const vantage = new Vantage()
    vantage.report('03:13', { 'pay/web': 'up' }, at('02:13'))
    expect(vantage.record('pay/web')?.at).toBe(at('02:13:05'))

    vantage.report('03:14', { 'pay/web': 'down' }, at('02:14'))
    expect(vantage.record('pay/web')?.outcomes).toEqual(['up', 'down'])
  })

  it('makes a redelivery no second observation', () => {
    const vantage = new Vantage()
    vantage.report('03:13', { 'pay/web': 'down' }, at('02:13'))

    expect(vantage.report('03:13', { 'pay/web': 'down' }, at('02:13'))).toEqual([])
    expect(vantage.record('pay/web')?.outcomes).toEqual(['down'])
  })
})

describe('checks to be judged', () => {
  it('every one until it has been up as long as is remembered', () => {
    const vantage = new Vantage()
    upFor(vantage, REMEMBERED_OUTCOMES)

    expect(vantage.report('02:20', { 'pay/web': 'up' })).toEqual([])
    expect(vantage.reason).toBe('1 observations')
  })

  it('one that was steady, as soon as it is not', () => {
    const vantage = new Vantage()
    upFor(vantage, 25)

    expect(vantage.report('02:25', { 'pay/web': 'down' })).toEqual(['pay/web'])
    expect(vantage.report('02:26', { 'pay/web': 'up' })).toEqual(['pay/web'])
  })

  it('one that was steady, when its data had been missing', () => {
    const vantage = new Vantage()
    upFor(vantage, 25)

    expect(vantage.report('02:26', { 'pay/web': 'up' })).toEqual([])
    expect(vantage.report('02:29', { 'pay/web': 'up' })).toEqual(['pay/web'])
  })

  it('one whose report came so late that it had been found missing in the meantime', () => {
    const vantage = new Vantage()
    upFor(vantage, 25)
    vantage.delayMs = 120_000

    expect(vantage.report('02:25', { 'pay/web': 'up' })).toEqual(['pay/web'])
  })
})

it('a vantage that is silent for good is forgotten after 30 days', () => {
  const vantage = new Vantage()
  vantage.report('02:13', {})

  expect(vantageMachine.expiresAt?.(vantage.state ?? expect.fail())).toBe(at('02:13') / 1000 + 30 * 86_400)
})
