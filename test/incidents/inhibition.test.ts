import { describe, expect, it } from 'vitest'
import type { CompiledInhibition } from '../../shared/contracts/compiled-config.ts'
import type { Matchers } from '../../shared/contracts/matcher.ts'
import { parseMatcher } from '../../shared/contracts/matcher.ts'
import { type InhibitionSource, inhibitionPause, inhibitionsOf } from '../../shared/incidents/pause/inhibition.ts'

const matchers = (...texts: string[]): Matchers => [texts.map((text) => parseMatcher(text) ?? expect.fail(text))]
const rule = (source: string, target: string, ...equal: string[]): CompiledInhibition => ({
  source: matchers(source),
  target: matchers(target),
  equal,
})
/** Numbers follow the times at which they opened. */
const incident = (groupKey: string, number: number, labels: Record<string, string> = {}): InhibitionSource => ({
  project: 'pay',
  groupKey,
  number,
  openedAt: number,
  severity: 'critical',
  sightings: [],
  source: 'x',
  title: groupKey,
  summary: groupKey,
  labels,
})
const inhibitorOf = (
  rules: CompiledInhibition[],
  open: InhibitionSource[],
  target: InhibitionSource,
): string | undefined => {
  const named = Object.fromEntries(rules.map((one, index) => [`rule-${index}`, one]))
  const found = inhibitionsOf(named, open)(target)
  return found && `${found.rule} #${found.source.number}`
}

describe('while a source is open its targets page nobody', () => {
  const [down, web] = [incident('down', 1, { cluster: 'a' }), incident('web', 2, { cluster: 'a' })]
  const [late, other] = [incident('down', 3, { cluster: 'a' }), incident('down', 1, { cluster: 'b' })]
  it.each([
    ['one that is like it', [down, web], 'rule-0 #1'],
    ['by the oldest of several', [late, down, web], 'rule-0 #1'],
    ['by one that came later', [web, late], 'rule-0 #3'],
    ['not by one that differs where it has to be alike', [other, web], undefined],
    ['not when none is open', [web], undefined],
  ])('%s', (_, open, by) => {
    expect(inhibitorOf([rule('key=down', 'key=web', 'cluster')], open, web)).toBe(by)
  })

  it('a proof that somebody can be reached is no source', () => {
    const proof = { ...incident('proof', 1), proof: ['lin'] }
    const web = { ...incident('web', 2), severity: 'warning' as const }
    expect(inhibitorOf([rule('severity=critical', 'severity=warning')], [proof], web)).toBeUndefined()
  })

  it('what both lack is alike', () => {
    const [source, target] = [incident('down', 1), incident('web', 2)]
    expect(inhibitorOf([rule('key=down', 'key=web', 'cluster')], [source, target], target)).toBe('rule-0 #1')
  })

  it('and are asked again after a quarter of an hour', () => {
    const inhibitions = inhibitionsOf({ cluster: rule('key=down', 'key=web') }, [down])
    expect(inhibitionPause(inhibitions, web, 1_000)).toEqual({
      cause: { code: 'inhibited', args: { rule: 'cluster', number: 1 } },
      until: 901_000,
    })
    expect(inhibitionPause(inhibitions, down, 1_000)).toBeUndefined()
  })
})

describe('somebody is always paged', () => {
  const [a, b, c] = [incident('a', 1), incident('b', 2), incident('c', 3)]
  const among = (rules: CompiledInhibition[]) => [a, b, c].map((one) => inhibitorOf(rules, [a, b, c], one))

  it('by what fits both sides of a rule', () => {
    expect(among([rule('project=pay', 'project=pay')])).toEqual([undefined, undefined, undefined])
  })

  it('by one of two that inhibit each other', () => {
    expect(among([rule('key=a', 'key=b'), rule('key=b', 'key=a')])).toEqual([undefined, 'rule-0 #1', undefined])
  })

  it('by one of a circle', () => {
    const circle = [rule('key=a', 'key=b'), rule('key=b', 'key=c'), rule('key=c', 'key=a')]
    expect(among(circle)).toEqual([undefined, 'rule-0 #1', 'rule-1 #2'])
  })

  it('by a source that came last, of a chain', () => {
    expect(among([rule('key=c', 'key=b'), rule('key=b', 'key=a')])).toEqual([undefined, 'rule-0 #3', undefined])
  })
})
