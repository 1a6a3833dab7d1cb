import { expect, it } from 'vitest'
import type { CompiledCheck } from '../../shared/contracts/compiled-config.ts'
import type { VerdictWord } from '../../shared/contracts/words.ts'
import { confirmedTroubles } from '../../shared/delivery/confirmed-troubles.ts'
import { recentOutcomes } from '../../shared/delivery/recent-outcomes.ts'
import { someCheck } from '../checks/records.ts'
import { says } from '../facts.ts'

const start = Date.UTC(2026, 10, 21, 2, 13)
const minute = 60_000

/** The troubles in a record of recent outcomes, one a minute: `u` up, `d` down, `s` slow, `?` unknown. */
function seen(outcomes: string, changes: Partial<CompiledCheck> = {}) {
  const told = recentOutcomes()
  const check = someCheck(changes)
  const words: Record<string, VerdictWord> = { u: 'up', d: 'down', s: 'degraded', '?': 'unknown' }
  for (const [index, letter] of [...outcomes].entries()) {
    const outcome = words[letter] ?? 'up'
    const observation = {
      check: check.id,
      project: check.project,
      at: start + index * minute,
      outcome,
      fault: says(`look ${index}`),
    }
    told.saw([check], [observation])
  }
  return confirmedTroubles(told.remembered())
}

const cases: [reason: string, outcomes: string, state: string | undefined, sinceMinute?: number][] = [
  ['all is well', 'uuuuuu', undefined],
  ['one hiccup', 'uuuuud', undefined],
  ['three of the last six are not enough', 'uuuddd', undefined],
  ['four of the last six are: twice of 2 of 3', 'uudddd', 'down', 2],
  ['with a good one between', 'dduudd', 'down', 4],
  ['the newest is up: it is getting better', 'ddddu', undefined],
  ['slow', 'uussss', 'degraded', 2],
  ['not known is no trouble', '??????', undefined],
  ['not known in between does not hide it', 'uudd?dd', 'down', 2],
]
it.each(cases)('%s: %s', (_reason, outcomes, state, sinceMinute = 0) => {
  const troubles = seen(outcomes)
  const since = start + sinceMinute * minute
  expect(troubles.map((one) => [one.state, one.since])).toEqual(state === undefined ? [] : [[state, since]])
})

it('tells what the last look saw, of whom, and whether it is to wake anybody', () => {
  const of = (outcomes: string, urgentWhen: CompiledCheck['urgentWhen'] = []) => seen(outcomes, { urgentWhen })
  expect(of('dddd', ['down'])).toEqual([
    {
      check: 'pay/web',
      project: 'pay',
      title: '收银台',
      state: 'down',
      since: start,
      fault: says('look 3'),
      urgent: true,
    },
  ])
  expect(of('dddd', ['degraded'])).toMatchObject([{ urgent: false }])
  expect(of('ssss', ['down'])).toMatchObject([{ urgent: false }])
  expect(of('ssss', ['down', 'degraded'])).toMatchObject([{ urgent: true }])
  expect(of('ssss')).toMatchObject([{ urgent: false }])
})

it("asks for more of a check that needs more, up to twice its confirm's n", () => {
  expect(seen('ddddd', { confirm: { m: 3, n: 5 } })).toEqual([])
  expect(seen('dddddd', { confirm: { m: 3, n: 5 } })).toHaveLength(1)
})

it('leaves out what depends on another trouble, and puts the urgent and the oldest first', () => {
  const told = recentOutcomes()
  const checks = [
    someCheck({ id: 'pay/slow' }),
    someCheck({ id: 'pay/late', urgentWhen: ['down'] }),
    someCheck({ id: 'pay/old', urgentWhen: ['down'] }),
    someCheck({ id: 'pay/child', urgentWhen: ['down'], dependsOn: 'pay/old' }),
  ]
  for (let index = 0; index < 6; index++) {
    const look = (id: string, outcome: VerdictWord) => ({
      check: id,
      project: 'pay',
      at: start + index * minute,
      outcome,
    })
    const late = index < 2 ? 'up' : 'down'
    told.saw(checks, [
      look('pay/slow', 'down'),
      look('pay/late', late),
      look('pay/old', 'down'),
      look('pay/child', 'down'),
    ])
  }
  expect(confirmedTroubles(told.remembered()).map(({ check }) => check)).toEqual(['pay/old', 'pay/late', 'pay/slow'])
})
