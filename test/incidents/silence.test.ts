import { describe, expect, it } from 'vitest'
import { matcherText, parseMatcher } from '../../shared/contracts/matcher.ts'
import { matchesEverything } from '../../shared/contracts/matches-everything.ts'
import type { Matched } from '../../shared/incidents/pause/matched.ts'
import { compileMatchers } from '../../shared/incidents/pause/matcher.ts'
import type { Silence } from '../../shared/incidents/pause/silence.ts'
import { isSilencedBy, silencePauses } from '../../shared/incidents/pause/silenced.ts'

const incident = (changes: Partial<Matched> = {}): Matched => ({
  project: 'pay',
  groupKey: 'pay/web',
  component: 'pay/web',
  severity: 'warning',
  source: 'https://pay.example.com',
  title: 'web',
  summary: 'web is slow',
  labels: { team: 'payments', severity: 'high' },
  sightings: [
    { vantage: 'tencent/ap-guangzhou', verdict: 'down', since: 0 },
    { vantage: 'aws/ap-southeast-1', verdict: 'up', since: 0 },
  ].map((one) => one as Matched['sightings'][number]),
  ...changes,
})

const matchers = (...groups: string[][]) =>
  groups.map((group) => group.map((text) => parseMatcher(text) ?? expect.fail(`no matcher: ${text}`)))

describe('matchers fit an incident', () => {
  it.each([
    ['by its project', ['project=pay'], true],
    ['not by another one', ['project=shop'], false],
    ['by its check, with its project or without', ['check=web', 'check=pay/web'], true],
    ['by a label', ['team=payments'], true],
    ['by a label that is named like a field', ['labels.severity=high', 'severity=warning'], true],
    ['by a pattern of the whole text, not of a part', ['team=~pay'], false],
    ['by a pattern', ['team=~pay.*|sre'], true],
    ['by what a label is not', ['team!=sre', 'team!~s.*'], true],
    ['by what it does not have: the empty text', ['env=', 'env!=prod'], true],
    ['by the only place that sees it', ['vantage=tencent/ap-guangzhou'], true],
    ['only if all of them fit', ['project=pay', 'team=sre'], false],
    ['not by what every object has', ['constructor=x', 'labels.toString=x'], false],
    ['by its key', ['key=pay/web'], true],
  ])('%s', (_, texts, fits) => {
    expect(compileMatchers(matchers(texts))(incident())).toBe(fits)
  })

  it('if one of several groups does', () => {
    expect(compileMatchers(matchers(['project=shop'], ['team=payments']))(incident())).toBe(true)
  })

  it('by a place only while no other sees it: what spreads is more than what was silenced', () => {
    const both = incident({
      sightings: incident().sightings.map((one) => ({ ...one, verdict: 'down' as const })),
    })

    expect(compileMatchers(matchers(['vantage=~tencent/.*']))(both)).toBe(false)
    expect(compileMatchers(matchers(['vantage=~tencent/.*']))(incident({ sightings: [] }))).toBe(false)
  })

  it('by the worst that it has been, as it is escalated', () => {
    expect(compileMatchers(matchers(['severity=warning']))(incident({ worst: 'critical' }))).toBe(false)
  })
})

describe('a matcher is written', () => {
  it.each([
    ['severity=warning', { name: 'severity', is: '=', value: 'warning' }],
    ['team!~"a|b"', { name: 'team', is: '!~', value: 'a|b' }],
    ['summary=~.* disk .*', { name: 'summary', is: '=~', value: '.* disk .*' }],
    ['env=', { name: 'env', is: '=', value: '' }],
    ['app.kubernetes.io/name!=web', { name: 'app.kubernetes.io/name', is: '!=', value: 'web' }],
  ] as const)('%s', (text, read) => {
    const matcher = parseMatcher(text) ?? expect.fail('no matcher')

    expect(matcher).toEqual(read)
    expect(parseMatcher(matcherText(matcher))).toEqual(read)
  })

  it.each(['severity', '=x', 'a b=c', ''])('and never as "%s"', (text) => {
    expect(parseMatcher(text)).toBeUndefined()
  })

  it.each([
    [['project=pay'], false],
    [['summary=~.*'], true],
    [['team!='], false],
    [['project!='], true],
    [['summary=~.*', 'severity=info'], false],
  ])('%s: fits everything is %s', (texts, all) => {
    expect(matchesEverything(matchers(texts))).toBe(all)
  })
})

describe('silences pause an incident', () => {
  const silence = (changes: Partial<Silence> = {}): Silence => ({
    id: 's1',
    matchers: matchers(['project=pay']),
    startsAt: 1_000,
    endsAt: 2_000,
    by: 'lin',
    comment: 'upgrade',
    changedAt: 0,
    ...changes,
  })

  it.each([
    ['from its start on', 1_000, 2_000],
    ['not before', 999, undefined],
    ['until just before its end', 1_999, 2_000],
    ['not at its end', 2_000, undefined],
  ])('%s', (_, now, until) => {
    expect(silencePauses([silence()], now)(incident())?.until).toBe(until)
  })

  it('of several the one that lasts longest', () => {
    const others = [silence(), silence({ id: 's2', endsAt: 3_000 }), silence({ id: 's3', endsAt: 9_000, matchers: [] })]

    expect(silencePauses(others, 1_500)(incident())).toEqual({
      cause: { code: 'silenced', args: { silence: 's2', by: 'lin', comment: 'upgrade' } },
      until: 3_000,
    })
  })

  it('none whose pattern nobody can read', () => {
    expect(isSilencedBy(silence({ matchers: matchers(['project=~(']) }), incident())).toBe(false)
  })
})
