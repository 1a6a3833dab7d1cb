import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Fact } from '../../shared/contracts/fact.ts'
import type { RegionResult } from '../../shared/evaluation/confirmed.ts'
import { failoverMachine, isToBeSpokenTo } from '../../shared/evaluation/failover.ts'
import type { FailoverEvent, FailoverState } from '../../shared/evaluation/failover-state.ts'

const MINUTE = 60_000
const HOLD = 5 * MINUTE
const START = Date.parse('2026-11-28T02:00:00Z')
const rules = {
  name: 'orders',
  regions: [{ region: 'us-east-1' }, { region: 'us-west-2' }],
  confirm: { m: 2, n: 3 },
  holdMs: HOLD,
}
const fault: Fact = { code: 'lex-throttled', args: {} }
const finds: Record<string, RegionResult> = {
  w: { found: 'well' },
  f: { found: 'faulty', fault },
  '?': { found: 'unknown' },
}

/** One check of east and west each minute, such as `wf`; gives who serves after each, and what people are told. */
function follow(results: string, more: Partial<FailoverEvent> = {}) {
  let state: FailoverState | undefined
  let now = START
  const told: string[] = []
  const serving = results.split(' ').map(([east = '?', west = '?']) => {
    const seen = { 'us-east-1': finds[east] ?? {}, 'us-west-2': finds[west] ?? {} } as FailoverEvent['results']
    const decision = failoverMachine.transition(state, { rules, results: seen, ...more }, now)
    state = decision.state
    told.push(...decision.outbox.map(({ action, trouble }) => `${action} ${trouble}`))
    now += MINUTE
    return state?.serving === 'us-west-2' ? 'w' : 'e'
  })
  return { serving: serving.join(''), told, state: state ?? expect.unreachable() }
}

const away = 'trigger elsewhere'
const none = 'trigger none-well'

it.each<[why: string, results: string, serving: string, told: string[]]>([
  ['all is well', 'ww ww ww', 'eee', []],
  ['one bad check is no outage', 'ww ww fw ww ww fw ww', 'eeeeeee', []],
  ['two of three are', 'ww ww fw ww fw fw', 'eeeeww', [away]],
  ['at the first start a region has to be known to be well', 'fw fw', 'ew', [away]],
  ['what says nothing is neither good nor bad', 'ww ww fw ?w ?w ?w fw', 'eeeeeew', [away]],
  ['it serves again after the hold', 'ww ww fw fw ww ww ww ww ww ww', 'eeewwwwwwe', [away, 'resolve elsewhere']],
  ['one bad check begins the hold anew', 'ww ww fw fw ww ww fw ww ww ww ww ww', 'eeewwwwwwwww', [away]],
  ['it serves again at once where the other is faulty', 'ww ww fw fw ww wf wf', 'eeewwwe', [away, 'resolve elsewhere']],
  ['with both down the last good one stays', 'ww ww fw fw ff ff ff', 'eeewwww', [away, none]],
  ['both at once: the first stays', 'ww ww ff ff ff', 'eeeee', [none]],
  ['the second alone is no news', 'ww ww wf wf wf', 'eeeee', []],
  ['whoever recovers first serves', 'ww ww ff ff fw fw', 'eeeeew', [none, away, 'resolve none-well']],
  ['the last good one recovers', 'ww ww ff ff wf wf', 'eeeeee', [none, 'resolve none-well']],
  ['nothing is known of the other: there is nobody to switch to', 'w? w? f? f?', 'eeee', [none]],
])('%s', (_, results, serving, told) => {
  const seen = follow(results)
  expect(seen.serving).toBe(serving)
  expect(seen.told.sort()).toEqual(told.toSorted())
})

it('keeps since when and why, and what was before', () => {
  const { state } = follow('ww ww fw fw ww ww ww ww ww ww')
  expect(state).toMatchObject({ serving: 'us-east-1', since: START + 9 * MINUTE, notified: {} })
  expect(state.history).toEqual([
    {
      at: START + 9 * MINUTE,
      from: 'us-west-2',
      to: 'us-east-1',
      why: { code: 'region-back', args: { region: 'us-east-1', forMs: HOLD } },
    },
    {
      at: START + 3 * MINUTE,
      from: 'us-east-1',
      to: 'us-west-2',
      why: { code: 'region-faulty', args: { region: 'us-east-1', fault } },
    },
  ])
})

it('begins with what an older table says, and not with what it says of nobody', () => {
  expect(follow('??', { began: 'us-west-2' }).serving).toBe('w')
  expect(follow('??', { began: 'err' }).serving).toBe('e')
})

it('leaves a region that is taken out of the configuration', () => {
  const { state } = follow('ww ww fw fw')
  const regions = rules.regions.slice(0, 1)
  const result = { 'us-east-1': { found: 'well' as const } }
  const decision = failoverMachine.transition(
    state,
    { rules: { ...rules, regions }, results: result },
    START + 4 * MINUTE,
  )
  expect(decision.state).toMatchObject({ serving: 'us-east-1', why: { code: 'region-unlisted' } })
  expect(Object.keys(decision.state?.regions ?? {})).toEqual(['us-east-1'])
})

it('writes nothing while nothing changes', () => {
  const { state } = follow('ww ww ww')
  const results = { 'us-east-1': { found: 'well' as const }, 'us-west-2': { found: 'well' as const } }
  expect(failoverMachine.transition(state, { rules, results }, START + 9 * MINUTE).state).toBe(state)
})

it('speaks to a bot now and then, and after every check that was not well', () => {
  const spoken = { results: 'www', is: 'well' as const, spokenAt: START }
  const asks = { say: 'flowers', sayEveryMs: 15 * MINUTE }
  expect(isToBeSpokenTo(asks, undefined, START)).toBe(true)
  expect(isToBeSpokenTo(asks, spoken, START + 14 * MINUTE)).toBe(false)
  expect(isToBeSpokenTo(asks, spoken, START + 15 * MINUTE)).toBe(true)
  expect(isToBeSpokenTo(asks, { results: 'wwf', is: 'well' }, START + MINUTE)).toBe(true)
  expect(isToBeSpokenTo({ sayEveryMs: 0 }, undefined, START)).toBe(false)
})

it('whatever is seen, a region serves that was well last or none is, and people know whether it is the first', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[wf?]{2}$/), { minLength: 1, maxLength: 25 }), (results) => {
      const { state, told } = follow(results.join(' '))
      const records = Object.values(state.regions)
      const isFaulty = state.regions[state.serving]?.is === 'faulty'
      if (isFaulty) expect(records.filter(({ is }) => is === 'well')).toEqual([])
      expect(state.notified['none-well'] !== undefined).toBe(isFaulty)
      expect(state.notified.elsewhere !== undefined).toBe(state.serving === 'us-west-2')
      for (const trouble of ['elsewhere', 'none-well'] as const) {
        const open = told.filter((one) => one.endsWith(trouble))
        expect(open.at(-1)?.startsWith('trigger') ?? false).toBe(state.notified[trouble] !== undefined)
      }
    }),
    { numRuns: 40 },
  )
})
