import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Fact } from '../../shared/contracts/fact.ts'
import { failoverMachine, isToBeSpokenTo } from '../../shared/evaluation/failover.ts'
import type { FailoverEvent, FailoverState, RegionLook } from '../../shared/evaluation/failover-state.ts'

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
const finds: Record<string, RegionLook> = {
  w: { found: 'well' },
  i: { found: 'ill', fault },
  '?': { found: 'unknown' },
}

/** One look at east and west each minute, such as `wi`; gives who serves after each, and what people are told. */
function follow(looks: string, more: Partial<FailoverEvent> = {}) {
  let state: FailoverState | undefined
  let now = START
  const told: string[] = []
  const serving = looks.split(' ').map(([east = '?', west = '?']) => {
    const seen = { 'us-east-1': finds[east] ?? {}, 'us-west-2': finds[west] ?? {} } as FailoverEvent['looks']
    const decision = failoverMachine.transition(state, { rules, looks: seen, ...more }, now)
    state = decision.state
    told.push(...decision.outbox.map(({ action, trouble }) => `${action} ${trouble}`))
    now += MINUTE
    return state?.serving === 'us-west-2' ? 'w' : 'e'
  })
  return { serving: serving.join(''), told, state: state ?? expect.unreachable() }
}

const away = 'trigger elsewhere'
const none = 'trigger none-well'

it.each<[why: string, looks: string, serving: string, told: string[]]>([
  ['all is well', 'ww ww ww', 'eee', []],
  ['one bad look is no outage', 'ww ww iw ww ww iw ww', 'eeeeeee', []],
  ['two of three are', 'ww ww iw ww iw iw', 'eeeeww', [away]],
  ['at the first start a region has to be known to be well', 'iw iw', 'ew', [away]],
  ['what says nothing is neither good nor bad', 'ww ww iw ?w ?w ?w iw', 'eeeeeew', [away]],
  ['it serves again after the hold', 'ww ww iw iw ww ww ww ww ww ww', 'eeewwwwwwe', [away, 'resolve elsewhere']],
  ['one bad look begins the hold anew', 'ww ww iw iw ww ww iw ww ww ww ww ww', 'eeewwwwwwwww', [away]],
  ['it serves again at once where the other is ill', 'ww ww iw iw ww wi wi', 'eeewwwe', [away, 'resolve elsewhere']],
  ['with both down the last good one stays', 'ww ww iw iw ii ii ii', 'eeewwww', [away, none]],
  ['both at once: the first stays', 'ww ww ii ii ii', 'eeeee', [none]],
  ['the second alone is no news', 'ww ww wi wi wi', 'eeeee', []],
  ['whoever recovers first serves', 'ww ww ii ii iw iw', 'eeeeew', [none, away, 'resolve none-well']],
  ['the last good one recovers', 'ww ww ii ii wi wi', 'eeeeee', [none, 'resolve none-well']],
  ['nothing is known of the other: there is nobody to switch to', 'w? w? i? i?', 'eeee', [none]],
])('%s', (_, looks, serving, told) => {
  const seen = follow(looks)
  expect(seen.serving).toBe(serving)
  expect(seen.told.sort()).toEqual(told.toSorted())
})

it('keeps since when and why, and what was before', () => {
  const { state } = follow('ww ww iw iw ww ww ww ww ww ww')
  expect(state).toMatchObject({ serving: 'us-east-1', since: START + 9 * MINUTE, told: {} })
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
      why: { code: 'region-ill', args: { region: 'us-east-1', fault } },
    },
  ])
})

it('begins with what an older table says, and not with what it says of nobody', () => {
  expect(follow('??', { began: 'us-west-2' }).serving).toBe('w')
  expect(follow('??', { began: 'err' }).serving).toBe('e')
})

it('leaves a region that is taken out of the configuration', () => {
  const { state } = follow('ww ww iw iw')
  const regions = rules.regions.slice(0, 1)
  const look = { 'us-east-1': { found: 'well' as const } }
  const decision = failoverMachine.transition(state, { rules: { ...rules, regions }, looks: look }, START + 4 * MINUTE)
  expect(decision.state).toMatchObject({ serving: 'us-east-1', why: { code: 'region-unlisted' } })
  expect(Object.keys(decision.state?.regions ?? {})).toEqual(['us-east-1'])
})

it('writes nothing while nothing changes', () => {
  const { state } = follow('ww ww ww')
  const looks = { 'us-east-1': { found: 'well' as const }, 'us-west-2': { found: 'well' as const } }
  expect(failoverMachine.transition(state, { rules, looks }, START + 9 * MINUTE).state).toBe(state)
})

it('speaks to a bot now and then, and after every look that was not well', () => {
  const spoken = { looks: 'www', is: 'well' as const, spokenAt: START }
  const asks = { say: 'flowers', sayEveryMs: 15 * MINUTE }
  expect(isToBeSpokenTo(asks, undefined, START)).toBe(true)
  expect(isToBeSpokenTo(asks, spoken, START + 14 * MINUTE)).toBe(false)
  expect(isToBeSpokenTo(asks, spoken, START + 15 * MINUTE)).toBe(true)
  expect(isToBeSpokenTo(asks, { looks: 'wwi', is: 'well' }, START + MINUTE)).toBe(true)
  expect(isToBeSpokenTo({ sayEveryMs: 0 }, undefined, START)).toBe(false)
})

it('whatever is seen, a region serves that was well last or none is, and people know whether it is the first', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[wi?]{2}$/), { minLength: 1, maxLength: 25 }), (looks) => {
      const { state, told } = follow(looks.join(' '))
      const records = Object.values(state.regions)
      const isIll = state.regions[state.serving]?.is === 'ill'
      if (isIll) expect(records.filter(({ is }) => is === 'well')).toEqual([])
      expect(state.told['none-well'] !== undefined).toBe(isIll)
      expect(state.told.elsewhere !== undefined).toBe(state.serving === 'us-west-2')
      for (const trouble of ['elsewhere', 'none-well'] as const) {
        const open = told.filter((one) => one.endsWith(trouble))
        expect(open.at(-1)?.startsWith('trigger') ?? false).toBe(state.told[trouble] !== undefined)
      }
    }),
    { numRuns: 40 },
  )
})
