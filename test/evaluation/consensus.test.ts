import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { VerdictWord } from '../../shared/contracts/words.ts'
import {
  type Circumstances,
  type ConsensusRules,
  confirmed,
  consensusOf,
  staleAfterMs,
  type VantageView,
} from '../../shared/evaluation/consensus.ts'
import { says } from '../facts.ts'
import { at } from '../messages/notices.ts'

const letters: Record<string, VerdictWord> = { u: 'up', g: 'degraded', d: 'down', '?': 'unknown' }
/** `uud`: up, up, down; oldest first. `g` is degraded, `?` unknown. */
const outcomes = (text: string): VerdictWord[] => [...text].map((letter) => letters[letter] ?? expect.fail(letter))

describe('confirmed, 2 of 3', () => {
  it.each([
    { seen: '', word: 'unknown', reason: 'nothing was seen' },
    { seen: 'd', word: 'unknown', reason: 'one is not two' },
    { seen: 'dd', word: 'down', reason: 'two of two' },
    { seen: 'dud', word: 'down', reason: 'two of three, not in a row' },
    { seen: 'd?d', word: 'down', reason: 'two of three, the third unknown' },
    { seen: 'duud', word: 'up', reason: 'never two downs within three' },
    { seen: 'uud', word: 'up', reason: 'one down changes nothing' },
    { seen: 'uudd', word: 'down', reason: 'two downs do' },
    { seen: 'ddu', word: 'down', reason: 'one up changes nothing' },
    { seen: 'dduu', word: 'up', reason: 'two ups do: an end is confirmed the same way' },
    { seen: 'gg', word: 'degraded', reason: 'slow twice' },
    { seen: 'ug', word: 'unknown', reason: 'slow once, up once: neither is confirmed' },
    { seen: 'uu?g', word: 'up', reason: 'one slow answer changes nothing, whatever came before it' },
    { seen: 'uug', word: 'up', reason: 'two of three are up' },
    { seen: 'uugg', word: 'degraded', reason: 'two of the last three are slow' },
    { seen: 'gd', word: 'degraded', reason: 'not well twice, and not down twice' },
    { seen: 'ddgu', word: 'degraded', reason: 'it answers again, and not twice in its time' },
    { seen: 'ggd', word: 'degraded', reason: 'slow was confirmed, down is not' },
    { seen: 'uu?', word: 'up', reason: 'one unknown changes nothing' },
    { seen: 'uu??', word: 'up', reason: 'nor do two' },
    { seen: 'uu???', word: 'unknown', reason: 'three unknowns: nothing is known any more' },
    { seen: 'dd???', word: 'unknown', reason: 'an unknown is not an up' },
  ])('$seen is $word: $reason', ({ seen, word }) => {
    expect(confirmed(outcomes(seen), 2, 3)).toBe(word)
  })

  it.each([
    { seen: 'uuug', word: 'up', reason: 'one slow answer is not two in a row' },
    { seen: 'uuugg', word: 'degraded', reason: 'two are' },
    { seen: 'ddgu', word: 'degraded', reason: 'from down to slow is better, and confirmed as any' },
    { seen: 'ddgud', word: 'degraded', reason: 'and stays what it was' },
  ])('2 of 2: $seen is $word: $reason', ({ seen, word }) => {
    expect(confirmed(outcomes(seen), 2, 2)).toBe(word)
  })

  it('whatever m and n, fewer than m that are not up never make a word worse than up', () => {
    const cases = fc.tuple(
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 0, max: 4 }),
      fc.array(fc.constantFrom(...'ugd?')),
    )
    fc.assert(
      fc.property(cases, ([m, more, seen]) => {
        const bad = seen.filter((letter) => letter === 'g' || letter === 'd').length
        const word = confirmed(outcomes('u'.repeat(m) + seen.join('')), m, m + more)
        return bad >= m || word === 'up' || word === 'unknown'
      }),
    )
  })

  it('1 of 1 believes every observation', () => {
    expect(confirmed(outcomes('uuud'), 1, 1)).toBe('down')
    expect(confirmed(outcomes('dddu'), 1, 1)).toBe('up')
    expect(confirmed(outcomes('ddd?'), 1, 1)).toBe('unknown')
  })
})

const now = at('02:13')

/** `a:uu b:dd`: what each vantage has seen, just now. */
function consensusOn(seen: string, changes: Partial<ConsensusRules> & Partial<Circumstances> = {}) {
  const { faulty = new Set(), slow = new Set(), groups = {}, ...check } = changes
  const each = seen.split(' ').map((one): VantageView => {
    const [vantage = '', text = ''] = one.split(':')
    const seen = { vantage, outcomes: outcomes(text), at: now - 10_000, latencyMs: 0 }
    const looks = text.slice(text.lastIndexOf('u') + 1).length
    return looks === 0 ? seen : { ...seen, troubledSince: seen.at - (looks - 1) * 60_000 }
  })
  const from = check.from ?? each.map(({ vantage }) => vantage)
  return consensusOf({ intervalMs: 60_000, timeoutMs: 5_000, confirm: { m: 2, n: 3 }, ...check, from }, each, now, {
    faulty,
    slow,
    groups,
  })
}

describe('what the vantages together say', () => {
  it.each([
    { seen: 'a:dd', verdict: 'down', reason: 'the only vantage there is' },
    { seen: 'a:dd b:uu c:uu', verdict: 'up', reason: 'one bad vantage pages nobody' },
    { seen: 'a:dd b:dd c:uu', verdict: 'down', reason: 'a majority' },
    { seen: 'a:dd b:uu', verdict: undefined, reason: 'split evenly: it stays what it was' },
    { seen: 'a:dd b:dd c:uu d:uu', verdict: undefined, reason: 'split evenly' },
    { seen: 'a:gg b:uu c:uu', verdict: 'up', reason: 'slow from one of three' },
    { seen: 'a:gg b:gg c:uu', verdict: 'degraded', reason: 'slow from most' },
    { seen: 'a:gg b:uu', verdict: undefined, reason: 'slow from one of two: split evenly' },
    { seen: 'a:gg b:gg c:uu d:uu', verdict: undefined, reason: 'slow from half' },
    { seen: 'a:dd b:gg', verdict: 'degraded', reason: 'neither is up, and half are down' },
    { seen: 'a:dd b:gg c:uu', verdict: 'degraded', reason: 'most are not up, and not all of those down' },
    { seen: 'a:d b:uu c:uu', verdict: 'up', reason: 'what one vantage has not confirmed does not count' },
    { seen: 'a:??? b:uu c:uu', verdict: 'up', reason: 'a majority of those that know' },
    { seen: 'a:??? b:???', verdict: 'unknown', reason: 'nobody knows' },
  ])('$seen is $verdict: $reason', ({ seen, verdict }) => {
    expect(consensusOn(seen).verdict).toBe(verdict)
  })

  it.each([
    { seen: 'a:dd', verdict: 'unknown', reason: 'b is silent: two downs are not enough' },
    { seen: 'a:ddd', verdict: 'unknown', reason: 'three are not' },
    { seen: 'a:dddd', verdict: 'down', reason: 'four of six are' },
    { seen: 'a:uudddd', verdict: 'down', reason: 'the same after ups' },
    { seen: 'a:uuuuudd', verdict: 'up', reason: 'two downs among six' },
    { seen: 'a:dddd b:???', verdict: 'down', reason: 'a vantage that could not look knows nothing either' },
    { seen: 'a:uuuudd b:???', verdict: 'up', reason: 'and so leaves the other alone' },
  ])('$seen of a and b: one that is left needs twice the evidence: $reason', ({ seen, verdict }) => {
    const { verdict: found, known } = consensusOn(seen, { from: ['a', 'b'] })

    expect(found).toBe(verdict)
    expect(known).toBe(verdict === 'unknown' ? 0 : 1)
  })

  it.each([
    { quorum: 1, seen: 'a:dd b:uu c:uu', verdict: 'down', reason: 'one is enough' },
    { quorum: 3, seen: 'a:dd b:dd c:uu', verdict: undefined, reason: 'two of three are not enough, and not up either' },
    { quorum: 3, seen: 'a:dd b:dd', verdict: 'down', reason: 'never more than know anything' },
  ])('a quorum of $quorum, $seen: $reason', ({ quorum, seen, verdict }) => {
    expect(consensusOn(seen, { quorum }).verdict).toBe(verdict)
  })

  it('all of a group down is an outage, though the rest is fine', () => {
    const groups = { cn: ['a', 'b'], sea: ['c', 'd', 'e'] }

    expect(consensusOn('a:dd b:dd c:uu d:uu e:uu', { groups }).verdict).toBe('down')
    expect(consensusOn('a:dd b:uu c:uu d:uu e:uu', { groups }).verdict).toBe('up')
  })

  it('a group of one says nothing more than its vantage', () => {
    expect(consensusOn('a:dd b:uu c:uu', { groups: { cn: ['a'] } }).verdict).toBe('up')
  })

  it('a faulty vantage has no vote', () => {
    expect(consensusOn('a:dd b:dd c:uuuu', { faulty: new Set(['a', 'b']) }).verdict).toBe('up')
    expect(consensusOn('a:dd b:dd c:uuuu', { faulty: new Set(['a', 'b']) }).known).toBe(1)
  })

  it('a faulty vantage is told as one that is not counted', () => {
    const { sightings } = consensusOn('a:dd b:dd c:uuuu', { faulty: new Set(['a', 'b']) })
    const fault = { code: 'not-counted', args: {} }
    expect(sightings).toEqual([
      { vantage: 'a', verdict: 'unknown', fault },
      { vantage: 'b', verdict: 'unknown', fault },
      { vantage: 'c', verdict: 'up' },
    ])
  })

  it.each([
    { seen: 'uudd', certain: false, fine: false, reason: 'enough for a vote, not to be sure' },
    { seen: 'uudddd', certain: true, fine: false, reason: 'four of six' },
    { seen: 'uugddg', certain: true, fine: false, reason: 'down or slow' },
    { seen: 'ddddu', certain: false, fine: false, reason: 'it may be getting better' },
    { seen: 'dddduu', certain: false, fine: false, reason: 'it has recovered, but not surely' },
    { seen: 'dddduuuu', certain: false, fine: true, reason: 'four of six again' },
    { seen: '????', certain: false, fine: false, reason: 'it knows nothing' },
  ])('a:$seen beside two that are up: is sure of trouble $certain, of none $fine: $reason', (expected) => {
    const { certain, fine } = consensusOn(`a:${expected.seen} b:uuuu c:uuuu`)
    expect(certain).toEqual(expected.certain ? ['a'] : [])
    expect(fine).toEqual([...(expected.fine ? ['a'] : []), 'b', 'c'])
  })

  it('a vantage to which most checks are slow has a vote, and is not sure of one', () => {
    const { certain, known } = consensusOn('a:gggg b:uuuu c:uuuu', { slow: new Set(['a']) })
    expect({ certain, known }).toEqual({ certain: [], known: 3 })
  })

  it('data that is too old is missing', () => {
    const check = { from: ['a'], intervalMs: 60_000, timeoutMs: 5_000, confirm: { m: 2, n: 3 } }
    const seen = (ageMs: number): VantageView[] => [
      { vantage: 'a', outcomes: outcomes('uu'), at: now - ageMs, latencyMs: 0 },
    ]
    expect(staleAfterMs(check)).toBe(155_000)

    expect(consensusOf(check, seen(155_000), now).verdict).toBe('up')
    expect(consensusOf(check, seen(155_001), now)).toMatchObject({ verdict: 'unknown', known: 0 })
  })

  it('of two functions at one vantage the newer word counts', () => {
    const check = { from: ['a'], intervalMs: 60_000, timeoutMs: 5_000, confirm: { m: 2, n: 3 } }
    const seen: VantageView[] = [
      { vantage: 'a', outcomes: outcomes('uu'), at: now - 60_000, latencyMs: 0 },
      { vantage: 'a', outcomes: outcomes('dd'), at: now - 1_000, latencyMs: 0 },
      { vantage: 'elsewhere', outcomes: outcomes('uu'), at: now, latencyMs: 0 },
    ]

    expect(consensusOf(check, seen, now).verdict).toBe('down')
    expect(consensusOf(check, seen.toReversed(), now).verdict).toBe('down')
  })

  it('the sightings say what each vantage saw, and which one saw nothing', () => {
    const check = { from: ['a', 'b', 'c'], intervalMs: 60_000, timeoutMs: 5_000, confirm: { m: 2, n: 3 } }
    const seen: VantageView[] = [
      { vantage: 'a', outcomes: outcomes('dd'), at: now, latencyMs: 5_000, fault: says('HTTP 502') },
      { vantage: 'b', outcomes: outcomes('uu'), at: now, latencyMs: 182 },
    ]

    expect(consensusOf(check, seen, now)).toMatchObject({
      known: 2,
      sightings: [
        { vantage: 'a', verdict: 'down', fault: says('HTTP 502'), latencyMs: 5_000 },
        { vantage: 'b', verdict: 'up', latencyMs: 182 },
        { vantage: 'c', verdict: 'unknown' },
      ],
    })
  })

  it('a trouble began with the first observation of its run', () => {
    expect(consensusOn('a:uudd b:uddd c:uuuu').since).toBe(now - 10_000 - 2 * 60_000)
    expect(consensusOn('a:uu').since).toBeUndefined()
  })
})
