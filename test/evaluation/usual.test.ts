import { describe, expect, it } from 'vitest'
import type { Observation } from '../../shared/contracts/report.ts'
import type { HourOfCheck } from '../../shared/evaluation/history.ts'
import { checkKey } from '../../shared/evaluation/record.ts'
import { comparedWithUsual, type Usual, usualOf } from '../../shared/evaluation/usual.ts'
import { says } from '../facts.ts'

const key = checkKey('pay/web')
const hour = (changes: Partial<HourOfCheck> = {}): HourOfCheck[] => [
  { key, runs: 60, up: 60, down: 0, upMs: 3_600_000, knownMs: 3_600_000, medianMs: 100, p95Ms: 130, ...changes },
]
const usual = (...hours: HourOfCheck[][]) => usualOf(hours).get(key)

describe('what is usual', () => {
  it('is the median of the hours, and of how far they stray', () => {
    const hours = [hour(), hour({ medianMs: 110, p95Ms: 200 }), hour({ medianMs: 90, p95Ms: 95 })]
    expect(usual(...hours)).toEqual({ medianMs: 100, spreadMs: 30 })
  })

  it('is not what one bad hour says', () => {
    const bad = hour({ medianMs: 4_000, p95Ms: 5_000 })
    expect(usual(hour(), hour(), bad, hour(), hour())).toEqual({ medianMs: 100, spreadMs: 30 })
  })

  it.each([
    [11, undefined],
    [12, { medianMs: 100, spreadMs: 30 }],
  ])('is, after %d runs in all, %j', (runs, expected) => {
    expect(usual(hour({ runs: 10 }), hour({ runs: runs - 10 }))).toEqual(expected)
  })

  it('is nothing that hours without any answer say', () => {
    expect(usual(hour({ medianMs: 0, p95Ms: 0, up: 0, down: 60 }))).toBeUndefined()
    expect(usual(hour({ medianMs: 0, p95Ms: 0, runs: 60 }), hour({ runs: 11 }))).toBeUndefined()
    expect(usual()).toBeUndefined()
  })

  it('is its own for each check', () => {
    const other = checkKey('pay/db')
    const both = usualOf([[...hour(), { ...(hour()[0] ?? expect.fail()), key: other, medianMs: 7, p95Ms: 8 }]])
    expect(both).toEqual(
      new Map([
        [key, { medianMs: 100, spreadMs: 30 }],
        [other, { medianMs: 7, spreadMs: 1 }],
      ]),
    )
  })
})

describe('an answer', () => {
  const seen = (changes: Partial<Observation> = {}): Observation => ({
    check: 'pay/web',
    project: 'pay',
    at: 1,
    outcome: 'up',
    latencyMs: 300,
    ...changes,
  })
  const compared = (observation: Observation, ofCheck: Usual = { medianMs: 100, spreadMs: 30 }) =>
    comparedWithUsual(observation, 3, new Map([[key, ofCheck]]))

  it('three times as slow as usual is degraded, and says so', () => {
    expect(compared(seen())).toEqual(
      seen({
        outcome: 'degraded',
        fault: { code: 'slower-than-usual', args: { tookMs: 300, times: 3, usualMs: 100 } },
      }),
    )
    expect(compared(seen({ latencyMs: 1_234, fault: says('HTTP 200') })).fault?.args).toEqual({
      tookMs: 1234,
      times: 12.3,
      usualMs: 100,
    })
  })

  it.each([
    ['a little less', seen({ latencyMs: 299 })],
    ['that is down, is down', seen({ outcome: 'down', fault: says('HTTP 502') })],
    ['that a limit has found slow, says so itself', seen({ outcome: 'degraded', fault: says('slower than 200ms') })],
    ['that nobody could get', seen({ outcome: 'unknown' })],
    ['of another check', seen({ check: 'pay/db' })],
  ])('%s is left as it is', (_reason, observation) => {
    expect(compared(observation)).toBe(observation)
  })

  it('without a time is left as it is', () => {
    const { latencyMs: _, ...timeless } = seen()
    expect(compared(timeless)).toBe(timeless)
  })

  it('of a target that is always restless has to be slower than it usually strays', () => {
    const restless = { medianMs: 100, spreadMs: 400 }
    expect(compared(seen({ latencyMs: 900 }), restless).outcome).toBe('up')
    expect(compared(seen({ latencyMs: 901 }), restless)).toMatchObject({
      outcome: 'degraded',
      fault: { code: 'slower-than-usual', args: { tookMs: 901, times: 9, usualMs: 100 } },
    })
  })

  it('from a place is compared with what is usual there', () => {
    const places = [
      { vantage: 'globalping/CN/Guangzhou/AS4134', outcome: 'up' as const, latencyMs: 320 },
      { vantage: 'globalping/CN/Beijing/AS4808', outcome: 'up' as const, latencyMs: 320 },
      { vantage: 'globalping/SG', outcome: 'up' as const, latencyMs: 320 },
    ]
    const ofPlaces = new Map([
      [checkKey('pay/web@globalping/CN/Guangzhou/AS4134'), { medianMs: 100, spreadMs: 10 }],
      [checkKey('pay/web@globalping/CN/Beijing/AS4808'), { medianMs: 300, spreadMs: 10 }],
    ])
    expect(comparedWithUsual(seen({ places }), 3, ofPlaces)).toEqual(
      seen({
        places: [
          {
            vantage: 'globalping/CN/Guangzhou/AS4134',
            outcome: 'degraded',
            latencyMs: 320,
            fault: { code: 'slower-than-usual', args: { tookMs: 320, times: 3.2, usualMs: 100 } },
          },
          ...places.slice(1),
        ],
      }),
    )
  })
})
