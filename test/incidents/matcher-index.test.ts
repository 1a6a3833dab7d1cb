import { expect, it } from 'vitest'
import { type Matchers, parseMatcher } from '../../shared/contracts/matcher.ts'
import type { Matched } from '../../shared/incidents/pause/matched.ts'
import { compileMatchers } from '../../shared/incidents/pause/matcher.ts'
import { indexByEquality } from '../../shared/incidents/pause/matcher-index.ts'

const group = (...texts: string[]) => texts.map((text) => parseMatcher(text) ?? expect.fail(text))
const incident: Matched = {
  project: 'pay',
  groupKey: 'web',
  severity: 'critical',
  component: 'pay/web',
  sightings: [
    { vantage: 'aws/a', verdict: 'down' },
    { vantage: 'aws/b', verdict: 'down' },
  ],
  source: 'x',
  title: 'web',
  summary: 'web',
  labels: { team: 'payments' },
}

it.each<[string, Matchers]>([
  ['an equality', [group('team=payments', 'severity=~c.*')]],
  ['either name of a check', [group('check=web')]],
  ['its other name', [group('check=pay/web')]],
  ['one of its places', [group('vantage=aws/a')]],
  ['nothing but a pattern', [group('team=~pay.*')]],
  ['what it has not', [group('env=', 'team!=sre')]],
  ['one group of two', [group('team=sre'), group('project=pay')]],
  ['one group of two, the other without an equality', [group('team=sre'), group('team=~pay.*')]],
])('what fits by %s is found', (_, matchers) => {
  const found = indexByEquality([matchers], (one) => one)(incident)
  expect(found).toEqual([matchers])
})

it('what differs in its equality is not looked at, and what fits is given once', () => {
  const [other, twice]: [Matchers, Matchers] = [[group('team=sre')], [group('team=payments'), group('project=pay')]]
  expect(indexByEquality([other, twice], (one) => one)(incident)).toEqual([twice])
})

it('a pattern that is asked the same text again says the same', () => {
  const fits = compileMatchers([group('team=~pay.*')])
  const sre = { ...incident, labels: { team: 'sre' } }
  expect([fits(incident), fits(sre), fits(incident), fits(sre)]).toEqual([true, false, true, false])
})
